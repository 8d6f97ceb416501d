import type { VirtualExchangeOptions } from '../../src/testing'
import { anOrderbook, aTicker, aTrade } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const ticket = { ticket: 't' }

describe('subscriptions', () => {
  it('35 are replaced whole by each message, whatever its ticket, types and flags', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () =>
        one.send([ticket, { type: 'ticker', codes: ['KRW-BTC'] }, { type: 'trade', codes: ['KRW-BTC'] }]),
      )
      at(10, () => expect(exchange.emit([aTicker(), aTrade()])).toBe(2))
      at(20, () => one.send([{ ticket: 'u' }, { type: 'trade', codes: ['KRW-ETH'] }]))
      at(30, () => expect(exchange.emit([aTicker(), aTrade(), aTrade({ code: 'KRW-ETH' })])).toBe(1))
      at(40, () => one.send(subscribeTo('ticker', ['KRW-BTC'], 'DEFAULT', { is_only_snapshot: true })))
      at(50, () => expect(exchange.emit([aTrade({ code: 'KRW-ETH' }), aTicker()])).toBe(0))
      at(60, () => expect(exchange.emit(aTicker({ stream_type: 'SNAPSHOT' }))).toBe(1))
    })
  })

  it('35 belong to a connection: another one keeps its own', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const [one, two] = [client(), client()]
      at(1, () => one.send(subscribeTo('ticker', ['KRW-BTC'], 'SIMPLE')))
      at(2, () => two.send(subscribeTo('ticker', ['KRW-BTC', 'KRW-ETH'])))
      at(10, () => expect(exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })])).toBe(3))
      at(20, () => {
        expect(one.json).toMatchObject([{ cd: 'KRW-BTC' }])
        expect(two.json).toMatchObject([{ code: 'KRW-BTC' }, { code: 'KRW-ETH' }])
      })
    })
  })

  it('36 let as many frames of the old set through as a test says, for a moment', () => {
    runVirtually(1_000, { switches: { stragglers: 1 } }, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribeTo('ticker', ['KRW-BTC'])))
      at(10, () => one.send(subscribeTo('ticker', ['KRW-ETH'])))
      at(20, () => {
        expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(false)
        expect([exchange.emit(aTicker()), exchange.emit(aTicker())]).toEqual([1, 0])
      })
      at(30, () => one.send(subscribeTo('ticker', ['KRW-XRP'])))
      at(400, () => expect(exchange.emit(aTicker({ code: 'KRW-ETH' }))).toBe(0))
    })
  })

  it.each([
    ['new', 'ty'],
    ['old', 'type'],
  ] as const)('80 send stragglers in the %s format when told to', (stragglerFormat, key) => {
    runVirtually(1_000, { switches: { stragglers: 2, stragglerFormat } }, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribeTo('ticker', ['KRW-BTC'], 'DEFAULT')))
      at(10, () => one.send(subscribeTo('ticker', ['KRW-ETH'], 'SIMPLE')))
      at(20, () => exchange.emit(aTicker()))
      at(30, () => expect(one.json[0]).toHaveProperty(key, 'ticker'))
    })
  })

  it('36 let 0 to 2 through by the seed', () => {
    const counts = new Set<number>()
    for (let seed = 0; seed < 20; seed++) {
      runVirtually(100, { seed, switches: { stragglers: 'seeded' } }, ({ exchange, client, at }) => {
        const one = client()
        at(1, () => one.send(subscribeTo('ticker', ['KRW-BTC'])))
        at(10, () => one.send(subscribeTo('ticker', ['KRW-ETH'])))
        at(20, () => counts.add(exchange.emit(Array.from({ length: 5 }, () => aTicker()))))
      })
    }
    expect([...counts].sort()).toEqual([0, 1, 2])
  })

  it('26 accept unknown codes with silence', () => {
    runVirtually(1_000, { market: true }, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribeTo('ticker', ['KRW-NOPE', 'krw-btc'])))
      at(900, () => {
        expect([one.open, one.frames]).toEqual([true, []])
        expect(exchange.subscribed('ticker', 'krw-btc')).toBe(true)
      })
    })
  })

  it('27 28 send a book to the level and in the depth that were asked for', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const [one, two] = [client(), client()]
      at(1, () => one.send(subscribeTo('orderbook', ['KRW-BTC.5'], 'DEFAULT', { level: 10_000 })))
      at(1, () => two.send(subscribeTo('orderbook', ['KRW-BTC'])))
      at(10, () => exchange.emit([anOrderbook({ level: 10_000 }), anOrderbook()]))
      at(20, () => {
        expect(one.json).toMatchObject([{ level: 10_000, code: 'KRW-BTC' }])
        expect(one.json[0]?.orderbook_units).toHaveLength(5)
        expect(two.json[0]?.orderbook_units).toHaveLength(30)
        expect(exchange.subscribed('orderbook', 'KRW-BTC', 10_000)).toBe(true)
        expect(exchange.subscribed('orderbook', 'KRW-BTC', 5)).toBe(false)
      })
    })
  })

  it('30 can serve both of a doubled pair when told to', () => {
    const asked = [
      ticket,
      { type: 'orderbook', codes: ['KRW-BTC'] },
      { type: 'orderbook', codes: ['KRW-BTC.5'] },
    ]
    const lengths = (options: VirtualExchangeOptions): number[] => {
      const result: number[] = []
      runVirtually(1_000, options, ({ exchange, client, at }) => {
        const one = client()
        at(1, () => one.send(asked))
        at(10, () => exchange.emit(anOrderbook()))
        at(20, () => result.push(...one.json.map((book) => (book.orderbook_units as unknown[]).length)))
      })
      return result
    }
    expect(lengths({})).toEqual([5])
    expect(lengths({ switches: { duplicateItem: 'both' } })).toEqual([30, 5])
  })
})

