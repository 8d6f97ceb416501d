import { BehaviorSubject } from 'rxjs'
import { UpbitError } from '../../src/api'
import { LiveView } from '../../src/cli/live-view'
import type { ReplayProgress } from '../../src/testing'
import { aTicker, aTrade, virtualStartMs } from '../../src/testing'
import type { OnExchangeOptions } from './support/on-exchange'
import { onExchange } from './support/on-exchange'

function viewing(options: OnExchangeOptions = {}) {
  const setting = onExchange(options)
  const faults: unknown[] = []
  const live = new LiveView(setting.config, (fault) => faults.push(fault))
  setting.time.pass(20)
  return { ...setting, live, faults }
}

const progress: ReplayProgress = { sent: 3, passed: 4, total: 9, positionMs: 50, durationMs: 100 }

describe('LiveView', () => {
  it('shows where the events come from and how the connection is', () => {
    const { live, time } = viewing()
    time.pass(1000)
    expect(live.view).toMatchObject({
      badges: ['SIMULATED'],
      title: 'embedded exchange at exchange.invalid',
      status: { state: 'live', epoch: 1 },
      startedMs: virtualStartMs,
      nowMs: virtualStartMs + 1020,
      hasPrices: true,
      hasTrades: true,
      hasBooks: true,
    })
    expect(viewing({ source: { title: undefined } }).live.view.title).toBe('exchange.invalid')
  })

  it('knows which columns the types can fill', () => {
    expect(viewing({ types: ['orderbook'] }).live.view).toMatchObject({ hasPrices: false, hasTrades: false })
    expect(viewing({ types: ['candle.1m'] }).live.view).toMatchObject({ hasPrices: true, hasBooks: false })
  })

  it('holds events back until its turn, and shows how many wait', () => {
    const { live, exchange } = viewing({ types: ['trade'] })
    exchange.emit([aTrade(), aTrade({ trade_timestamp: virtualStartMs + 1, trade_price: 5 })])
    expect(live.view.counts.queue).toBe(2)
    expect(live.view.markets[0]?.price).toBeUndefined()
    live.turn()
    expect(live.view.counts).toMatchObject({ queue: 0, events: 2, dropped: 0 })
    expect(live.view.markets[0]?.price).toBe(5)
  })

  it('measures rate and lag, and samples prices once a second', () => {
    const { live, exchange, time } = viewing({ types: ['ticker'] })
    for (let i = 0; i < 30; i++) {
      const nowMs = exchange.options.environment.now()
      exchange.emit(aTicker({ timestamp: nowMs - 25, trade_timestamp: nowMs - 25, trade_price: 100 + i }))
      live.turn()
      time.pass(100)
    }
    const { counts, markets } = live.view
    expect(counts.perSecond).toBeCloseTo(10)
    expect(counts.lagMs).toBe(25)
    expect(markets[0]?.history).toEqual([100, 110, 120])
  })

  it('measures no lag by a SNAPSHOT, which is as old as the last change', () => {
    const { live, exchange } = viewing({ types: ['ticker'] })
    exchange.emit(aTicker({ stream_type: 'SNAPSHOT', timestamp: virtualStartMs - 60_000 }))
    live.turn()
    expect(live.view.counts).toMatchObject({ events: 1, lagMs: undefined })
  })

  it('counts problems and keeps the last one in words', () => {
    const { live, problemSubject, time } = viewing()
    expect(live.view.problem).toBeUndefined()
    problemSubject.next(new UpbitError('SCHEMA_DRIFT', 'one'))
    time.pass(500)
    problemSubject.next(new UpbitError('CONNECT_FAILED', 'two', { nextStep: 'Wait.' }))
    expect(live.view.counts.errors).toBe(2)
    expect(live.view.problem).toEqual({ text: 'CONNECT_FAILED: two Wait.', atMs: virtualStartMs + 520 })
  })

  it('C13 follows the progress of a replay, whose stamps say nothing of the present', () => {
    const progressSubject = new BehaviorSubject(progress)
    const keys = [
      { type: 'ticker', code: 'KRW-BTC', frames: 5 },
      { type: 'ticker', code: 'KRW-ETH', frames: 3 },
      { type: 'trade', code: 'KRW-BTC', frames: 1 },
    ]
    const replay = {
      progress$: progressSubject.asObservable(),
      done: Promise.resolve(),
      summary: { frames: 9, others: 0, lost: 0, unreadable: 0, cut: 0, durationMs: 100, keys },
      speed: 20,
    }
    const { live, exchange } = viewing({ types: ['ticker'], source: { replay } })
    expect(live.view.replay).toEqual({ ...progress, speed: 20, wanted: 5 })
    progressSubject.next({ ...progress, sent: 9 })
    expect(live.view.replay?.sent).toBe(9)
    exchange.emit(aTicker())
    live.turn()
    expect(live.view.counts.lagMs).toBeUndefined()
  })

  it('takes what waits when it is left, and nothing afterwards', () => {
    const { live, exchange } = viewing({ types: ['ticker'] })
    exchange.emit(aTicker({ trade_price: 7 }))
    live.leave()
    exchange.emit(
      aTicker({ trade_price: 8, timestamp: virtualStartMs + 1, trade_timestamp: virtualStartMs + 1 }),
    )
    live.turn()
    expect(live.view.markets[0]?.price).toBe(7)
  })

  it('tells of a stream that can never deliver again', () => {
    const setting = onExchange({ types: ['ticker'] })
    setting.exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM')
    const faults: unknown[] = []
    new LiveView(setting.config, (fault) => faults.push(fault))
    setting.time.pass(3000)
    expect(faults).toMatchObject([{ code: 'REJECTED' }])
  })
})
