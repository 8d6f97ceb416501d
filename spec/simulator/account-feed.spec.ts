import type { VirtualExchange } from '../../src/testing'
import { accounts, ask, dialPrivate, otherKey } from './support/private-client'
import { accessKey, secretKey } from './support/token'
import { runVirtually } from './support/virtual-client'

const everything = ask({ type: 'myOrder' }, { type: 'myAsset' })
const order = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.005',
} as const

/** A buy that is half filled and cancelled. */
function trade(exchange: VirtualExchange, key?: string): void {
  const account = exchange.account(key)
  account.deposit('KRW', '1000000')
  const { uuid } = account.place(order)
  account.fill(uuid, '0.002')
  account.cancel(uuid)
}

describe('what accounts do', () => {
  it('is stamped in whole ms, as the exchange stamps it, whatever moment of virtual time it is', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const one = dialPrivate(run)
      run.at(1, () => one.send(everything))
      run.at(2.832, () => trade(run.exchange))
      run.at(900, () => {
        const stamps = one.json.flatMap((frame) =>
          ['timestamp', 'order_timestamp', 'trade_timestamp', 'asset_timestamp'].flatMap(
            (name) => frame[name] ?? [],
          ),
        )
        expect(stamps.length).toBeGreaterThan(8)
        expect(stamps.filter((stamp) => !Number.isInteger(stamp))).toEqual([])
      })
    })
  })

  it('65 is told on their own connections, as often as there are any', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const [one, two, other] = [dialPrivate(run), dialPrivate(run), dialPrivate(run, otherKey)]
      run.at(1, () => [one, two, other].forEach((client) => client.send(everything)))
      run.at(2, () => trade(run.exchange))
      run.at(900, () => {
        const states = one.json.flatMap(({ type, state }) => (type === 'myOrder' ? [state] : []))
        expect(states).toEqual(['wait', 'trade', 'cancel'])
        expect(one.json.filter(({ type }) => type === 'myAsset').length).toBeGreaterThanOrEqual(3)
        expect(two.frames).toEqual(one.frames)
        expect(other.frames).toEqual([])
        trade(run.exchange, otherKey)
      })
      run.at(950, () => expect(other.frames.length).toBeGreaterThan(0))
    })
  })

  it('says in the end what the books say, digit for digit', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const one = dialPrivate(run)
      run.at(1, () => one.send(everything))
      run.at(2, () => trade(run.exchange))
      run.at(900, () => {
        const told = new Map<string, string>()
        for (const text of one.frames) {
          for (const [, currency, balance] of text.matchAll(/"currency":"(\w+)","balance":([\d.]+)/g)) {
            told.set(currency as string, balance as string)
          }
        }
        const books = run.exchange.account().balances.map(({ currency, balance }) => [currency, balance])
        expect([...told].sort()).toEqual(books.sort())
      })
    })
  })

  it('is not told to a connection that has subscribed to nothing, nor after it is gone', () => {
    runVirtually(1_000, { accounts }, (run) => {
      const one = dialPrivate(run)
      run.at(2, () => trade(run.exchange))
      run.at(3, () => one.send(everything))
      run.at(4, () => one.leave())
      run.at(5, () => trade(run.exchange))
      run.at(900, () => expect(one.frames).toEqual([]))
    })
  })

  it('goes to each key of an account as far as its scopes reach', () => {
    const more = [{ accessKey: 'second', secretKey, scopes: ['orders'] as const }]
    const options = {
      accounts: [{ accessKey, secretKey, keys: more }],
      switches: { missingScope: 'silence' },
    } as const
    runVirtually(1_000, options, (run) => {
      const [one, two] = [dialPrivate(run), dialPrivate(run, 'second')]
      run.at(1, () => [one, two].forEach((client) => client.send(everything)))
      run.at(2, () => trade(run.exchange))
      run.at(900, () => {
        expect(two.frames).toEqual(one.frames.filter((text) => text.startsWith('{"type":"myOrder"')))
        expect(two.frames).toHaveLength(3)
      })
    })
  })
})
