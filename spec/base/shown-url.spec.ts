import { shownEndpoint, shownUrl } from '../../src/base/shown-url'

describe('shownEndpoint', () => {
  it.each([
    ['wss://api.upbit.com/websocket/v1', 'wss://api.upbit.com/websocket/v1'],
    ['ws://127.0.0.1:9000', 'ws://127.0.0.1:9000'],
    ['wss://gateway/secret/websocket/v1', 'wss://gateway/…/websocket/v1'],
    ['wss://me:pass@gateway/secret?token=x', 'wss://…@gateway/…?…'],
  ])('C8.3 shows %j as %j', (url, shown) => {
    expect(shownEndpoint(url)).toBe(shown)
  })
})

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
