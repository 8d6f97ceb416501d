import { aMyAsset, aMyOrder, anAnnouncement, aTicker } from '../../src/testing'
import { accounts, ask, dialPrivate, otherKey } from './support/private-client'
import { accessKey, secretKey } from './support/token'
import { runVirtually } from './support/virtual-client'

const myOrder = { type: 'myOrder' }
const myAsset = { type: 'myAsset' }

describe('orders and balances', () => {
  it('65 go to the connections of their key alone, by default the first one', () => {
    runVirtually(100, { accounts }, (run) => {
      const [one, two, other] = [dialPrivate(run), dialPrivate(run), dialPrivate(run, otherKey)]
      run.at(1, () => [one, two, other].forEach((client) => client.send(ask(myOrder, myAsset))))
      run.at(2, () => {
        expect(run.exchange.emit([aMyOrder(), aMyAsset()])).toBe(4)
        expect(run.exchange.emit(aMyOrder({ uuid: 'theirs' }), { accessKey: otherKey })).toBe(1)
        expect(one.json).toMatchObject([{ type: 'myOrder' }, { type: 'myAsset' }])
        expect(two.json).toHaveLength(2)
        expect(other.json).toMatchObject([{ uuid: 'theirs' }])
      })
    })
  })

  it('24 come of every market without codes or with none, else of those asked for, and once', () => {
    runVirtually(100, { accounts }, (run) => {
      const [all, none, some, both] = [1, 2, 3, 4].map(() => dialPrivate(run))
      run.at(1, () => {
        all?.send(ask(myOrder))
        none?.send(ask({ ...myOrder, codes: [] }))
        some?.send(ask({ ...myOrder, codes: ['KRW-ETH'] }))
        both?.send(ask({ ...myOrder, codes: ['KRW-ETH'] }, myOrder))
      })
      run.at(2, () => {
        expect(run.exchange.emit(aMyOrder({ code: 'KRW-BTC' }))).toBe(3)
        expect(run.exchange.emit(aMyOrder({ code: 'KRW-ETH' }))).toBe(4)
        expect(some?.json).toMatchObject([{ code: 'KRW-ETH' }])
      })
    })
  })

  it('59 have no snapshot, not even of what a test has sent last', () => {
    runVirtually(1_000, { accounts, lastAsSnapshot: true }, (run) => {
      const one = dialPrivate(run)
      run.at(1, () => run.exchange.emit([aMyOrder(), aMyAsset()]))
      run.at(2, () => one.send(ask(myOrder, myAsset)))
      run.at(900, () => expect(one.frames).toEqual([]))
    })
  })

  it('46 are spelled with every digit, as numbers, in any format', () => {
    const digits = '1386929.37231066771348207123'
    const asset = aMyAsset({ assets: [{ currency: 'KRW', balance: digits, locked: '0.00' }] })
    runVirtually(100, { accounts }, (run) => {
      const one = dialPrivate(run)
      run.at(1, () => one.send([...ask(myAsset), { format: 'SIMPLE_LIST' }]))
      run.at(2, () => {
        run.exchange.emit(asset)
        expect(one.frames[0]).toContain(`[{"cu":"KRW","b":${digits},"l":0.00}]`)
        expect(one.frames[0]).toMatch(/^\[\{"ty":"myAsset",/)
        expect(one.notes[0]?.raw).toBeInstanceOf(Uint8Array)
      })
      run.at(3, () => one.send([...ask(myOrder), { format: 'DEFAULT' }]))
      run.at(4, () => {
        run.exchange.emit(aMyOrder({ volume: '0.12345678901234567890' }))
        expect(one.frames[1]).toContain('"volume":0.12345678901234567890,')
        expect(one.frames[1]).toContain('"trade_uuid":null,"price":109847000,')
      })
    })
  })

  it.each([
    ['balances', 'myAsset', 'myOrder'],
    ['orders', 'myOrder', 'myAsset'],
  ] as const)(
    '6 of a key with the scope %s alone are %s; %s gets an error, or nothing ever',
    (scope, may, mayNot) => {
      const limited = [{ accessKey, secretKey, scopes: [scope] }]
      runVirtually(1_000, { accounts: limited }, (run) => {
        const [one, two] = [dialPrivate(run), dialPrivate(run)]
        run.at(1, () => one.send(ask({ type: may })))
        run.at(1, () => two.send(ask({ type: may }, { type: mayNot })))
        run.at(2, () => expect(run.exchange.emit([aMyOrder(), aMyAsset()])).toBe(1))
        run.at(900, () => {
          expect(one.json).toMatchObject([{ type: may }])
          expect(two.json).toMatchObject([{ error: { name: 'INVALID_AUTH' } }])
          expect(two.failure?.closeCode).toBe(1000)
        })
      })
      runVirtually(1_000, { accounts: limited, switches: { missingScope: 'silence' } }, (run) => {
        const one = dialPrivate(run)
        run.at(1, () => one.send(ask({ type: may }, { type: mayNot })))
        run.at(2, () => run.exchange.emit([aMyOrder(), aMyAsset()]))
        run.at(900, () => expect(one.json).toMatchObject([{ type: may }]))
      })
    },
  )

  it('64 leave the first myAsset subscription of an account silent for a while, and no later one', () => {
    const minutes = 5 * 60_000
    runVirtually(2 * minutes, { accounts, switches: { firstAssetDelayMs: minutes } }, (run) => {
      const [one, other] = [dialPrivate(run), dialPrivate(run, otherKey)]
      const keepAlive = (ms: number): void => {
        for (let atMs = 30_000; atMs < ms; atMs += 30_000) run.at(atMs, () => one.socket?.ping?.())
      }
      keepAlive(2 * minutes)
      run.at(10, () => one.send(ask(myAsset, myOrder)))
      run.at(20, () => expect(run.exchange.emit([aMyAsset(), aMyOrder()])).toBe(1))
      run.at(minutes, () => expect(run.exchange.emit(aMyAsset())).toBe(0))
      run.at(minutes + 10, () => expect(run.exchange.emit(aMyAsset())).toBe(1))
      run.at(minutes + 20, () => {
        const later = dialPrivate(run)
        run.at(minutes + 30, () => later.send(ask(myAsset)))
        run.at(minutes + 40, () => expect(run.exchange.emit(aMyAsset())).toBe(2))
      })
      // Its own account has not asked for balances yet.
      run.at(30, () => other.leave())
    })
  })

  it('reach a market that is silent or delisted, whose data does not', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const one = dialPrivate(run)
      const open = run.client()
      run.at(1, () => one.send(ask(myOrder)))
      run.at(1, () => open.send(ask({ type: 'ticker', codes: ['KRW-BTC'] })))
      run.at(2, () => {
        run.exchange.delist('KRW-BTC')
        expect(run.exchange.emit([aMyOrder({ state: 'cancel' }), aTicker()])).toBe(1)
      })
    })
  })

  it('can be emitted for an account that there is, and for no other', () => {
    runVirtually(10, { accounts }, ({ exchange }) => {
      expect(() => exchange.emit(aMyOrder(), { accessKey: 'nobody' })).toThrow('accessKey')
      expect(() => exchange.emit(aMyOrder(), { key: accessKey } as never)).toThrow('key')
      expect(() => exchange.snapshot(aMyOrder() as never)).toThrow('events')
      expect(exchange.emit(aMyOrder())).toBe(0)
    })
    runVirtually(10, {}, ({ exchange }) => {
      expect(() => exchange.emit(aMyOrder())).toThrow('accounts')
      expect(exchange.emit(anAnnouncement())).toBe(0)
    })
  })
})

describe('announcements', () => {
  it('66 go to every account, of the categories asked for, with their body on request', () => {
    runVirtually(100, { accounts }, (run) => {
      const [all, some, full] = [dialPrivate(run), dialPrivate(run, otherKey), dialPrivate(run)]
      run.at(1, () => {
        all.send(ask({ type: 'announcement' }))
        some.send(ask({ type: 'announcement', categories: ['trade', 'event'] }))
        full.send(ask({ type: 'announcement', categories: ['maintenance'], include_body: true }))
      })
      run.at(2, () => {
        expect(run.exchange.emit(anAnnouncement())).toBe(2)
        expect(run.exchange.emit(anAnnouncement({ category: 'event', event_type: 'UPDATED' }))).toBe(2)
        run.exchange.emit(anAnnouncement({ body: null }))
        expect(all.json[0]).not.toHaveProperty('body')
        expect(some.json).toMatchObject([{ category: 'event', event_type: 'UPDATED' }])
        expect(full.json.map(({ body }) => body)).toEqual([anAnnouncement().body, null])
      })
    })
  })
})
