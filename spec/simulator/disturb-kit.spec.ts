import { anOrderbook, aTicker, aTrade, virtualStartMs } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const subscribe = subscribeTo('ticker', ['KRW-BTC'])

describe('acceptThenClose', () => {
  it('accepts every dial and ends it at once, abruptly unless there is a code, until accept()', () => {
    runVirtually(2_000, {}, ({ exchange, client, at }) => {
      const clients: ReturnType<typeof client>[] = []
      const dial = (): unknown => clients.push(client())
      at(0, () => exchange.acceptThenClose())
      at(10, dial)
      at(20, () => exchange.acceptThenClose({ code: 1008, reason: 'no', afterMs: 100 }))
      at(30, dial)
      at(100, () => expect(clients[1]?.open).toBe(true))
      at(200, () => exchange.accept())
      at(210, dial)
      at(1_000, () => {
        expect(clients.map(({ failure }) => failure?.closeCode)).toEqual([1006, 1008, undefined])
        expect(clients.map(({ socket }) => socket !== undefined)).toEqual([true, true, true])
        expect(exchange.dials.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
        expect(exchange.busiest.dials).toEqual({ perSecond: 3, perTenSeconds: 3 })
      })
    })
  })
})

describe('disturb', () => {
  it('changes the frames of every type, and nothing once it has been ended', () => {
    runVirtually(5_000, {}, ({ exchange, client, at }) => {
      const one = client()
      const types = ['ticker', 'trade', 'orderbook']
      at(1, () => one.send([{ ticket: 't' }, ...types.map((type) => ({ type, codes: ['KRW-BTC'] }))]))
      let calm = (): void => {}
      const emit = (n: number): number =>
        exchange.emit([
          aTicker({ trade_price: n }),
          aTrade({ trade_price: n }),
          anOrderbook({ timestamp: n }),
        ])
      at(300, () => (calm = exchange.disturb({ reordered: 1, withinMs: 100 })))
      at(400, () => expect(emit(1)).toBe(0))
      at(410, () => expect(emit(2)).toBe(6))
      at(420, () => expect(emit(3)).toBe(0))
      at(700, () => {
        const of = (type: string, name: string): unknown[] =>
          one.json.filter((frame) => frame.type === type).map((frame) => frame[name])
        expect([
          of('ticker', 'trade_price'),
          of('trade', 'trade_price'),
          of('orderbook', 'timestamp'),
        ]).toEqual(types.map(() => [2, 1, 3]))
      })
      at(800, () => exchange.disturb({}))
      at(800, () => calm())
      at(810, () => exchange.disturb({ doubled: 0 })())
      at(820, () => expect(emit(4)).toBe(3))
    })
  })

  it('sends the SNAPSHOT of the request after the first REALTIME frames', () => {
    runVirtually(
      5_000,
      { market: true, rate: 20, snapshotDelaysMs: [400, 900] },
      ({ exchange, client, at }) => {
        const one = client()
        exchange.disturb({ snapshotAfterRealtime: true })
        at(0, () => one.send(subscribe))
        at(2_000, () => {
          const kinds = one.json.map((frame) => frame.stream_type)
          const index = kinds.indexOf('SNAPSHOT')
          expect(index).toBeGreaterThan(2)
          expect(kinds.filter((kind) => kind === 'SNAPSHOT')).toHaveLength(1)
          expect(one.json[index]?.timestamp).toBeLessThan(one.json[0]?.timestamp as number)
        })
      },
    )
  })
})

describe('stepClock', () => {
  it.each([5_000, -5_000, 60_000])(
    'stamps the market by a clock that is %i ms off, without a break',
    (byMs) => {
      runVirtually(30_000, { market: true }, ({ exchange, client, at }) => {
        const one = client()
        at(0, () => one.send(subscribeTo('orderbook', ['KRW-BTC'])))
        at(10_000, () => exchange.stepClock(byMs))
        at(29_000, () => {
          const later = one.notes.filter(({ atMs }) => atMs > virtualStartMs + 10_200)
          const off = later.map(
            ({ atMs, text }) => (JSON.parse(text) as { timestamp: number }).timestamp - atMs,
          )
          expect(later.length).toBeGreaterThan(50)
          expect(Math.max(...off)).toBeLessThanOrEqual(byMs)
          expect(Math.min(...off)).toBeGreaterThan(byMs - 500)
          expect(exchange.clockMs).toBe(virtualStartMs + 29_000 + byMs)
          expect(exchange.received.at(-1)?.atMs).toBeLessThan(virtualStartMs + 10)
        })
      })
    },
  )
})

describe('flipFormat', () => {
  it('changes the format of open connections amid their streams', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribe))
      for (const [ms, format] of [
        [100, 'SIMPLE'],
        [200, 'JSON_LIST'],
        [300, 'DEFAULT'],
      ] as const) {
        at(ms, () => exchange.flipFormat(format))
        at(ms + 1, () => exchange.emit(aTicker()))
      }
      at(400, () => {
        expect(
          one.json.map((frame) => (Array.isArray(frame) ? 'list' : 'ty' in frame ? 'short' : 'full')),
        ).toEqual(['short', 'list', 'full'])
      })
    })
  })
})
