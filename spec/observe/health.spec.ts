/** What `healthCheck()` says of a client, in virtual time: each condition begins where the page says, and ends. */
import type { HealthCode, HealthReport, UpbitOptions } from '../../src/index'
import { healthCodes } from '../../src/observe/health-options'
import { aTicker, aTrade, createVirtualExchange } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'
import type { World } from '../support/world'
import { world } from '../support/world'

const pending = new Promise<never>(() => {})
const found = ({ reasons }: HealthReport): [HealthCode, string][] =>
  reasons.map(({ code, status }): [HealthCode, string] => [code, status])
const codes = (report: HealthReport): HealthCode[] => report.reasons.map(({ code }) => code)

/** A client that receives trades and tickers of KRW-BTC. */
function receiving(client: UpbitOptions = {}): World {
  const made = world({ client: { logger: false, ...client } })
  made.exchange.snapshot(aTicker({ stream_type: 'SNAPSHOT', timestamp: made.now() }))
  made.upbit.ticker$('KRW-BTC').subscribe({ error: () => undefined })
  made.upbit.trade$('KRW-BTC').subscribe({ error: () => undefined })
  made.pass(1000)
  return made
}

describe('healthCheck', () => {
  it('is healthy of a client that nobody uses, with its uptime', () => {
    const { upbit, pass } = world()
    pass(90_000)
    expect(upbit.healthCheck()).toEqual({
      status: 'healthy',
      reasons: [],
      uptime_ms: 90_000,
      connections: [],
    })
  })

  it('is healthy while the first dial is under way', () => {
    const { upbit, exchange, pass } = world()
    exchange.refuse('hang')
    upbit.ticker$('KRW-BTC').subscribe()
    pass(5000)
    expect(upbit.healthCheck()).toMatchObject({
      status: 'healthy',
      connections: [{ connection: 'public', status: 'healthy', state: 'connecting', wanted: true }],
    })
  })

  it('is healthy in a market where nothing happens for an hour, since pings are answered', () => {
    const { upbit, pass, now } = receiving()
    pass(3_600_000)
    const report = upbit.healthCheck()
    expect(report).toMatchObject({ status: 'healthy', reasons: [] })
    expect(report.connections[0]).toMatchObject({ state: 'live', epoch: 1 })
    expect(now() - report.connections[0]!.last_sign_ms!).toBeLessThan(31_000)
  })

  it('is healthy of a connection that is idle, and of a client that was shut down', async () => {
    const { upbit, pass } = world()
    const subscription = upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    subscription.unsubscribe()
    pass(60_000)
    expect(upbit.healthCheck()).toMatchObject({
      status: 'healthy',
      connections: [{ state: 'idle', wanted: false }],
    })
    const closing = upbit.shutdown()
    pass(5000)
    await closing
    expect(upbit.healthCheck()).toMatchObject({ status: 'healthy', connections: [{ state: 'closed' }] })
  })

  it('RECONNECTING: degraded after a cut, until the next session', () => {
    const { upbit, exchange, pass } = receiving()
    exchange.refuse(503)
    exchange.cut()
    expect(found(upbit.healthCheck())).toEqual([['RECONNECTING', 'degraded']])
    exchange.accept()
    pass(5000)
    exchange.emit(aTrade({ sequential_id: '9' }))
    expect(codes(upbit.healthCheck())).toEqual(['GAP_ABANDONED'])
  })

  it('GAP_ABANDONED: degraded for the minute after trades were missed for good', () => {
    const { upbit, exchange, pass } = receiving()
    exchange.cut()
    pass(5000)
    exchange.emit(aTrade({ sequential_id: '9' }))
    expect(found(upbit.healthCheck())).toEqual([['GAP_ABANDONED', 'degraded']])
    pass(60_000)
    expect(upbit.healthCheck().status).toBe('healthy')
  })

  it('DOWN: critical when there has been no session for thirty seconds', () => {
    const { upbit, exchange, pass } = world({ client: { logger: false } })
    exchange.refuse(503)
    upbit.trade$('KRW-BTC').subscribe()
    pass(29_000)
    expect(found(upbit.healthCheck())).toEqual([['RECONNECTING', 'degraded']])
    pass(2000)
    expect(found(upbit.healthCheck())).toEqual([['DOWN', 'critical']])
    expect(upbit.healthCheck().connections[0]).toMatchObject({ status: 'critical' })
    exchange.accept()
    pass(60_000)
    expect(upbit.healthCheck().status).toBe('healthy')
  })

  it('BLOCKED: critical while the address is, with the time left', () => {
    const { upbit, exchange, pass } = world({ client: { logger: false } })
    exchange.refuse(418, { retryAfterMs: 120_000 })
    upbit.trade$('KRW-BTC').subscribe()
    pass(60_000)
    const report = upbit.healthCheck()
    expect(found(report)).toEqual([['BLOCKED', 'critical']])
    expect(report.reasons[0]?.message).toMatch(/ 60 s /)
    expect(report.reasons[0]?.connection).toBe('public')
  })

  it('CREDENTIALS_REFUSED: critical until somebody subscribes again', () => {
    const { upbit, exchange, pass } = world({ client: { logger: false } })
    exchange.refuse(401, { times: 1 })
    upbit.trade$('KRW-BTC').subscribe({ error: () => undefined })
    pass(60_000)
    expect(found(upbit.healthCheck())).toEqual([['CREDENTIALS_REFUSED', 'critical']])
    upbit.trade$('KRW-BTC').subscribe()
    pass(1000)
    expect(upbit.healthCheck().status).toBe('healthy')
  })

  it('CREDENTIALS_REFUSED: says of a connection with a token that it is the keys', () => {
    const account = { accessKey: 'a', secretKey: 's' }
    const { upbit, pass } = world({
      client: { logger: false, credentials: { ...account, secretKey: 'wrong' } },
      exchange: { accounts: [account] },
    })
    upbit
      .indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 14 } })
      .subscribe({ error: () => undefined })
    pass(60_000)
    expect(upbit.healthCheck().reasons).toMatchObject([
      {
        code: 'CREDENTIALS_REFUSED',
        connection: 'info',
        message: expect.stringMatching(/refused these keys/) as string,
      },
    ])
  })

  it('LIMITED: degraded while a limit of messages holds', () => {
    const { upbit, exchange, pass } = receiving()
    exchange.sendError('TOO_MANY_REQUEST', 'wait 20 s')
    pass(100)
    expect(codes(upbit.healthCheck())).toContain('LIMITED')
  })

  it('SILENT_LINK: critical when a session has shown no sign of life for longer than a ping takes', () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler)
    let shiftMs = 0
    const { environment } = exchange.options
    const shifted = { ...environment, now: () => environment.now() + shiftMs }
    const { upbit } = world({ client: { ...exchange.options, environment: shifted } })
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(1000)
    // The event loop did nothing for a minute: no timer ran.
    shiftMs = 60_000
    expect(found(upbit.healthCheck())).toEqual([['SILENT_LINK', 'critical']])
  })

  it('UNSTABLE: degraded after more than three sessions in a minute', () => {
    const { upbit, exchange, pass } = world({ client: { logger: false } })
    upbit.ticker$('KRW-BTC').subscribe()
    for (let cut = 0; cut < 4; cut++) {
      pass(12_000)
      exchange.cut()
    }
    pass(1000)
    expect(found(upbit.healthCheck())).toContainEqual(['UNSTABLE', 'degraded'])
    pass(70_000)
    expect(codes(upbit.healthCheck())).not.toContain('UNSTABLE')
  })

  it.each([
    [500, []],
    [3000, [['LAG', 'degraded']]],
    [12_000, [['LAG', 'critical']]],
  ])('LAG: when one event in ten is %d ms late', (lateMs, expected) => {
    const { upbit, exchange, time, pass, now } = receiving()
    for (let i = 0; i < 100; i++) {
      const late = i >= 30 && i % 2 === 0 ? lateMs : 0
      time.at(1000 + i * 10, () => exchange.emit(aTrade({ timestamp: now() - late, sequential_id: `${i}` })))
    }
    pass(2000)
    expect(found(upbit.healthCheck())).toEqual(expected)
  })

  it('GAP_OPEN: degraded when a ticker has not come back ten seconds into a session; a quiet trade is none', () => {
    const { upbit, exchange, pass } = receiving()
    const speak = exchange.silence('KRW-BTC')
    exchange.cut()
    pass(9000)
    expect(codes(upbit.healthCheck())).not.toContain('GAP_OPEN')
    pass(5000)
    const report = upbit.healthCheck()
    expect(found(report)).toEqual([['GAP_OPEN', 'degraded']])
    expect(report.reasons[0]?.message).toBe('ticker KRW-BTC has not come back in this session.')
    speak()
    exchange.emit(aTicker())
    expect(codes(upbit.healthCheck())).toEqual([])
    expect(upbit.getPerformanceMetrics().gaps_open).toBe(1)
  })

  it('DROPS: degraded with the consumer that lost events in the last minute, critical from a half on', () => {
    const { upbit, exchange, pass } = receiving()
    upbit.subscribeTrade('KRW-BTC', () => pending, { name: 'stuck', buffer: { capacity: 5 } })
    pass(1000)
    for (let i = 0; i < 8; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    const report = upbit.healthCheck()
    expect(found(report)).toEqual([['DROPS', 'degraded']])
    expect(report.reasons[0]).toMatchObject({
      consumer: 'stuck',
      message: 'stuck lost 2 events in the last minute.',
    })
    const { upbit: strict, exchange: other, pass: later } = receiving({ health: { dropRateCritical: 0.1 } })
    strict.subscribeTrade('KRW-BTC', () => pending, { name: 'stuck', buffer: { capacity: 5 } })
    later(1000)
    for (let i = 0; i < 8; i++) other.emit(aTrade({ sequential_id: `${i}` }))
    expect(found(strict.healthCheck())).toEqual([['DROPS', 'critical']])
    pass(61_000)
    expect(upbit.healthCheck().status).toBe('healthy')
  })

  it('DROPS: each consumer is judged by what it was offered itself', () => {
    const { upbit, exchange, pass } = receiving({ health: { dropRate: 0.3 } })
    for (let i = 0; i < 9; i++) upbit.trade$('KRW-BTC', { name: `quick ${i}` }).subscribe()
    upbit.subscribeTrade('KRW-BTC', () => pending, { name: 'small', buffer: { capacity: 1 } })
    pass(1000)
    for (let i = 0; i < 400; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    expect(upbit.healthCheck().reasons).toMatchObject([
      { code: 'DROPS', status: 'critical', consumer: 'small', message: expect.stringContaining('lost 398') },
    ])
  })

  it('DROPS: what was lost within the minute counts when the market has been quiet since', () => {
    const { upbit, exchange, pass } = receiving()
    upbit.subscribeTrade('KRW-BTC', () => pending, { name: 'stuck', buffer: { capacity: 1 } })
    pass(1000)
    exchange.emit(aTrade({ sequential_id: '1' }))
    pass(6000)
    for (let i = 2; i < 6; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    pass(57_000)
    expect(upbit.getPerformanceMetrics().drop_rate).toBeGreaterThan(0.2)
    expect(upbit.healthCheck().reasons).toMatchObject([{ code: 'DROPS', consumer: 'stuck' }])
  })

  it('DROPS: of a consumer that has left, without its name', () => {
    const { upbit, exchange, pass } = receiving()
    const stuck = upbit.subscribeTrade('KRW-BTC', () => pending, { name: 'stuck', buffer: { capacity: 1 } })
    pass(1000)
    for (let i = 0; i < 8; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    stuck.unsubscribe()
    expect(upbit.healthCheck().reasons).toMatchObject([
      { code: 'DROPS', message: 'Consumers that have left lost 6 events in the last minute.' },
    ])
  })

  it('SLOW_CONSUMER: degraded, by name', () => {
    let nowMs = 1_800_000_000_000
    const { exchange, pass, client } = world()
    const { environment } = exchange.options
    const options = {
      isolated: true,
      logger: false as const,
      environment: { ...environment, now: () => nowMs },
    }
    const upbit = client(options)
    upbit.subscribeTrade('KRW-BTC', () => void (nowMs += 25), { name: 'chart' })
    pass(1000)
    for (let i = 0; i < 4; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    expect(upbit.healthCheck().reasons).toMatchObject([
      {
        code: 'SLOW_CONSUMER',
        status: 'degraded',
        consumer: 'chart',
        message: expect.stringContaining('25 ms'),
      },
    ])
    nowMs += 61_000
    expect(codes(upbit.healthCheck())).not.toContain('SLOW_CONSUMER')
  })

  it('HANDLER_FAILING: degraded, by name', () => {
    const { upbit, exchange, pass } = receiving()
    const fail = (): never => {
      throw new Error('a bug')
    }
    upbit.subscribeTrade('KRW-BTC', fail, { name: 'buggy' })
    pass(1000)
    for (let i = 0; i < 3; i++) exchange.emit(aTrade({ sequential_id: `${i}` }))
    expect(upbit.healthCheck().reasons).toMatchObject([
      { code: 'HANDLER_FAILING', consumer: 'buggy', message: expect.stringContaining('failed 3 times') },
    ])
    pass(60_000)
    expect(upbit.healthCheck().status).toBe('healthy')
  })

  it('UNDECODABLE and SCHEMA_DRIFT: degraded for a minute', () => {
    const { upbit, exchange, pass, now } = receiving()
    exchange.emitRaw('{"type":"ticker","code":"KRW-BTC"}')
    exchange.emitRaw(JSON.stringify({ ...aTicker({ timestamp: now() }), brand_new: 1 }))
    expect(found(upbit.healthCheck())).toEqual([
      ['UNDECODABLE', 'degraded'],
      ['SCHEMA_DRIFT', 'degraded'],
    ])
    expect(upbit.healthCheck().reasons[1]?.message).toContain('brand_new')
    pass(62_000)
    expect(upbit.healthCheck().status).toBe('healthy')
  })

  it('leaves out what it is told to ignore', () => {
    const { upbit, exchange } = receiving({ health: { ignore: ['UNDECODABLE'] } })
    exchange.emitRaw('{"type":"ticker","code":"KRW-BTC"}')
    expect(upbit.healthCheck()).toMatchObject({ status: 'healthy', reasons: [] })
  })

  it('says of every reason what to do', () => {
    const { upbit, exchange } = receiving()
    exchange.emitRaw('{"type":"ticker","code":"KRW-BTC"}')
    exchange.refuse(503)
    exchange.cut()
    const { reasons } = upbit.healthCheck()
    expect(reasons.length).toBeGreaterThan(1)
    for (const { code, message, nextStep } of reasons) {
      expect(healthCodes).toContain(code)
      expect(message).toMatch(/\.$/)
      expect(nextStep).toMatch(/\.$/)
    }
  })

  it('is the health of the target, whichever client asks', () => {
    const { upbit, client, exchange } = receiving()
    exchange.refuse(503)
    exchange.cut()
    expect(client().healthCheck()).toEqual(upbit.healthCheck())
    expect(upbit.manager.healthCheck()).toEqual(upbit.healthCheck())
  })
})
