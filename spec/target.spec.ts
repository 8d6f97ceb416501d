import { inspect } from 'node:util'
import type { UpbitError } from '../src/index'
import '../src/index'
import type { UpbitOptions } from '../src/options'
import { resolveOptions } from '../src/resolved-options'

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

describe('the target that options name', () => {
  it.each([
    ['kr', 'wss://api.upbit.com/websocket/v1'],
    ['sg', 'wss://sg-api.upbit.com/websocket/v1'],
    ['id', 'wss://id-api.upbit.com/websocket/v1'],
    ['th', 'wss://th-api.upbit.com/websocket/v1'],
  ] as const)('region %s is %s', (region, url) => {
    expect(resolveOptions({ region }).url).toBe(url)
  })

  it.each([
    ['ws://127.0.0.1:9000', 'ws://127.0.0.1:9000/websocket/v1'],
    ['WS://LocalHost:9000/', 'ws://localhost:9000/websocket/v1'],
    ['wss://user:pass@gateway.invalid', 'wss://user:pass@gateway.invalid/websocket/v1'],
    ['wss://gateway.invalid/?a=b', 'wss://gateway.invalid/?a=b'],
    ['wss://gateway.invalid/path/', 'wss://gateway.invalid/path/'],
  ])('C1.4 url %s is %s', (url, endpoint) => {
    expect(resolveOptions({ url }).url).toBe(endpoint)
  })

  it.each([
    ['127.0.0.1:9000', 'Write ws://127.0.0.1:9000.'],
    ['localhost:9000/', 'Write ws://localhost:9000.'],
    ['http://localhost', 'Write ws://localhost.'],
    ['https://api.upbit.com', 'Write wss://api.upbit.com.'],
    ['ftp://a.invalid', undefined],
    ['user:secret@a.invalid', undefined],
    ['theSecretKeyOfAnAccountByASlip0123456789', undefined],
    ['http://gateway:9000', 'Write wss://gateway:9000.'],
    ['', undefined],
  ])('C2.2 of %j it is proposed: %s', (url, nextStep) => {
    try {
      resolveOptions({ url })
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_OPTION', option: 'url' })
      expect((error as UpbitError).nextStep).toBe(nextStep)
    }
    expect.assertions(2)
  })

  it('C1.2 what is set goes before the environment, a url before a region', () => {
    process.env = { UPBIT_URL: 'ws://environment.invalid', UPBIT_REGION: 'id' }
    const hostOf = (options: UpbitOptions): string => new URL(resolveOptions(options).url).host
    expect(hostOf({})).toBe('environment.invalid')
    expect(hostOf({ url: undefined, region: undefined })).toBe('environment.invalid')
    expect(hostOf({ region: 'sg' })).toBe('sg-api.upbit.com')
    expect(hostOf({ url: 'ws://given.invalid', region: 'sg' })).toBe('given.invalid')
    process.env = { UPBIT_REGION: 'id' }
    expect(hostOf({})).toBe('id-api.upbit.com')
  })

  it.each<[UpbitOptions, string]>([
    [{ url: 'ws://127.0.0.1:9000' }, 'http://127.0.0.1:9000'],
    [{ url: 'wss://gateway.invalid/path?a=b' }, 'https://gateway.invalid'],
    [{ region: 'sg' }, 'https://sg-api.upbit.com'],
    [{ restUrl: 'http://127.0.0.1:9001/' }, 'http://127.0.0.1:9001'],
    [{ url: 'ws://a.invalid', restUrl: 'https://b.invalid' }, 'https://b.invalid'],
    [{ url: 'wss://user:pass@a.invalid' }, 'https://a.invalid'],
    [{ restUrl: 'https://Gateway.invalid/gw/upbit' }, 'https://gateway.invalid/gw/upbit'],
    [{ restUrl: 'https://gateway.invalid:8443/gw/upbit//' }, 'https://gateway.invalid:8443/gw/upbit'],
  ])('C1.4 restUrl of %j is %s', (options, origin) => {
    process.env = {}
    expect(resolveOptions(options).restUrl).toBe(origin)
  })

  it.each([
    'https://user:hush@gateway.invalid/gw',
    'https://user@gateway.invalid/gw',
    'https://gateway.invalid/gw?token=hush',
    'https://gateway.invalid/gw#hush',
  ])(
    'C1.4 restUrl %s is refused, since a part of it would not be sent, and shows nothing of it',
    (restUrl) => {
      try {
        resolveOptions({ restUrl })
      } catch (error) {
        expect(error).toMatchObject({
          code: 'INVALID_OPTION',
          option: 'restUrl',
          message: expect.stringMatching(/^`restUrl` is 'https:\/\/(…@)?gateway.invalid\/…/) as string,
          nextStep:
            'Leave those parts out; what a gateway asks for beside its origin and path, add in a sendHttp.',
        })
        expect(inspect(error)).not.toContain('hush')
      }
      expect.assertions(2)
    },
  )

  it('C1.2 the restUrl of the environment goes with its target, and never with another one', () => {
    process.env = { UPBIT_REST_URL: 'http://environment.invalid' }
    expect(resolveOptions({}).restUrl).toBe('http://environment.invalid')
    process.env = { UPBIT_REST_URL: 'http://environment.invalid', UPBIT_URL: 'ws://other.invalid' }
    expect(resolveOptions({}).restUrl).toBe('http://environment.invalid')
    expect(resolveOptions({ url: 'ws://given.invalid' }).restUrl).toBe('http://given.invalid')
    expect(resolveOptions({ region: 'sg' }).restUrl).toBe('https://sg-api.upbit.com')
  })
})
