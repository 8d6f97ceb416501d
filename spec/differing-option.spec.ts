import '../src/index'
import { alreadyConfigured, differingOption } from '../src/differing-option'
import type { UpbitOptions } from '../src/options'
import type { ResolvedOptions } from '../src/resolved-options'
import { resolveOptions } from '../src/resolved-options'

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
