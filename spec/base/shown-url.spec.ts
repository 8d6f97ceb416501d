import fc from '../support/seeded-fast-check'
import { isHostName, shownEndpoint, shownUrl, shownWrongUrl } from '../../src/base/shown-url'

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

describe('shownWrongUrl', () => {
  it.each([
    ['', ''],
    ['api.upbit.com', 'api.upbit.com'],
    ['localhost:9000/', 'localhost:9000/'],
    ['https://api.upbit.com', 'https://api.upbit.com/'],
    ['ftp://me:secret@host/secret?token=secret', 'ftp://…@host/…?…'],
    ['wss://host/websocket/v1#secret', 'wss://host/websocket/v1#…'],
  ])('C8.3 shows of %j what is of no use to anybody: %j', (text, shown) => {
    expect(shownWrongUrl(text)).toBe(shown)
  })

  it.each([
    'secret',
    'me:secret',
    'me:secret@host',
    'https:me:secret',
    'https//me:secret/host',
    'https://me:secret',
    'https://me:secret%40host',
    'https://me:secret@host:99999/x?token=secret',
    'http://ho st/secret',
    'api.upbit.com/secret',
    'api.upbit.com?token=secret',
    'data:,secret',
    'secret\n.com',
    `eyJhbGciOiJIUzUxMiJ9.${'secret'.repeat(20)}.${'secret'.repeat(14)}`,
  ])('C8.3 shows nothing of what is neither a url nor a host: %j', (text) => {
    expect(shownWrongUrl(text)).toBe('…')
  })

  it('C8.3 shows no user, password, path, query or fragment, whatever they are made of', () => {
    const part = fc.string({ minLength: 1, unit: 'binary' }).map((text) => `hush${text}hush`)
    const form = fc.constantFrom<(one: string, other: string) => string>(
      (one, other) => `https://${one}:${other}@a.invalid/`,
      (one, other) => `https://a.invalid/${one}?token=${other}`,
      (one, other) => `wss://a.invalid/${one}#${other}`,
      (one, other) => `${one}:${other}@a.invalid`,
      (one, other) => `https:/${one}:${other}`,
      (one, other) => `a.invalid/${one}/${other}`,
      (one, other) => `${one} ${other}`,
    )
    fc.assert(
      fc.property(form, part, part, (url, one, other) => {
        expect(shownWrongUrl(url(one, other))).not.toContain('hush')
      }),
    )
  })
})

describe('isHostName', () => {
  it.each([
    ['api.upbit.com', true],
    ['127.0.0.1:9000', true],
    ['localhost', true],
    ['gateway', false],
    ['a..b', false],
    ['a.b:123456', false],
    [`a.${'b'.repeat(64)}`, false],
  ])('of %j: %s', (text, expected) => {
    expect(isHostName(text)).toBe(expected)
  })
})