describe('snapshots', () => {
  it('37 38 come once per item at each subscribe, in two bursts and in no fixed order', () => {
    const codes = Array.from({ length: 40 }, (_, i) => `KRW-C${i}`)
    runVirtually(2_000, {}, ({ exchange, client, at }) => {
      const one = client()
      exchange.snapshot(codes.map((code) => aTicker({ code })))
      for (const ms of [0, 1_000]) {
        at(ms, () => one.send(subscribeTo('ticker', codes)))
        at(ms + 500, () => {
          const frames = one.notes.splice(0)
          const seen = frames.map(({ text }) => JSON.parse(text) as { code: string; stream_type: string })
          expect(seen.map(({ code }) => code).sort()).toEqual([...codes].sort())
          expect(seen.map(({ code }) => code)).not.toEqual(codes)
          expect(seen.every(({ stream_type }) => stream_type === 'SNAPSHOT')).toBe(true)
          const start = exchange.received.at(-1)?.atMs as number
          expect([...new Set(frames.map(({ atMs }) => atMs - start))]).toEqual([15, 170])
        })
      }
    })
  })

  it('37 do not come for realtime-only items, nor from a set that was replaced before', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      exchange.snapshot([aTicker(), aTrade()])
      at(1, () => one.send(subscribeTo('trade', ['KRW-BTC'])))
      at(5, () => one.send(subscribeTo('ticker', ['KRW-BTC'], 'DEFAULT', { is_only_realtime: true })))
      at(500, () => expect(one.frames).toEqual([]))
      at(500, () => expect(exchange.emit(aTicker({ stream_type: 'SNAPSHOT' }))).toBe(0))
    })
  })

  it('39 come before the first REALTIME frame of the market, exactly one an item', () => {
    runVirtually(10_000, { market: true, rate: 3 }, ({ client, at }) => {
      const one = client()
      const codes = ['KRW-BTC', 'KRW-ETH', 'USDT-BTC', 'BTC-ETH']
      at(0, () =>
        one.send([
          ticket,
          ...['ticker', 'trade', 'orderbook', 'candle.1s', 'candle.60m'].map((type) => ({ type, codes })),
        ]),
      )
      at(9_999, () => {
        const streams = new Map<string, string[]>()
        for (const { type, code, stream_type } of one.json) {
          const key = `${String(type)} ${String(code)}`
          streams.set(key, [...(streams.get(key) ?? []), String(stream_type)])
        }
        expect(streams.size).toBe(20)
        for (const [first, ...rest] of streams.values()) {
          expect(first).toBe('SNAPSHOT')
          expect(rest).not.toContain('SNAPSHOT')
        }
        expect(streams.get('orderbook KRW-BTC')?.length).toBeGreaterThan(20)
      })
    })
  })

  it('79 do not come for silenced codes, and neither does anything else', () => {
    runVirtually(10_000, { market: true }, ({ exchange, client, at }) => {
      const one = client()
      const speak = exchange.silence('KRW-BTC')
      exchange.silence(['KRW-XRP'])
      at(0, () => one.send(subscribeTo('orderbook', ['KRW-BTC', 'KRW-ETH', 'KRW-XRP'])))
      at(5_000, () => {
        expect(new Set(one.json.map(({ code }) => code))).toEqual(new Set(['KRW-ETH']))
        speak()
      })
      at(9_000, () => expect(one.json.map(({ code }) => code)).toContain('KRW-BTC'))
    })
  })
})
