import { aTrade, virtualStartMs } from '../../../src/testing'
import { instant } from '../../../src/simulator/rest/candle-answers'
import { runVirtually } from '../support/virtual-client'
import { RestBench } from '../support/rest'

type Row = Readonly<Record<string, unknown>>

const at = (afterMs: number, price = 100): ReturnType<typeof aTrade> =>
  aTrade({
    trade_timestamp: virtualStartMs + afterMs,
    trade_price: price,
    prev_closing_price: 125,
    trade_volume: 0.5,
  })

describe('GET /v1/candles/…', () => {
  it('has the fields of a minute', () => {
    const bench = new RestBench()
    bench.exchange.execute([at(0), at(2_000, 110)])
    expect(bench.ask('/v1/candles/minutes/3?market=KRW-BTC').body).toBe(
      '[{"market":"KRW-BTC","candle_date_time_utc":"2026-11-23T00:00:00","candle_date_time_kst":"2026-11-23T09:00:00",' +
        '"opening_price":100.0,"high_price":110.0,"low_price":100.0,"trade_price":110.0,"timestamp":1795392002000,' +
        '"candle_acc_trade_price":105.0,"candle_acc_trade_volume":1.0,"unit":3}]',
    )
  })

  it('has the change of a day, signed, and the first day of what is longer', () => {
    const bench = new RestBench()
    bench.exchange.execute(at(0))
    expect(bench.rows('/v1/candles/days?market=KRW-BTC&converting_price_unit=KRW')[0]).toMatchObject({
      prev_closing_price: 125,
      change_price: -25,
      change_rate: -0.2,
      converted_trade_price: 100,
    })
    // 2026-11-23 is a Monday.
    const firstDay = (unit: string): unknown =>
      bench.rows(`/v1/candles/${unit}?market=KRW-BTC`)[0]?.first_day_of_period
    expect(['weeks', 'months', 'years'].map(firstDay)).toEqual(['2026-11-23', '2026-11-01', '2026-01-01'])
    expect(bench.rows('/v1/candles/seconds?market=KRW-BTC')[0]).not.toHaveProperty('unit')
  })

  it('gives the unfinished one first, none of a period without trades, and those before a moment', () => {
    const bench = new RestBench()
    bench.exchange.execute([at(0), at(60_000), at(240_000)])
    bench.pass(250_000)
    const starts = (query: string): readonly unknown[] =>
      bench
        .rows(`/v1/candles/minutes/1?market=KRW-BTC${query}`)
        .map(({ candle_date_time_utc: start }) => String(start).slice(11))
    expect(starts('')).toEqual(['00:04:00'])
    expect(starts('&count=200')).toEqual(['00:04:00', '00:01:00', '00:00:00'])
    // The oldest row's time as the next `to`, as one pages back.
    expect(starts('&count=9&to=2026-11-23T00:04:00Z')).toEqual(['00:01:00', '00:00:00'])
    expect(starts('&count=9&to=2026-11-23%2009:01:00%2B09:00')).toEqual(['00:00:00'])
    expect(starts('&to=2026-11-23T00:00:00Z')).toEqual([])
  })

  it.each([
    ['2026-11-23T00:00:01Z', 1_000],
    ['2026-11-23 00:00:01', 1_000],
    ['2026-11-23T09:00:01+09:00', 1_000],
    ['2026-11-23T09:00:01 09:00', 1_000],
  ])('reads %s', (text, afterMs) => expect(instant(text)).toBe(virtualStartMs + afterMs))

  it("has the ticker's day, and what is longer contains it, over midnight too", () => {
    const hourMs = 3_600_000
    const bench = new RestBench({ market: true, markets: 1 })
    bench.pass(23.95 * hourMs)
    const first = bench.rows('/v1/ticker?markets=KRW-BTC')[0] as Row
    const compare = (): void => {
      const ticker = bench.rows('/v1/ticker?markets=KRW-BTC')[0] as Row
      const day = bench.rows('/v1/candles/days?market=KRW-BTC&count=9')[0] as Row
      for (const name of ['opening_price', 'high_price', 'low_price', 'trade_price', 'prev_closing_price']) {
        expect([name, day[name]]).toEqual([name, ticker[name]])
      }
      expect([day.candle_acc_trade_price, day.change_price]).toEqual([
        ticker.acc_trade_price,
        ticker.signed_change_price,
      ])
      expect(day.candle_acc_trade_volume).toBeCloseTo(ticker.acc_trade_volume as number, 7)
    }
    compare()
    bench.pass(hourMs / 60)
    compare()
    const yesterday = bench.rows('/v1/candles/days?market=KRW-BTC')[0] as Row
    for (let minute = 0; minute < 4; minute++) {
      bench.pass(hourMs / 60)
      bench.rows('/v1/ticker?markets=KRW-BTC')
    }
    compare()
    const days = bench.rows('/v1/candles/days?market=KRW-BTC&count=9')
    const [week] = bench.rows('/v1/candles/weeks?market=KRW-BTC')
    expect(days).toHaveLength(2)
    expect(days[1]?.opening_price).toBe(first.opening_price)
    expect(days[1]?.candle_acc_trade_price).toBeGreaterThan(yesterday.candle_acc_trade_price as number)
    expect(week).toMatchObject({
      opening_price: first.opening_price,
      high_price: Math.max(...days.map(({ high_price: high }) => high as number)),
      low_price: Math.min(...days.map(({ low_price: low }) => low as number)),
    })
    expect(week?.candle_acc_trade_price).toBeCloseTo(
      days.reduce((sum, day) => sum + (day.candle_acc_trade_price as number), 0),
      0,
    )
  })

  it('says of a finished period the very digits of its last frame', () => {
    let rows: readonly Row[] = []
    let frames: readonly Row[] = []
    runVirtually(200_000, { market: true, limits: false }, ({ exchange, client, at: when }) => {
      const one = client()
      when(0, () =>
        one.send([
          { ticket: 't' },
          ...['candle.1s', 'candle.1m'].map((type) => ({ type, codes: ['KRW-BTC'] })),
        ]),
      )
      when(190_000, () => {
        frames = one.json
        for (const unit of ['seconds', 'minutes/1']) {
          exchange
            .sendHttp({
              method: 'GET',
              url: `https://any/v1/candles/${unit}?market=KRW-BTC&count=200`,
              headers: {},
            })
            .subscribe(({ body }) => (rows = [...rows, ...(JSON.parse(body) as Row[])]))
        }
      })
    })
    const last = new Map(
      frames.map((frame) => [`${String(frame.type)} ${String(frame.candle_date_time_utc)}`, frame]),
    )
    let compared = 0
    for (const { market: _market, unit, ...row } of rows) {
      const frame = last.get(`candle.${unit === undefined ? '1s' : '1m'} ${String(row.candle_date_time_utc)}`)
      const isFinished = (row.timestamp as number) < virtualStartMs + (unit === undefined ? 188_000 : 180_000)
      // The market's past before its first subscriber was never sent.
      if (frame === undefined || !isFinished) continue
      expect(frame).toMatchObject(row)
      compared++
    }
    expect(compared).toBeGreaterThan(60)
  })
})
