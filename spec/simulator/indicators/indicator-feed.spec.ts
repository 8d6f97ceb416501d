import { unitMs } from '../../../src/simulator/candle-period'
import { aCandle, anIndicator, anIndicatorSignal, virtualStartMs } from '../../../src/testing'
import { accounts, ask, dialPrivate } from '../support/private-client'
import type { VirtualClient, VirtualRun } from '../support/virtual-client'
import { runVirtually } from '../support/virtual-client'

const length = unitMs('5m')
const average = { type: 'moving_average', params: { type: 'SMA', period: 3 } }
const crossing = {
  type: 'moving_average',
  params: { type: 'SMA', period: 5 },
  trigger: 'price_cross_above',
}
const item = (indicators: readonly object[], more: object = {}) => ({
  type: 'indicator',
  codes: ['KRW-BTC'],
  timeframe: '5m',
  indicators,
  ...more,
})

/** The candles before and after the start of the run, one close each; `undefined` is a period without trades. */
function tell({ exchange }: VirtualRun, closes: readonly (number | undefined)[], firstMs: number): void {
  closes.forEach((close, index) => {
    const timestamp = firstMs + index * length
    if (close !== undefined) exchange.emit(aCandle('5m', { timestamp, trade_price: close }))
  })
}

/** A connection that pings in time. */
function infoClient(run: VirtualRun, untilMs: number): VirtualClient {
  const client = dialPrivate(run, undefined, 'info')
  for (let atMs = 50_000; atMs < untilMs; atMs += 50_000) run.at(atMs, () => client.socket?.ping?.())
  return client
}

