import { aTicker, aTrade, virtualStartMs } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const subscribe = subscribeTo('ticker', ['KRW-BTC', 'KRW-ETH'])

describe('inflict', () => {
  it('runs a script of faults from the call on', () => {
    runVirtually(3_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribe))
      at(100, () =>
        exchange.fault([
          { atMs: 0, kind: 'status' },
          { atMs: 10, kind: 'malformed', shape: 'cut-short' },
          { atMs: 20, kind: 'emit', events: [aTicker({ trade_price: 1 }), aTrade()] },
          { atMs: 30, kind: 'burst', frames: 50, make: (i) => aTicker({ trade_price: i }) },
          { atMs: 40, kind: 'stall' },
          { atMs: 41, kind: 'emit', events: [aTicker()] },
          { atMs: 42, kind: 'resume' },
          { atMs: 50, kind: 'pause-market' },
          { atMs: 51, kind: 'resume-market' },
          { atMs: 60, kind: 'refuse', answer: 503 },
          { atMs: 70, kind: 'error', name: 'INVALID_PARAM' },
          { atMs: 500, kind: 'accept' },
        ]),
      )
      at(105, () => expect(one.frames).toEqual(['{"status":"UP"}']))
      at(135, () => {
        expect(one.frames).toHaveLength(53)
        expect(() => JSON.parse(one.frames[1] as string) as unknown).toThrow()
      })
      at(160, () => expect(one.frames).toHaveLength(53))
      at(161, () => client())
      at(162, () => expect(exchange.dials.at(-1)).toMatchObject({ status: 503 }))
      at(400, () => expect(one.failure?.closeCode).toBe(1000))
      at(700, () => client())
      at(701, () => expect(exchange.connections).toBe(1))
    })
  })

  it('spreads a burst over time where it is told how many frames a second come, and stops with the script', () => {
    runVirtually(10_000, {}, ({ exchange, client, at }) => {
      const one = client()
      const burst = (frames: number, perSecond: number): (() => void) =>
        exchange.fault([
          { atMs: 0, kind: 'burst', frames, perSecond, make: (i) => aTicker({ trade_price: i }) },
        ])
      const count = (): number => one.frames.length
      at(1, () => one.send(subscribe))
      at(1_000, () => burst(2_000, 1_000))
      at(2_000.5, () => expect(Math.abs(count() - 1_000)).toBeLessThanOrEqual(10))
      at(3_100, () => {
        expect(one.json.map(({ trade_price: price }) => price)).toEqual(
          Array.from({ length: 2_000 }, (_, i) => i),
        )
        one.notes.length = 0
      })
      let stop = (): void => {}
      at(4_000, () => (stop = burst(10, 4)))
      at(5_100, () => expect(count()).toBe(5))
      at(5_100, () => stop())
      at(9_000, () => expect(count()).toBe(5))
    })
  })

  it('knows the faults of frames, clocks, dials and REST', () => {
    runVirtually(5_000, { markets: 1 }, ({ exchange, client, at }) => {
      const one = client()
      const trade = aTrade()
      at(1, () => one.send(subscribe))
      at(100, () =>
        exchange.fault([
          { atMs: 0, kind: 'execute', trades: [trade] },
          { atMs: 1, kind: 'step-clock', byMs: 5_000 },
          { atMs: 2, kind: 'flip-format', format: 'SIMPLE' },
          { atMs: 3, kind: 'disturb', doubled: 1, withinMs: 10 },
          { atMs: 4, kind: 'emit', events: [aTicker({ trade_price: 1 })] },
          { atMs: 20, kind: 'calm' },
          { atMs: 21, kind: 'emit', events: [aTicker({ trade_price: 2 })] },
          { atMs: 30, kind: 'delay-rest', delayMs: 50 },
          { atMs: 31, kind: 'refuse-rest', answer: 503 },
          { atMs: 100, kind: 'accept-rest' },
          { atMs: 200, kind: 'accept-then-close', times: 1, code: 1001 },
          { atMs: 400, kind: 'accept' },
        ]),
      )
      const statuses: [number, number][] = []
      const ask = (): unknown =>
        exchange
          .sendHttp({ method: 'GET', url: 'https://any/v1/trades/ticks?market=KRW-BTC', headers: {} })
          .subscribe(({ status, body }) => {
            statuses.push([status, exchange.clockMs])
            if (status === 200) expect(body).toContain(`"sequential_id":${trade.sequential_id}`)
          })
      at(132, ask)
      at(240, ask)
      at(199, () => expect(one.json.map(({ tp }) => tp)).toEqual([1, 1, 2]))
      const short: ReturnType<typeof client>[] = []
      at(310, () => short.push(client()))
      at(320, () => expect(short[0]?.failure?.closeCode).toBe(1001))
      at(330, () => short.push(client()))
      at(4_000, () => {
        expect(short[1]?.open).toBe(true)
        expect(statuses).toEqual([
          [503, virtualStartMs + 182 + 5_000],
          [200, virtualStartMs + 290 + 5_000],
        ])
      })
    })
  })
})
