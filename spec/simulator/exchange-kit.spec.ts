import { aTicker, virtualStartMs } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const since = (atMs: number): number => atMs - virtualStartMs
const subscribe = subscribeTo('ticker', ['KRW-BTC', 'KRW-ETH'])

describe('the test kit', () => {
  it('C14.2 keeps what clients sent, parsed, with time and connection', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      const [one, two] = [client(), client()]
      at(1, () => one.send(subscribe))
      at(2, () => two.send('PING'))
      at(3, () => two.socket?.ping?.())
      at(4, () => two.send([{ ticket: 'L' }, { method: 'LIST_SUBSCRIPTIONS' }]))
      at(5, () => one.send('{'))
      at(6, () => {
        expect(exchange.received.map(({ atMs, ...rest }) => ({ ...rest, at: since(atMs) }))).toEqual([
          {
            at: 1,
            connection: 1,
            kind: 'subscribe',
            text: subscribe,
            ticket: 't',
            format: 'DEFAULT',
            items: [
              {
                type: 'ticker',
                codes: ['KRW-BTC', 'KRW-ETH'],
                level: 0,
                onlySnapshot: false,
                onlyRealtime: false,
              },
            ],
          },
          { at: 2, connection: 2, kind: 'ping', text: 'PING', items: [] },
          { at: 3, connection: 2, kind: 'ping-frame', text: '', items: [] },
          expect.objectContaining({ at: 4, connection: 2, kind: 'list', ticket: 'L', format: 'DEFAULT' }),
          { at: 5, connection: 1, kind: 'invalid', text: '{', items: [] },
        ])
      })
    })
  })

  it('keeps a log of dials with their times, headers and outcomes', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      client('/websocket/v1', { 'X-Client': 'spec' })
      at(50, () => {
        exchange.refuse(503)
        client()
        expect(exchange.dials.map(({ atMs, ...dial }) => ({ ...dial, at: since(atMs) }))).toEqual([
          {
            at: 0,
            path: '/websocket/v1',
            headers: { 'x-client': 'spec' },
            remoteAddress: '127.0.0.1',
            outcome: 'accepted',
          },
          {
            at: 50,
            path: '/websocket/v1',
            headers: {},
            remoteAddress: '127.0.0.1',
            outcome: 'refused',
            status: 503,
          },
        ])
      })
    })
  })

  it('forgets items of every connection, and tells nobody', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      const [one, two] = [client(), client()]
      at(1, () => one.send(subscribe))
      at(1, () => two.send(subscribeTo('orderbook', ['KRW-BTC.15', 'KRW-ETH'])))
      at(2, () => {
        expect(exchange.forget({ codes: ['KRW-ETH'] })).toBe(2)
        expect(exchange.forget({ codes: ['KRW-ETH'] })).toBe(0)
        expect(exchange.forget(({ type, codes }) => type === 'orderbook' && codes.includes('KRW-BTC'))).toBe(
          1,
        )
        expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)
        expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(false)
        expect(exchange.subscribed('orderbook', 'KRW-BTC')).toBe(false)
        expect(exchange.emit(aTicker({ code: 'KRW-ETH' }))).toBe(0)
        expect(exchange.emit(aTicker({ code: 'KRW-BTC' }))).toBe(1)
      })
      at(50, () => expect(two.frames).toEqual([]))
    })
  })

  it('refuses messages with certain items by the name that the test chose, until told to stop', () => {
    runVirtually(5_000, {}, ({ exchange, client, at }) => {
      const stop = exchange.rejectItems(
        { type: 'orderbook', codes: ['KRW-BAD'] },
        'INVALID_PARAM',
        'bad code',
      )
      const one = client()
      at(1, () => one.send(subscribeTo('ticker', ['KRW-BAD'])))
      at(2, () => one.send(subscribeTo('orderbook', ['KRW-GOOD'])))
      at(3, () => expect(one.frames).toEqual([]))
      at(4, () => one.send(subscribeTo('orderbook', ['KRW-GOOD', 'KRW-BAD.15'])))
      at(5, () => expect(one.json).toEqual([{ error: { name: 'INVALID_PARAM', message: 'bad code' } }]))
      at(1_000, () => {
        expect(one.failure?.closeCode).toBe(1000)
        stop()
        const two = client()
        at(1_001, () => two.send(subscribeTo('orderbook', ['KRW-BAD'])))
        at(1_002, () => expect(exchange.subscribed('orderbook', 'KRW-BAD')).toBe(true))
        at(1_003, () => {
          exchange.rejectItems((item) => item.codes.length > 2, 'TOO_MANY_REQUEST')
          exchange.rejectItems({ type: 'trade' }, 'NO_CODES')
          two.send(subscribeTo('trade', ['KRW-BTC']))
        })
        at(1_004, () => expect(two.json[0]).toMatchObject({ error: { name: 'NO_CODES' } }))
      })
    })
  })

  it('sends errors as the exchange does: the frame, then the close', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => exchange.sendError('TOO_MANY_REQUEST'))
      at(2, () => expect(one.json).toMatchObject([{ error: { name: 'TOO_MANY_REQUEST' } }]))
      at(2, () => expect(one.open).toBe(true))
      at(500, () => expect(one.failure?.closeCode).toBe(1000))
    })
  })

  it('sends anything at all to everybody, texts as texts and bytes as bytes', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      const [one, two] = [client(), client()]
      at(1, () => expect(exchange.emitRaw('what')).toBe(2))
      at(2, () => exchange.emitRaw(new Uint8Array([1, 2])))
      at(3, () => {
        expect(one.notes.map(({ raw }) => raw)).toEqual(['what', new Uint8Array([1, 2])])
        expect(two.notes).toHaveLength(2)
      })
    })
  })

  it('stalls the open connections and, when told to, later ones', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribe))
      at(2, () => exchange.stall())
      at(3, () => {
        one.socket?.ping?.()
        exchange.emit(aTicker())
        exchange.emitRaw('x')
        one.send('PING')
        const two = client()
        at(4, () => two.send(subscribe))
        at(5, () => exchange.emit(aTicker()))
        at(6, () => {
          expect([one.frames, one.pongsAtMs]).toEqual([[], []])
          expect(two.frames).toHaveLength(1)
          exchange.stall({ all: true })
          const three = client()
          at(7, () => three.send(subscribe))
          at(8, () => exchange.emit(aTicker()))
          at(9, () => expect(three.frames).toEqual([]))
          at(10, () => exchange.resume())
          at(11, () => exchange.emit(aTicker()))
          at(12, () => expect([one, two, three].map((made) => made.frames.length)).toEqual([1, 2, 1]))
        })
      })
    })
  })

  it('76 runs a script from the next subscribe message on, so as to cut between the snapshot bursts', () => {
    const codes = Array.from({ length: 20 }, (_, i) => `KRW-C${i}`)
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      exchange.snapshot(codes.map((code) => aTicker({ code })))
      const one = client()
      exchange.fault([{ atMs: 100, kind: 'cut' }], { from: 'subscribe' })
      at(50, () => one.send('PING'))
      at(200, () => one.send(subscribeTo('ticker', codes)))
      at(900, () => {
        expect(one.failure).toMatchObject({ closeCode: 1006 })
        expect(since(one.failure?.atMs as number)).toBe(300)
        expect(one.frames.length).toBeGreaterThan(0)
        expect(one.frames.length).toBeLessThan(20)
      })
    })
  })

  it('stops a script when told to, begun or not', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      const stopNow = exchange.fault([{ atMs: 100, kind: 'cut' }])
      const stopLater = exchange.fault([{ atMs: 1, kind: 'cut' }], { from: 'subscribe' })
      at(50, () => stopNow())
      at(60, () => stopLater())
      at(200, () => one.send(subscribe))
      at(900, () => expect(one.open).toBe(true))
    })
  })

  it('tells by `until` when a condition holds, and by `idle` when nothing is due', async () => {
    const order: string[] = []
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      void exchange.until(() => true).then(() => order.push('true at once'))
      void exchange.until(() => exchange.subscribed('ticker', 'KRW-BTC')).then(() => order.push('subscribed'))
      void exchange
        .until(() => exchange.connections === 7, { timeoutMs: 900 })
        .then(() => order.push('never'))
        .catch(() => order.push('given up'))
      const one = client()
      at(1, () => {
        one.send('nonsense')
        void exchange.idle().then(() => order.push(`idle after ${one.frames.length} frame`))
        void exchange.idle().then(() => order.push('idle twice'))
      })
      at(500, () => {
        const two = client()
        at(501, () => two.send(subscribe))
      })
    })
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    expect(order.sort()).toEqual([
      'given up',
      'idle after 1 frame',
      'idle twice',
      'subscribed',
      'true at once',
    ])
  })
})
