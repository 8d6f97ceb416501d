import '../src/index'
import { realEnvironment } from '../src/base/environment'
import { healthThresholds } from '../src/observe/health-options'
import { resolveOptions } from '../src/resolved-options'

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
    [{ UPBIT_ACCESS_KEY: 'a', UPBIT_SECRET_KEY: 'a b' }, 'UPBIT_SECRET_KEY'],
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
