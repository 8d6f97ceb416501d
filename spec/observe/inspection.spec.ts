/** What `inspect()` shows of a client, and what nothing here ever shows. */
import { inspect } from 'node:util'
import { createUpbit } from '../../src/index'
import { aTrade } from '../../src/testing'
import { world } from '../support/world'

describe('inspect', () => {
  it('shows what is wanted, what was asked for and accepted, and what is unresolved', () => {
    const { upbit, pass, now } = world()
    upbit.trade$('KRW-BTC', { name: 'chart' }).subscribe()
    pass(100)
    const [connection] = upbit.inspect().connections
    expect(connection).toMatchObject({
      connection: 'public',
      status: { state: 'live', epoch: 1 },
      epoch: 1,
      desired: ['trade KRW-BTC'],
      sent: ['trade KRW-BTC'],
      accepted: [],
      unresolved: { added: ['trade KRW-BTC'], sent_at_ms: now() - 100 },
      session_age_ms: 100,
    })
    pass(2000)
    upbit.ticker$('KRW-ETH').subscribe()
    expect(upbit.inspect().connections[0]).toMatchObject({
      desired: ['trade KRW-BTC', 'ticker KRW-ETH'],
      accepted: ['trade KRW-BTC'],
    })
    expect(upbit.inspect().connections[0]).not.toHaveProperty('unresolved')
  })

  it('shows consumers, open gaps and the last problems', () => {
    const { upbit, exchange, pass, now } = world()
    upbit.subscribeTrade('KRW-BTC', () => Promise.reject(new Error('a bug')), { name: 'chart' })
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    exchange.emitRaw('{"type":"trade","code":"KRW-BTC"}')
    exchange.refuse(503)
    exchange.cut()
    const { consumers, gaps, errors, limits, closed, connections } = upbit.inspect()
    expect(consumers).toMatchObject([{ consumer: 'chart', receives: 'trade KRW-BTC', offered: 1 }])
    expect(gaps).toMatchObject([{ phase: 'opened', cause: 'disconnect', event: 'trade', code: 'KRW-BTC' }])
    expect(errors).toMatchObject([{ at_ms: now(), code: 'UNDECODABLE' }, { code: 'CONNECT_FAILED' }])
    expect(connections[0]).toMatchObject({ status: { state: 'waiting' }, down_since_ms: now() })
    expect(limits.map(({ group }) => group)).toContain('websocket-connect')
    expect(closed).toBe(false)
  })

  it('shows the options, with how many clients there are', () => {
    const { upbit, client } = world({ client: { lingerMs: 7, health: { lagMs: 9 } } })
    client()
    expect(upbit.inspect().options).toMatchObject({
      format: 'DEFAULT',
      lingerMs: 7,
      clients: 2,
      hasCredentials: false,
      health: { lagMs: 9 },
    })
  })

  it('is plain data: it survives JSON as it is', () => {
    const { upbit, exchange, pass } = world()
    upbit.trade$('KRW-BTC').subscribe()
    upbit.consume(upbit.trade$('KRW-BTC'), () => undefined)
    pass(1000)
    exchange.emit(aTrade())
    exchange.cut()
    for (const data of [upbit.inspect(), upbit.getPerformanceMetrics(), upbit.healthCheck()]) {
      expect(JSON.parse(JSON.stringify(data))).toEqual(data)
    }
  })

  it('C8.3 no key, no token of a url and no password is in anything that can be seen', () => {
    const secrets = ['the-access-key', 'the-secret-key', 'the-token', 'the-password']
    const { exchange, pass } = world()
    const upbit = createUpbit({
      ...exchange.options,
      url: 'ws://somebody:the-password@secret.invalid/websocket/v1?token=the-token',
      restUrl: 'http://secret.invalid/gateway',
      isolated: true,
      logger: false,
      credentials: { accessKey: 'the-access-key', secretKey: 'the-secret-key' },
    })
    upbit.trade$('KRW-BTC').subscribe()
    exchange.refuse(503, { times: 1 })
    pass(10_000)
    const seen = [upbit.inspect(), upbit.getPerformanceMetrics(), upbit.healthCheck(), upbit, upbit.manager]
    for (const shown of seen) {
      const text = inspect(shown, { depth: 20, showHidden: true, getters: true })
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
    for (const shown of seen.slice(0, 3)) {
      for (const secret of secrets) expect(JSON.stringify(shown)).not.toContain(secret)
    }
    expect(JSON.stringify(upbit.inspect().options)).toContain('secret.invalid')
  })
})
