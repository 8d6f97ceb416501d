/**
 * Whatever happens, the books agree with each other: money is where executions and fees have put it, what is locked is
 * what the open orders lock, and the events alone tell all of it.
 */
import type { AccountKey, MyAssetFrame, MyOrderFrame, NewOrder } from '../../../src/testing'
import { anOrderbook, aTrade, virtualStartMs } from '../../../src/testing'
import { exact, exactText, times, toUnits } from '../../../src/simulator/trading/exact'
import { keyA, keyB, PrivateBench } from '../support/private'
import fc from '../../support/seeded-fast-check'

const markets = ['KRW-BTC', 'KRW-ETH', 'BTC-ETH'] as const
const prices: Readonly<Record<(typeof markets)[number], readonly string[]>> = {
  'KRW-BTC': ['99998000', '99999000', '100000000', '100001000', '100002000'],
  'KRW-ETH': ['3000000', '3001000', '3002000', '3003000', '3004000'],
  'BTC-ETH': ['0.03', '0.03000001', '0.03000002', '0.03000003', '0.03000004'],
}
const deposits: readonly (readonly [string, string])[] = [
  ['KRW', '50000000.47088291'],
  ['BTC', '1.5'],
  ['ETH', '20.12345678901234567891'],
]

const kinds = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('limit' as const) },
  { weight: 2, arbitrary: fc.constantFrom('price', 'market', 'best') },
)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('place' as const),
      second: fc.boolean(),
      market: fc.constantFrom(...markets),
      side: fc.constantFrom('ask' as const, 'bid' as const),
      kind: kinds,
      price: fc.nat(4),
      units: fc.integer({ min: 1, max: 30_000_000 }),
      time: fc.constantFrom('ioc' as const, 'fok' as const, 'post_only' as const, undefined, undefined),
      smp: fc.constantFrom(
        'reduce' as const,
        'cancel_maker' as const,
        'cancel_taker' as const,
        'none' as const,
        undefined,
      ),
      watch: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'trigger' as const), which: fc.nat() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('fill' as const), which: fc.nat(), share: fc.nat(100) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('trade' as const),
      market: fc.constantFrom(...markets),
      price: fc.nat(4),
      units: fc.integer({ min: 1, max: 30_000_000 }),
      side: fc.constantFrom('ASK' as const, 'BID' as const),
    }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const text = (units: number): string => exactText(exact(units) / 100_000_000n)

function request({ market, side, kind, price, units, time, smp }: Step & { do: 'place' }): NewOrder {
  const volume = text(units)
  const at = prices[market][price] as string
  const amount = exactText(toUnits(times(exact(volume), exact(at))) || exact('0.00000001'))
  const forAmount = kind !== 'limit' && side === 'bid'
  return {
    market,
    side,
    ord_type: kind === 'limit' || kind === 'best' ? kind : side === 'bid' ? 'price' : 'market',
    ...(forAmount ? { price: amount } : { volume }),
    ...(kind === 'limit' ? { price: at } : {}),
    ...(kind === 'best' ? { time_in_force: time === 'fok' ? 'fok' : 'ioc' } : {}),
    ...(kind === 'limit' && time !== undefined ? { time_in_force: time } : {}),
    ...(smp !== undefined && time !== 'post_only' ? { smp_type: smp } : {}),
  }
}

class Storm {
  readonly bench: PrivateBench
  readonly events = new Map<string, (MyOrderFrame | MyAssetFrame)[]>()
  readonly keys: readonly AccountKey[] = [keyA, keyB]
  private ids = 0

  constructor(seed: number) {
    this.bench = new PrivateBench({ seed })
    for (const market of markets) {
      const [low = '', , , high = ''] = prices[market]
      const units = [0, 1].map(() => ({
        bid_price: Number(low),
        bid_size: 0.04,
        ask_price: Number(high),
        ask_size: 0.05,
      }))
      this.bench.exchange.emit(anOrderbook({ code: market, orderbook_units: units.slice(0, 1) }))
    }
    for (const key of this.keys) {
      const heard: (MyOrderFrame | MyAssetFrame)[] = []
      this.events.set(key.accessKey, heard)
      this.bench.listen(key, (frame) => heard.push(frame))
      for (const [currency, amount] of deposits) this.account(key).deposit(currency, amount)
    }
  }

  account({ accessKey }: AccountKey) {
    return this.bench.exchange.account(accessKey)
  }

