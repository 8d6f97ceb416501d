import { aTicker, virtualStartMs } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const since = (atMs: number | undefined): number => (atMs ?? NaN) - virtualStartMs
const subscribe = subscribeTo('ticker', ['KRW-BTC'])

describe('virtualSocket$', () => {
  it('opens in a later turn, after the time of the handshake', () => {
    runVirtually(1_000, { handshakeMs: 500 }, ({ exchange, client, at }) => {
      const one = client()
      expect(one.open).toBe(false)
      at(499, () => expect([one.open, exchange.connections]).toEqual([false, 0]))
      at(501, () => expect([one.open, exchange.connections]).toEqual([true, 1]))
    })
  })

  it('delivers what is emitted in the same turn, and answers in a later one', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => {
        one.send('nonsense')
        expect(one.frames).toEqual([])
        expect(exchange.received).toHaveLength(1)
      })
      at(2, () => expect(one.frames).toHaveLength(1))
      at(500, () => {
        const two = client()
        at(501, () => two.send(subscribe))
        at(502, () => {
          exchange.emit(aTicker())
          expect(two.frames).toHaveLength(1)
        })
      })
    })
  })

  it('takes the latency for every way', () => {
    runVirtually(1_000, { latencyMs: 80 }, ({ exchange, client, at }) => {
      const one = client()
      at(159, () => expect(one.open).toBe(false))
      at(200, () => one.send(subscribe))
      at(200, () => one.socket?.ping?.())
      at(279, () => expect(exchange.received).toEqual([]))
      at(300, () => exchange.emit([aTicker({ trade_price: 1 }), aTicker({ trade_price: 2 })]))
      at(301, () => exchange.cut())
      at(900, () => {
        expect(one.notes.map(({ atMs }) => since(atMs))).toEqual([380, 380])
        expect(one.json.map(({ trade_price }) => trade_price)).toEqual([1, 2])
        expect(one.pongsAtMs.map(since)).toEqual([360])
        expect(since(one.failure?.atMs)).toBe(381)
      })
    })
  })

  it('completes its frames before it tells the failure', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      const one = client()
      const order: string[] = []
      at(1, () => {
        one.socket?.frames$.subscribe({
          complete: () => order.push(`frames, failed: ${one.failure !== undefined}`),
        })
        one.socket?.pongs$.subscribe({ complete: () => order.push('pongs') })
      })
      at(2, () => exchange.cut({ code: 1001, reason: 'away' }))
      at(3, () => {
        expect(order).toEqual(['frames, failed: false', 'pongs'])
        expect(one.failure).toMatchObject({
          kind: 'socket-failure',
          phase: 'open',
          closeCode: 1001,
          reason: 'away',
        })
      })
    })
  })

  it.each([
    [429, { status: 429, reason: 'Too many API requests.' }],
    [503, { status: 503 }],
    ['reset', { reason: 'connection reset' }],
  ] as const)('fails a dial that is refused with %s', (answer, failure) => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      exchange.refuse(answer, { times: 1 })
      const one = client()
      at(1, () => expect(one.failure).toMatchObject({ phase: 'handshake', ...failure }))
      at(2, () => {
        const two = client()
        at(3, () => expect(two.open).toBe(true))
      })
    })
  })

  it('tells how long a refusal is to last', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      exchange.refuse(418, { retryAfterMs: 90_000 })
      const one = client()
      at(1, () => expect(one.failure).toMatchObject({ status: 418, retryAfterMs: 90_000 }))
    })
  })

  it('never answers a dial that hangs', () => {
    runVirtually(100_000, {}, ({ exchange, client, at }) => {
      exchange.refuse('hang')
      const one = client()
      at(99_000, () => {
        expect([one.open, one.failure]).toEqual([false, undefined])
        expect(exchange.dials).toMatchObject([{ outcome: 'hung' }])
      })
    })
  })

  it('closes by handshake in a later turn; a half-open peer never answers, so it is dropped after a second', () => {
    runVirtually(5_000, {}, ({ exchange, client, at }) => {
      const [one, two] = [client(), client()]
      at(10, () => {
        one.socket?.close()
        one.socket?.close()
        expect(one.failure).toBeUndefined()
      })
      at(11, () => {
        expect(one.failure).toMatchObject({ phase: 'open', closeCode: 1000 })
        expect(exchange.connections).toBe(1)
        exchange.stall()
        two.socket?.close()
        two.send(subscribe)
      })
      at(4_000, () => {
        expect(two.failure?.closeCode).toBe(1006)
        expect(since(two.failure?.atMs)).toBe(1_011)
        expect(exchange.received).toEqual([])
      })
    })
  })

  it('is dropped at once by terminate()', () => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      const one = client()
      at(10, () => {
        one.socket?.terminate()
        expect(one.failure).toMatchObject({ phase: 'open', closeCode: 1006 })
        expect(exchange.connections).toBe(0)
        one.socket?.terminate()
        one.send(subscribe)
        expect(exchange.received).toEqual([])
      })
    })
  })

  it('closes when its subscriber leaves, even amid the handshake', () => {
    runVirtually(1_000, { handshakeMs: 100 }, ({ exchange, client, at }) => {
      const one = client()
      at(50, () => one.leave())
      at(500, () => expect([one.open, exchange.connections]).toEqual([false, 0]))
    })
  })
})
