/** How a client heals over real sockets: what a refused request, a refused port and a failed TLS handshake come to. */
import { filter, firstValueFrom, map } from 'rxjs'
import { createUpbit } from '../../src/index'
import { startExchange } from '../../src/testing'

describe('healing over real sockets', () => {
  it('C9.6 one bad code of three ends its own stream; the others lose nothing but time', async () => {
    await using exchange = await startExchange({ seed: 3 })
    const upbit = createUpbit({ url: exchange.url, isolated: true, logger: false })
    // The last one by its name, so that it is probed on the connection on which another one passed.
    exchange.rejectItems({ codes: ['KRW-XRP'] }, 'INVALID_PARAM', 'nope')
    const served = ['KRW-BTC', 'KRW-ETH'].map((code) => firstValueFrom(upbit.ticker$(code)))
    const refused = new Promise((resolve) => upbit.ticker$('KRW-XRP').subscribe({ error: resolve }))
    const keeping = upbit.ticker$(['KRW-BTC', 'KRW-ETH']).subscribe()
    expect(await refused).toMatchObject({
      code: 'REJECTED',
      stream: 'ticker KRW-XRP',
      serverName: 'INVALID_PARAM',
      serverMessage: 'nope',
    })
    expect((await Promise.all(served)).map(({ code }) => code)).toEqual(['KRW-BTC', 'KRW-ETH'])
    await exchange.until(() => exchange.connections === 1)
    const { dials, probes, epochs } = upbit.accounting()
    expect([dials, epochs]).toEqual([exchange.dials.length, 2])
    expect(probes).toBe(dials - 2)
    keeping.unsubscribe()
    await upbit.shutdown()
    await exchange.until(() => exchange.connections === 0)
  })

  it('C1.6 shutdown in the middle of a search leaves no socket', async () => {
    await using exchange = await startExchange({ seed: 3 })
    const upbit = createUpbit({ url: exchange.url, isolated: true, logger: false })
    exchange.rejectItems(() => true, 'INVALID_PARAM')
    for (const code of ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']) {
      upbit.ticker$(code).subscribe({ error: () => undefined })
    }
    await exchange.until(() => exchange.dials.length === 3)
    await upbit.shutdown()
    await exchange.until(() => exchange.connections === 0)
  })

  it.each([
    ['a refused port', (url: string) => url.replace(/\d+$/, '1'), /ECONNREFUSED/],
    [
      'a failed TLS handshake',
      (url: string) => url.replace('ws:', 'wss:'),
      /wrong version number|EPROTO|SSL/i,
    ],
  ])('C10.2 %s is followed by the backoff', async (_what, urlOf, message) => {
    await using exchange = await startExchange({ market: false })
    const upbit = createUpbit({ url: urlOf(exchange.url), isolated: true, logger: false })
    const error = firstValueFrom(upbit.errors$)
    const retryAtMs = firstValueFrom(
      upbit.status$.pipe(
        filter((status) => status.state === 'waiting'),
        map((status) => status.retryAtMs - Date.now()),
      ),
    )
    upbit.ticker$('KRW-BTC').subscribe()
    const { code, message: told } = await error
    const waitMs = await retryAtMs
    // First of all: it would dial for ever.
    await upbit.shutdown()
    expect(code).toBe('CONNECT_FAILED')
    expect(told).toMatch(message)
    expect(waitMs).toBeGreaterThan(500)
  })
})
