import { aTicker, aTrade } from '../../src/testing'
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
})