  do(step: Step): void {
    if (step.do === 'place') {
      const account = this.account(step.second ? keyB : keyA)
      try {
        account.place(request(step), { watch: step.watch && step.kind === 'limit' })
      } catch (error) {
        // Too small or not affordable: a refusal like any other.
        expect(String(error)).toMatch(/under_min_total|insufficient_funds/)
      }
    } else if (step.do === 'trade') {
      this.bench.exchange.execute(
        aTrade({
          code: step.market,
          trade_timestamp: virtualStartMs + ++this.ids,
          trade_price: Number(prices[step.market][step.price]),
          trade_volume: step.units / 1e8,
          ask_bid: step.side,
        }),
      )
    } else {
      const open = this.keys.flatMap((key) => {
        const orders = this.account(key).orders.filter(
          ({ state }) =>
            (state === 'watch' && step.do !== 'fill') || (state === 'wait' && step.do !== 'trigger'),
        )
        return orders.map((order) => ({ key, order }))
      })
      const chosen = open[step.which % (open.length || 1)]
      if (chosen === undefined) return
      const account = this.account(chosen.key)
      if (step.do === 'cancel') account.cancel(chosen.order.uuid)
      else if (step.do === 'fill') {
        const units = Math.floor((Number(chosen.order.remaining_volume) * 1e8 * step.share) / 100)
        if (units > 0) account.fill(chosen.order.uuid, text(units))
      } else {
        account.trigger(chosen.order.uuid)
      }
    }
  }
}

/** What an account must have by its deposits and executions alone. */
function expected(storm: Storm, key: AccountKey): ReadonlyMap<string, bigint> {
  const held = new Map(deposits.map(([currency, amount]) => [currency, exact(amount)]))
  const add = (currency: string, amount: bigint): void =>
    void held.set(currency, (held.get(currency) ?? 0n) + amount)
  for (const { market, side, trades = [] } of storm.account(key).orders) {
    const [quote = '', base = ''] = market.split('-')
    for (const { price, volume } of trades) {
      const funds = times(exact(price), exact(volume))
      const fee = times(funds, exact(quote === 'KRW' ? '0.0005' : '0.0025'))
      add(quote, side === 'bid' ? -funds - fee : funds - fee)
      add(base, side === 'bid' ? exact(volume) : -exact(volume))
    }
  }
  return held
}

describe('the books', () => {
  it('lose and make no money, lock what open orders lock, and are what the events told', () => {
    let fills = 0
    const states = new Set<string>()
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), fc.nat(1_000), (steps, seed) => {
        const storm = new Storm(seed)
        for (const one of steps) storm.do(one)
        for (const key of storm.keys) {
          const { balances, orders } = storm.account(key)
          const row = (currency: string) => balances.find((held) => held.currency === currency)
          for (const [currency, amount] of expected(storm, key)) {
            const { balance = '0', locked = '0' } = row(currency) ?? {}
            expect(exactText(exact(balance) + exact(locked))).toBe(exactText(amount))
            expect(exact(balance) >= 0n).toBe(true)
            const open = orders.filter(({ market, side, state }) => {
              const [quote, base] = market.split('-')
              return (state === 'wait' || state === 'watch') && currency === (side === 'bid' ? quote : base)
            })
            expect(locked).toBe(exactText(open.reduce((sum, order) => sum + exact(order.locked), 0n)))
          }
          for (const order of orders) {
            const { volume, remaining_volume = '0', prevented_volume = '0', executed_volume } = order
            if (volume === undefined) continue
            const parts = [remaining_volume, prevented_volume, executed_volume].map(exact)
            expect(exactText(parts.reduce((sum, part) => sum + part, 0n))).toBe(volume)
          }
          // The last word of the events is the books' own.
          const heard = storm.events.get(key.accessKey) ?? []
          const assets = new Map<string, object>()
          const last = new Map<string, MyOrderFrame>()
          for (const frame of heard) {
            if (frame.type === 'myOrder') {
              last.set(frame.uuid, frame)
              states.add(frame.state)
              if (frame.state === 'trade') fills++
            } else for (const asset of frame.assets) assets.set(asset.currency, asset)
          }
          for (const { currency, balance, locked } of balances) {
            expect(assets.get(currency)).toEqual({ currency, balance, locked })
          }
          expect(last.size).toBe(orders.length)
          for (const order of orders) {
            const frame = last.get(order.uuid)
            expect([frame?.executed_volume, frame?.paid_fee, frame?.locked, frame?.trades_count]).toEqual([
              order.executed_volume,
              order.paid_fee,
              order.locked,
              order.trades_count,
            ])
            if (order.state === 'done' || order.state === 'cancel') expect(frame?.state).toBe(order.state)
          }
        }
      }),
      { numRuns: 60, seed: 20261126 },
    )
    // Else the property has seen too little.
    expect(fills).toBeGreaterThan(100)
    expect([...states].sort()).toEqual(['cancel', 'done', 'prevented', 'trade', 'wait', 'watch'])
  })
})
