import { runVirtually, subscribeTo } from './support/virtual-client'
import { aTicker } from '../../src/testing'

describe('Exchange', () => {
  it('11 accepts several connections of one client, each with its own number and subscriptions', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const clients = [client(), client(), client()]
      at(1, () => {
        expect(exchange.connections).toBe(3)
        clients.forEach((made, i) => made.send(subscribeTo('ticker', [`KRW-C${i}`])))
        expect(exchange.received.map(({ connection }) => connection)).toEqual([1, 2, 3])
      })
      at(2, () => {
        expect(exchange.emit(aTicker({ code: 'KRW-C1' }))).toBe(1)
        expect(clients.map(({ frames }) => frames.length)).toEqual([0, 1, 0])
      })
      at(3, () => clients[1]?.leave())
      at(4, () => {
        expect(exchange.connections).toBe(2)
        expect(exchange.subscribed('ticker', 'KRW-C1')).toBe(false)
        client()
      })
      at(5, () => expect(exchange.connections).toBe(3))
    })
  })

  it('11 counts a dial when it comes, before its handshake ends', () => {
    runVirtually(5_000, { handshakeMs: 900 }, ({ exchange, client, at }) => {
      const clients = Array.from({ length: 6 }, () => client())
      at(1, () =>
        expect(exchange.dials.map(({ outcome }) => outcome)).toEqual([
          ...Array<string>(5).fill('accepted'),
          'refused',
        ]),
      )
      at(1_500, () => {
        expect(exchange.connections).toBe(5)
        expect(clients[5]?.failure).toMatchObject({ phase: 'handshake', status: 429 })
      })
    })
  })

  it('C14.1 does the same at the same times for the same seed, and something else for another', () => {
    const run = (seed: number): string[] => {
      const seen: string[] = []
      runVirtually(3_000, { seed, market: true }, ({ client, at }) => {
        const one = client()
        at(1, () => one.send('PING'))
        at(2, () => one.send(subscribeTo('orderbook', ['KRW-BTC', 'KRW-ETH', 'BTC-ETH'])))
        at(2_000, () => one.send('nonsense'))
        at(2_999, () =>
          seen.push(...one.notes.map(({ atMs, text }) => `${atMs} ${text}`), String(one.failure?.atMs)),
        )
      })
      return seen
    }
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
  })
})
