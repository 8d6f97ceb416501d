import { aTrade, virtualStartMs } from '../../../src/testing'
import { runVirtually, subscribeTo } from '../support/virtual-client'
import { RestBench } from '../support/rest'
import fc from '../../support/seeded-fast-check'

const dayMs = 86_400_000
const at = (ms: number, n = 0): ReturnType<typeof aTrade> =>
  aTrade({ trade_timestamp: ms, sequential_id: `${ms}${String(n).padStart(4, '0')}` })

/** The ids of a page, exact. */
const ids = (body: string): readonly string[] =>
  [...body.matchAll(/"sequential_id":(\d+)/g)].map(([, id = '']) => id)

/** A day's ids, put together from pages. */
function page(bench: RestBench, count: number, query = ''): readonly string[] {
  const found: string[] = []
  for (let cursor = ''; ;) {
    const { body } = bench.ask(`/v1/trades/ticks?market=KRW-BTC&count=${count}${query}${cursor}`)
    const next = ids(body)
    if (next.length === 0) return found
    expect(next.length).toBeLessThanOrEqual(count)
    found.push(...next)
    cursor = `&cursor=${next.at(-1)}`
  }
}

describe('GET /v1/trades/ticks', () => {
  it('has the fields of the recorded answer, the newest trade first, one unless asked for more', () => {
    const bench = new RestBench()
    bench.exchange.execute([at(virtualStartMs), at(virtualStartMs, 1)])
    expect(bench.ask('/v1/trades/ticks?market=KRW-BTC').body).toBe(
      '[{"market":"KRW-BTC","trade_date_utc":"2026-11-23","trade_time_utc":"00:00:00","timestamp":1795392000000,' +
        '"trade_price":109847000.0,"trade_volume":0.00509799,"prev_closing_price":109165000.0,"change_price":682000.0,' +
        '"ask_bid":"ASK","sequential_id":17953920000000001}]',
    )
  })

  it('has a signed change', () => {
    const bench = new RestBench()
    bench.exchange.execute(
      aTrade({ trade_price: 100, prev_closing_price: 100.3, change: 'FALL', change_price: 0.3 }),
    )
    expect(bench.rows('/v1/trades/ticks?market=KRW-BTC')[0]?.change_price).toBe(-0.3)
  })

  it('pages by cursor are the trades of the day, each once, in order, and of no other day', () => {
    const trades = fc.array(
      fc.record({ ms: fc.integer({ min: -2 * dayMs, max: dayMs - 1 }), n: fc.integer({ min: 0, max: 2 }) }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(trades, fc.integer({ min: 1, max: 9 }), (given, count) => {
        const bench = new RestBench()
        const executed = given.map(({ ms, n }) =>
          at(virtualStartMs + Math.floor(ms / 1_000_000) * 1_000_000, n),
        )
        bench.exchange.execute(executed)
        for (const [daysAgo, query] of ['', '&days_ago=1', '&days_ago=2'].entries()) {
          const from = virtualStartMs - daysAgo * dayMs
          const expected = new Set(
            executed
              .filter(({ trade_timestamp: ms }) => ms >= from && ms < from + dayMs)
              .map(({ sequential_id }) => BigInt(sequential_id)),
          )
          const sorted = [...expected].sort((a, b) => (a < b ? 1 : -1)).map(String)
          expect(page(bench, count, query)).toEqual(sorted)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('has no trade for the cursor of another day', () => {
    const bench = new RestBench()
    bench.exchange.execute([at(virtualStartMs - 5), at(virtualStartMs + 5)])
    const ask = (query: string): readonly string[] =>
      ids(bench.ask(`/v1/trades/ticks?market=KRW-BTC${query}`).body)
    expect(ask(`&cursor=${virtualStartMs - 5}0000`)).toEqual([])
    expect(ask(`&days_ago=1&cursor=${virtualStartMs + 5}0000`)).toEqual([])
    // A cursor that no trade has is where its time is.
    expect(ask(`&cursor=${virtualStartMs + 6}0000`)).toEqual([`${virtualStartMs + 5}0000`])
  })

  it('goes back from a time of day', () => {
    const bench = new RestBench()
    bench.exchange.execute([at(virtualStartMs + 1_000), at(virtualStartMs + 3_661_000)])
    const ask = (to: string): readonly string[] =>
      ids(bench.ask(`/v1/trades/ticks?market=KRW-BTC&count=9&to=${to}`).body)
    expect([ask('000001'), ask('01:01:01'), ask('010102')].map(({ length }) => length)).toEqual([0, 1, 2])
    expect(bench.ask('/v1/trades/ticks?market=KRW-BTC&to=25:00:00').status).toBe(400)
    expect(bench.ask('/v1/trades/ticks?market=KRW-BTC&cursor=abc').status).toBe(400)
  })

  it('knows what a test has emitted to nobody, swallowed by a stall, late or twice: each once', () => {
    const bench = new RestBench()
    const { exchange } = bench
    expect(exchange.emit(at(virtualStartMs + 1))).toBe(0)
    exchange.execute(at(virtualStartMs + 2))
    exchange.emit([at(virtualStartMs + 2), at(virtualStartMs + 2), at(virtualStartMs)])
    exchange.snapshot(at(virtualStartMs + 3))
    expect(page(bench, 9)).toEqual([3, 2, 1, 0].map((ms) => `${virtualStartMs + ms}0000`))
  })

  it('knows every trade that the live market has sent, and those of the time when nobody was there', () => {
    const seen = new Set<string>()
    let first = ''
    let told: readonly string[] = []
    runVirtually(100_000, { market: true, limits: false }, ({ exchange, client, at: when }) => {
      const watch = (fromMs: number, untilMs: number): void => {
        const one = client()
        when(fromMs + 1, () => one.send(subscribeTo('trade', ['KRW-BTC'])))
        when(untilMs, () => {
          for (const id of one.frames.flatMap(ids)) seen.add(id)
          first ||= ids(one.frames[0] as string)[0] as string
          one.leave()
        })
      }
      watch(0, 30_000)
      when(60_000, () => watch(60_000, 90_000))
      when(91_000, () =>
        exchange
          .sendHttp({
            method: 'GET',
            url: 'https://any/v1/trades/ticks?market=KRW-BTC&count=500',
            headers: {},
          })
          .subscribe(({ body }) => (told = ids(body))),
      )
    })
    expect(seen.size).toBeGreaterThan(60)
    expect(told.at(-1)).toBe(first)
    expect([...seen].filter((id) => !told.includes(id))).toEqual([])
    const between = told.filter((id) => {
      const ms = Number(BigInt(id) / 10_000n) - virtualStartMs
      return ms > 31_000 && ms < 59_000
    })
    expect(between.length).toBeGreaterThan(20)
    expect(between.filter((id) => seen.has(id)).length).toBeLessThanOrEqual(1)
  })

  it('holds a quarter of a million trades of one code, and finds its way through them', () => {
    const bench = new RestBench()
    const day: ReturnType<typeof aTrade>[] = []
    for (let i = 0; i < 250_000; i++) day.push(at(virtualStartMs + (i >> 2), i & 3))
    bench.exchange.execute(day)
    for (const index of [249_999, 200_000, 100_001, 500, 1]) {
      const cursor = day[index]?.sequential_id
      const expected = day.slice(Math.max(0, index - 500), index).map((trade) => trade.sequential_id)
      const { body } = bench.ask(`/v1/trades/ticks?market=KRW-BTC&count=500&cursor=${cursor}`)
      expect(ids(body)).toEqual(expected.reverse())
    }
  })
})
