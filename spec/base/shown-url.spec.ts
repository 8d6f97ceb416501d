import { shownUrl } from '../../src/base/shown-url'

describe('shownUrl', () => {
  it.each([
    ['ws://127.0.0.1:9000/a', 'ws://127.0.0.1:9000/a'],
    ['nonsense', 'nonsense'],
    ['ws://me:secret@host/a', 'ws://…@host/a'],
    ['ws://me:sec/r?e#t@host', 'ws://…@host'],
    ['me:secret@host', '…@host'],
    ['ws://me:first@secret@host', 'ws://…@host'],
    ['ws://host?token=secret', 'ws://host?…'],
    ['ws://host#secret', 'ws://host#…'],
    ['ws://me:sec\nret@host?a\nsecret', 'ws://…@host?…'],
  ])('C8.3 shows %j as %j', (text, shown) => {
    expect(shownUrl(text)).toBe(shown)
  })
})
