import '../src/index'
import { realEnvironment } from '../src/base/environment'
import { healthThresholds } from '../src/observe/health-options'
import type { ResolvedOptions, UpbitOptions } from '../src/options'
import { alreadyConfigured, checkOptions, differingOption, resolveOptions } from '../src/options'

const before = { ...process.env }
afterEach(() => {
  process.env = { ...before }
})

describe('resolveOptions', () => {
  it('has a default for everything', () => {
    process.env = {}
    const resolved = resolveOptions({})
    expect(resolved.url).toBe('wss://api.upbit.com/websocket/v1')
    expect({ ...resolved }).toEqual({
      restUrl: 'https://api.upbit.com',
      credentials: undefined,
      format: 'DEFAULT',
      hasRest: true,
      health: healthThresholds(),
      metricsIntervalMs: 1000,
      lingerMs: 5000,
      logger: undefined,
      codeGeneration: true,
      limits: {},
      openSocket: expect.any(Function) as unknown,
      sendHttp: expect.any(Function) as unknown,
      snapshotsByRest: true,
      environment: realEnvironment,
    })
  })

  it.each([
    [{ UPBIT_URL: 'http://environment.invalid' }, 'url'],
    [{ UPBIT_REST_URL: 'ws://environment.invalid' }, 'restUrl'],
    [{ UPBIT_ACCESS_KEY: 'a' }, 'UPBIT_SECRET_KEY'],
    [{ UPBIT_ACCESS_KEY: 'a', UPBIT_SECRET_KEY: 'a b' }, 'credentials.secretKey'],
    [{ UPBIT_REGION: 'moon' }, 'region'],
  ])('C1.2 a wrong value of %j is named', (variables, option) => {
    process.env = variables
    expect(() => resolveOptions({})).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error,
    )
  })

  it('C1.2 a wrong value of the environment says where it came from', () => {
    process.env = { UPBIT_URL: '127.0.0.1:9000' }
    expect(() => resolveOptions({})).toThrow(
      "`url`, from UPBIT_URL, is '127.0.0.1:9000'; allowed: a ws:// or wss:// url without a fragment.",
    )
    process.env = { UPBIT_REGION: 'moon' }
    expect(() => resolveOptions({})).toThrow("`region`, from UPBIT_REGION, is 'moon'")
  })
})

describe('checkOptions', () => {
  it('passes all of them, set and undefined', () => {
    const options: UpbitOptions = {
      region: 'kr',
      url: 'ws://a.invalid',
      restUrl: 'http://a.invalid',
      credentials: { accessKey: 'a', secretKey: 's' },
      format: 'SIMPLE',
      lingerMs: 0,
      logger: console,
      isolated: true,
      codeGeneration: false,
      limits: { share: 0.5 },
      openSocket: resolveOptions({}).openSocket,
      sendHttp: resolveOptions({}).sendHttp,
      environment: realEnvironment,
    }
    expect(() => checkOptions(options)).not.toThrow()
    expect(() => checkOptions({ ...options, logger: false })).not.toThrow()
    const unset = Object.fromEntries(Object.keys(options).map((name) => [name, undefined]))
    expect(() => checkOptions(unset)).not.toThrow()
  })

  it.each([Infinity, 2 ** 31, NaN, -1, '5'])('refuses lingerMs %s', (lingerMs) => {
    expect(() => checkOptions({ lingerMs } as UpbitOptions)).toThrow(/lingerMs/)
  })
})

describe('differingOption', () => {
  const manager: ResolvedOptions = resolveOptions({ url: 'ws://a.invalid', logger: console })

  it.each<[UpbitOptions, string | undefined]>([
    [{}, undefined],
    [{ url: undefined, logger: undefined }, undefined],
    [{ url: 'ws://a.invalid/' }, undefined],
    [{ url: 'ws://a.invalid/websocket/v1' }, undefined],
    [{ url: 'ws://a.invalid/other' }, 'url'],
    [{ url: 'wss://a.invalid' }, 'url'],
    [{ region: 'kr' }, 'region'],
    [{ restUrl: 'http://a.invalid/' }, undefined],
    [{ restUrl: 'http://b.invalid' }, 'restUrl'],
    [{ restUrl: 'http://a.invalid/gw' }, 'restUrl'],
    [{ credentials: { accessKey: 'a', secretKey: 's' } }, 'credentials'],
    // The url goes before the region, which then says nothing.
    [{ url: 'ws://a.invalid', region: 'kr' }, undefined],
    [{ format: 'DEFAULT', lingerMs: 5000, logger: console }, undefined],
    [{ format: 'SIMPLE' }, 'format'],
    [{ lingerMs: 1 }, 'lingerMs'],
    [{ health: {}, metricsIntervalMs: 1000 }, undefined],
    [{ health: { lagMs: 1 } }, 'health'],
    [{ metricsIntervalMs: 1 }, 'metricsIntervalMs'],
    [{ logger: false }, 'logger'],
    [{ codeGeneration: true }, undefined],
    [{ codeGeneration: false }, 'codeGeneration'],
    [{ openSocket: manager.openSocket, environment: manager.environment }, undefined],
    [{ openSocket: (request) => manager.openSocket(request) }, 'openSocket'],
    [{ sendHttp: manager.sendHttp }, undefined],
    [{ sendHttp: (request) => manager.sendHttp(request) }, 'sendHttp'],
    [{ environment: { ...manager.environment } }, 'environment'],
    [{ isolated: true }, undefined],
  ])('C1.3 of %o is %s', (given, differing) => {
    expect(differingOption(given, manager)).toBe(differing)
  })

  it('C1.3 is told with the option and what to do', () => {
    expect(alreadyConfigured('lingerMs')).toMatchObject({
      code: 'ALREADY_CONFIGURED',
      option: 'lingerMs',
      message: '`lingerMs` differs from that of the connection in use.',
      nextStep: expect.stringContaining('lingerMs') as string,
    })
  })
})
