import { aMyOrder, aTicker } from '../../src/testing'
import { accounts, ask, dialPrivate } from './support/private-client'
import type { VirtualClient, VirtualRun } from './support/virtual-client'
import { runVirtually, subscribeTo } from './support/virtual-client'

interface Both {
  readonly run: VirtualRun
  readonly open: VirtualClient
  readonly closed: VirtualClient
}

/** A public and a private client, both subscribed at 1 ms. */
function withBoth(untilMs: number, scenario: (both: Both) => void): void {
  runVirtually(untilMs, { accounts }, (run) => {
    const [open, closed] = [run.client(), dialPrivate(run)]
    run.at(1, () => open.send(subscribeTo('ticker', ['KRW-BTC'])))
    run.at(1, () => closed.send(ask({ type: 'myOrder' })))
    scenario({ run, open, closed })
  })
}

describe('the test kit of an endpoint', () => {
  it('counts connections, dials and messages of its own', () => {
    withBoth(100, ({ run: { exchange, at } }) => {
      at(2, () => {
        for (const [kit, path] of [
          [exchange, '/websocket/v1'],
          [exchange.private, '/websocket/v1/private'],
        ] as const) {
          expect(kit.connections).toBe(1)
          expect(kit.dials.map((dial) => dial.path)).toEqual([path])
          expect(kit.received).toHaveLength(1)
        }
        expect(exchange.received[0]?.items).toMatchObject([{ type: 'ticker' }])
        expect(exchange.private.received[0]?.items).toMatchObject([{ type: 'myOrder', codes: [] }])
        expect(exchange.info.connections).toBe(0)
      })
    })
  })

  it('knows what is subscribed, of any market too, and which types it has', () => {
    withBoth(100, ({ run: { exchange, at }, closed }) => {
      at(2, () => {
        expect(exchange.private.subscribed('myOrder')).toBe(true)
        expect(exchange.private.subscribed('myOrder', 'KRW-ETH')).toBe(true)
        expect(exchange.private.subscribed('myAsset')).toBe(false)
        closed.send(ask({ type: 'myOrder', codes: ['KRW-BTC'] }))
        expect(exchange.private.subscribed('myOrder', 'KRW-ETH')).toBe(false)
        expect(() => exchange.private.subscribed('ticker', 'KRW-BTC')).toThrow('type')
        expect(() => exchange.subscribed('myOrder')).toThrow('type')
        expect(() => exchange.subscribed('ticker')).toThrow('code')
      })
    })
  })

  it('cuts one endpoint and leaves the other', () => {
    withBoth(1_000, ({ run: { exchange, at }, open, closed }) => {
      at(10, () => exchange.private.cut({ code: 1001 }))
      at(20, () => {
        expect(closed.failure?.closeCode).toBe(1001)
        expect(exchange.emit([aTicker(), aMyOrder()])).toBe(1)
        exchange.cut()
        expect(open.failure?.closeCode).toBe(1006)
      })
    })
  })

  it('stalls one endpoint and leaves the other', () => {
    withBoth(1_000, ({ run: { exchange, at }, open, closed }) => {
      at(10, () => exchange.private.stall())
      at(20, () => exchange.emit([aTicker(), aMyOrder()]))
      at(30, () => exchange.private.resume())
      at(40, () => exchange.emit(aMyOrder({ uuid: 'second' })))
      at(50, () => {
        expect(open.frames).toHaveLength(1)
        expect(closed.json).toMatchObject([{ uuid: 'second' }])
      })
    })
  })

  it('refuses the dials of one endpoint, and lets them lead nowhere, while the other takes them', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const { exchange, client, at } = run
      exchange.private.refuse(503)
      const [refused, taken] = [dialPrivate(run), client()]
      at(10, () => {
        expect(refused.failure).toMatchObject({ phase: 'handshake', status: 503 })
        expect(taken.open).toBe(true)
        exchange.private.accept()
        exchange.private.acceptThenClose({ times: 1, code: 1000 })
      })
      at(20, () => {
        const [hollow, other] = [dialPrivate(run), client()]
        at(30, () => {
          expect(hollow.failure).toMatchObject({ phase: 'open', closeCode: 1000 })
          expect(other.open).toBe(true)
        })
      })
    })
  })

  it('refuses items, forgets them, and flips the format, on one endpoint', () => {
    withBoth(1_000, ({ run: { exchange, at }, open, closed }) => {
      at(10, () => {
        expect(() => exchange.private.forget({ type: 'ticker' })).toThrow('match.type')
        exchange.private.flipFormat('SIMPLE')
        exchange.emit([aTicker(), aMyOrder()])
        expect(open.json[0]).toHaveProperty('type', 'ticker')
        expect(closed.json[0]).toHaveProperty('ty', 'myOrder')
        expect(exchange.private.forget({ type: 'myOrder' })).toBe(1)
        expect(exchange.private.subscribed('myOrder')).toBe(false)
        exchange.private.rejectItems({ type: 'myAsset' }, 'INVALID_PARAM')
        closed.send(ask({ type: 'myAsset' }))
      })
      at(900, () => {
        expect(closed.json.at(-1)).toMatchObject({ error: { name: 'INVALID_PARAM' } })
        expect(open.open).toBe(true)
      })
    })
  })

  it('is struck by a script where a fault names it', () => {
    withBoth(1_000, ({ run: { exchange, at }, open, closed }) => {
      const inBytes = new TextEncoder().encode('{"status":"UP"}')
      at(10, () =>
        exchange.fault([
          { atMs: 0, kind: 'status', endpoint: 'private' },
          { atMs: 10, kind: 'emit', events: [aMyOrder()] },
          { atMs: 20, kind: 'error', name: 'INVALID_AUTH', endpoint: 'private' },
          { atMs: 30, kind: 'refuse', answer: 'reset', endpoint: 'info' },
        ]),
      )
      at(900, () => {
        expect(closed.notes[0]?.raw).toEqual(inBytes)
        expect(closed.json.slice(1)).toMatchObject([{ type: 'myOrder' }, { error: { name: 'INVALID_AUTH' } }])
        expect(closed.failure?.closeCode).toBe(1000)
        expect(open).toMatchObject({ open: true, frames: [] })
        const fault = { atMs: 0, kind: 'cut', endpoint: 'privat' } as never
        expect(() => exchange.fault([fault])).toThrow('endpoint')
        expect(() => exchange.fault([{ atMs: 0, kind: 'calm', endpoint: 'info' } as never])).toThrow(
          'endpoint',
        )
        expect(() => exchange.fault([{ atMs: 0, kind: 'emit', events: [], accessKey: 'x' }])).toThrow(
          'accessKey',
        )
      })
    })
  })

  it('12 counts the sockets on /private where there is a limit', () => {
    runVirtually(1_000, { accounts, limits: { privateSockets: 1 } }, (run) => {
      const one = dialPrivate(run)
      run.at(10, () => {
        const two = dialPrivate(run)
        run.at(20, () => expect(two.failure).toMatchObject({ phase: 'handshake', status: 429 }))
      })
      run.at(30, () => one.leave())
      run.at(40, () => {
        const three = dialPrivate(run)
        run.at(50, () => expect(three.open).toBe(true))
      })
    })
  })
})