describe('indicators', () => {
  it('67 come a second after each close, of closed candles alone, without a snapshot', () => {
    const untilMs = 2 * length + 10_000
    runVirtually(untilMs, { accounts }, (run) => {
      const one = infoClient(run, untilMs)
      // Two before, the one that closes at 5 minutes, and the one after it.
      tell(run, [10, 20, 30, 100], virtualStartMs - 2 * length)
      run.at(1, () => one.send(ask(item([average]))))
      run.at(untilMs - 1, () => {
        expect(one.json).toEqual([
          {
            type: 'indicator',
            code: 'KRW-BTC',
            timeframe: '5m',
            indicator: 'moving_average',
            params: { type: 'SMA', period: 3 },
            candle_date_time_utc: '2026-11-23T00:00:00',
            value: { value: 20 },
            timestamp: one.notes[0]?.atMs,
            stream_type: 'REALTIME',
          },
          expect.objectContaining({ candle_date_time_utc: '2026-11-23T00:05:00', value: { value: 50 } }),
        ])
        const [first, second] = one.notes.map(
          ({ atMs }, index) => atMs - virtualStartMs - (index + 1) * length,
        )
        for (const afterMs of [first, second]) {
          expect(afterMs).toBeGreaterThanOrEqual(1_000)
          expect(afterMs).toBeLessThan(1_200)
        }
      })
    })
  })

  it('67 do not come of a period without trades, nor as long as there are too few candles', () => {
    const untilMs = 2 * length + 10_000
    runVirtually(untilMs, { accounts }, (run) => {
      const one = infoClient(run, untilMs)
      tell(run, [10, 20, undefined, 100], virtualStartMs - 2 * length)
      const period = (count: number) => ({ type: 'moving_average', params: { type: 'SMA', period: count } })
      run.at(1, () => one.send(ask(item([period(3), period(5)]))))
      run.at(untilMs - 1, () =>
        expect(one.json).toMatchObject([
          {
            params: { period: 3 },
            candle_date_time_utc: '2026-11-23T00:05:00',
            value: { value: 43.33333333 },
          },
        ]),
      )
    })
  })

  it('33 are silent of markets that are none and of those outside KRW', () => {
    const untilMs = length + 10_000
    runVirtually(untilMs, { accounts }, (run) => {
      const one = infoClient(run, untilMs)
      for (const code of ['BTC-ETH', 'KRW-BTC']) {
        for (const ago of [2, 1, 0]) {
          run.exchange.emit(aCandle('5m', { code, timestamp: virtualStartMs - ago * length }))
        }
      }
      run.at(1, () => one.send(ask(item([average], { codes: ['BTC-ETH', 'KRW-NOPE'] }))))
      run.at(untilMs - 1, () => expect(one.frames).toEqual([]))
    })
  })

  it('67 signal a change alone: not what holds already, and again after it was left', () => {
    const untilMs = 4 * length + 10_000
    runVirtually(untilMs, { accounts }, (run) => {
      const one = infoClient(run, untilMs)
      tell(run, [10, 10, 10, 10, 20, 30, 5, 40, 50], virtualStartMs - 5 * length)
      run.at(1, () => one.send(ask(item([crossing], { type: 'indicator_signal' }))))
      run.at(untilMs - 1, () =>
        expect(one.json).toEqual([
          {
            type: 'indicator_signal',
            code: 'KRW-BTC',
            timeframe: '5m',
            indicator: 'moving_average',
            params: { type: 'SMA', period: 5 },
            trigger: 'price_cross_above',
            event_params: {},
            candle_date_time_utc: '2026-11-23T00:10:00',
            value: { value: 21 },
            timestamp: one.notes[0]?.atMs,
            stream_type: 'REALTIME',
          },
        ]),
      )
    })
  })

  it('of the seeded market are those of its own candles, also when nobody watches its trades', () => {
    const untilMs = 5 * length + 10_000
    runVirtually(untilMs, { accounts, market: true, markets: 20, rate: 0.2 }, (run) => {
      const one = infoClient(run, untilMs)
      run.at(1, () => one.send(ask(item([average]))))
      let rest: { trade_price: number }[] = []
      run.at(untilMs - 100, () =>
        run.exchange
          .sendHttp({
            method: 'GET',
            url: 'https://exchange.invalid/v1/candles/minutes/5?market=KRW-BTC&count=4',
            headers: {},
          })
          .subscribe(({ body }) => (rest = JSON.parse(body) as typeof rest)),
      )
      run.at(untilMs - 1, () => {
        const frames = one.json as { candle_date_time_utc: string; value: { value: number } }[]
        expect(frames.map((frame) => frame.candle_date_time_utc.slice(11))).toEqual([
          '00:10:00',
          '00:15:00',
          '00:20:00',
        ])
        const [, third = NaN, second = NaN, first = NaN] = rest.map((row) => row.trade_price)
        expect(frames.at(-1)?.value.value).toBeCloseTo((first + second + third) / 3, 6)
      })
    })
  })
})

describe('indicators that a test emits', () => {
  it('go to those who asked for that combination', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const [one, other] = [dialPrivate(run, undefined, 'info'), dialPrivate(run, undefined, 'info')]
      const rsi = (period: number) => ({ type: 'rsi', params: { period } })
      run.at(1, () => {
        one.send(ask(item([rsi(14), rsi(7)])))
        other.send([
          ...ask(
            item([rsi(7)]),
            item([{ ...rsi(14), trigger: 'overbought', event_params: { threshold: 70 } }], {
              type: 'indicator_signal',
            }),
          ),
          { format: 'SIMPLE' },
        ])
      })
      run.at(2, () => {
        expect(run.exchange.emit(anIndicator())).toBe(1)
        expect(run.exchange.emit(anIndicator({ timeframe: '15m' }))).toBe(0)
        expect(run.exchange.emit(anIndicatorSignal())).toBe(1)
        expect(run.exchange.emit(anIndicatorSignal({ event_params: { threshold: 80 } }))).toBe(0)
        expect(other.json).toMatchObject([
          {
            ty: 'indicator_signal',
            cd: 'KRW-BTC',
            tf: '5m',
            ind: 'rsi',
            p: { p: 14 },
            tr: 'overbought',
            ep: { th: 70 },
          },
        ])
        expect(run.exchange.info.subscribed('indicator', 'KRW-BTC')).toBe(true)
        expect(run.exchange.info.subscribed('indicator_signal', 'KRW-ETH')).toBe(false)
      })
    })
  })
})
