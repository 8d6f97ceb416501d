import type { MyOrderFrame, OrderbookFrame } from '../../../src/testing'
import { anOrderbook, aTrade } from '../../../src/testing'
import { myAssetFields } from '../../../src/protocol/my-asset'
import { myOrderFields } from '../../../src/protocol/my-order'
import { keyB, PrivateBench } from '../support/private'

/** A book of whole levels: price and size of each ask and bid. */
function book(asks: readonly [number, number][], bids: readonly [number, number][]): OrderbookFrame {
  const orderbook_units = Array.from({ length: Math.max(asks.length, bids.length) }, (_, i) => {
    const [ask_price, ask_size] = asks[i] ?? [0, 0]
    const [bid_price, bid_size] = bids[i] ?? [0, 0]
    return { ask_price, ask_size, bid_price, bid_size }
  })
  return anOrderbook({ orderbook_units })
}

const market = 'KRW-BTC'

describe('an order at the market', () => {
  it('buys for 10,000 won as recorded: a residue below a unit of volume ends it in `cancel`', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(book([[102_945_000, 1]], [[102_944_000, 1]]))
    bench.account.deposit('KRW', '20000')
    const { uuid } = bench.account.place({ market, side: 'bid', ord_type: 'price', price: '10000' })

    expect(bench.account.orders).toEqual([
      expect.objectContaining({
        uuid,
        ord_type: 'price',
        price: '10000',
        state: 'cancel',
        reserved_fee: '5',
        remaining_fee: '0.000476075',
        paid_fee: '4.999523925',
        locked: '0.952626075',
        executed_volume: '0.00009713',
        executed_funds: '9999.04785',
        trades_count: 1,
        trades: [expect.objectContaining({ price: '102945000', volume: '0.00009713', funds: '9999.04785' })],
      }),
    ])
    expect(bench.account.orders[0]).not.toHaveProperty('volume')
    expect(bench.states(uuid)).toEqual(['wait', 'trade', 'cancel'])
    expect([bench.balance('KRW'), bench.balance('BTC')]).toEqual([
      ['9995.952626075', '0'],
      ['0.00009713', '0'],
    ])
    expect(bench.account.balances.find(({ currency }) => currency === 'BTC')?.avg_buy_price).toBe('102945000')
  })

  it('buys in `done` where it comes out even', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(book([[100_000_000, 1]], [[99_999_000, 1]]))
    bench.account.deposit('KRW', '10005')
    const { uuid, state } = bench.account.place({ market, side: 'bid', ord_type: 'price', price: '10000' })
    expect([state, bench.states(uuid)]).toEqual(['done', ['wait', 'trade', 'done']])
    expect(bench.balance('KRW')).toBeUndefined()
  })

  it('sells through the levels in several fills, pays out of what it gets, ends in `done`', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(
      book(
        [[100_001_000, 1]],
        [
          [100_000_000, 0.25],
          [99_999_000, 5],
        ],
      ),
    )
    bench.account.deposit('BTC', '1.5')
    const { uuid } = bench.account.place({ market, side: 'ask', ord_type: 'market', volume: '1' })
    expect(bench.states(uuid)).toEqual(['wait', 'trade', 'trade', 'done'])
    const [wait, first, second, done] = bench.orderEvents(uuid) as [
      MyOrderFrame,
      MyOrderFrame,
      MyOrderFrame,
      MyOrderFrame,
    ]
    expect(wait).toMatchObject({
      price: null,
      volume: '1',
      locked: '1',
      trade_uuid: null,
      trade_fee: null,
      is_maker: null,
      trade_timestamp: null,
      avg_price: '0',
      identifier: null,
      time_in_force: null,
      smp_type: 'cancel_maker',
    })
    expect(first).toMatchObject({
      price: '100000000',
      volume: '0.25',
      remaining_volume: '0.75',
      trade_fee: '12500',
      is_maker: false,
      locked: '0.75',
      trades_count: 1,
    })
    expect(second).toMatchObject({ price: '99999000', volume: '0.75', executed_funds: '99999250' })
    expect(done).toMatchObject({ price: null, volume: '1', locked: '0', avg_price: '99999250' })
    expect(bench.balance('BTC')).toEqual(['0.5', '0'])
    // 99,999,250 less 0.05 %.
    expect(bench.balance('KRW')).toEqual(['99949250.375', '0'])
  })

  it('ends in `cancel` where the book is too thin, and rests for the test where there is none', () => {
    const bench = new PrivateBench()
    bench.account.deposit('BTC', '2')
    const { uuid } = bench.account.place({ market, side: 'ask', ord_type: 'market', volume: '1' })
    expect(bench.states(uuid)).toEqual(['wait'])
    expect(() => bench.account.fill(uuid)).toThrow('price')
    bench.account.fill(uuid, '0.4', '100000000')
    bench.account.fill(uuid, undefined, '100000000')
    expect(bench.states(uuid)).toEqual(['wait', 'trade', 'trade', 'done'])

    bench.exchange.emit(book([[100_001_000, 1]], [[100_000_000, 0.25]]))
    const thin = bench.account.place({ market, side: 'ask', ord_type: 'market', volume: '1' })
    expect(bench.states(thin.uuid)).toEqual(['wait', 'trade', 'cancel'])
    expect(bench.balance('BTC')).toEqual(['0.75', '0'])
  })

  it('has 0 for what it does not have, and no `wait` before its trade, by the switches', () => {
    const bench = new PrivateBench({
      switches: { marketOrderBlanks: 'zero', immediateMatch: 'trade-first', assetEvents: 'all' },
    })
    bench.exchange.emit(book([[100_000_000, 1]], [[99_999_000, 1]]))
    bench.account.deposit('KRW', '20000')
    bench.account.deposit('ETH', '1')
    bench.heard.length = 0
    const { uuid } = bench.account.place({ market, side: 'bid', ord_type: 'price', price: '10000' })
    expect(bench.states(uuid)).toEqual(['trade', 'done'])
    expect(bench.orderEvents(uuid)[1]).toMatchObject({ volume: '0', remaining_volume: '0' })
    const assets = bench.heard.flatMap((frame) => (frame.type === 'myAsset' ? [frame.assets] : []))
    expect(assets[0]?.map(({ currency }) => currency).sort()).toEqual(['BTC', 'ETH', 'KRW'])
  })
})

describe('a limit order', () => {
  const limitBuy = { market, side: 'bid', ord_type: 'limit', price: '10000000', volume: '0.0005' } as const

  it('locks its amount and its fee as recorded, and gives them back when it is cancelled', () => {
    const bench = new PrivateBench()
    bench.account.deposit('KRW', '6000')
    const order = bench.account.place({ ...limitBuy, identifier: 'mine' })
    expect(order).toMatchObject({
      state: 'wait',
      volume: '0.0005',
      remaining_volume: '0.0005',
      prevented_volume: '0',
      reserved_fee: '2.5',
      remaining_fee: '2.5',
      paid_fee: '0',
      locked: '5002.5',
      executed_volume: '0',
      identifier: 'mine',
    })
    expect(bench.balance('KRW')).toEqual(['997.5', '5002.5'])
    bench.account.cancel(order.uuid)
    // It goes on telling what it had locked.
    expect(bench.account.orders[0]).toMatchObject({ state: 'cancel', locked: '5002.5', remaining_fee: '2.5' })
    expect(bench.orderEvents(order.uuid).at(-1)).toMatchObject({ state: 'cancel', locked: '5002.5' })
    expect(bench.balance('KRW')).toEqual(['6000', '0'])
  })

  it('that crosses fills at the better prices, and what it offered more comes back', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(
      book(
        [
          [99_000_000, 0.01],
          [100_000_000, 0.01],
          [101_000_000, 1],
        ],
        [[98_000_000, 1]],
      ),
    )
    bench.account.deposit('KRW', '10000000')
    const { uuid } = bench.account.place({ ...limitBuy, price: '100000000', volume: '0.03' })
    expect(bench.states(uuid)).toEqual(['wait', 'trade', 'trade'])
    expect(bench.account.orders[0]).toMatchObject({
      state: 'wait',
      remaining_volume: '0.01',
      locked: '1000500',
      remaining_fee: '500',
      reserved_fee: '1500',
      // 0.05 % of 990,000 and of 1,000,000.
      paid_fee: '995',
      executed_funds: '1990000',
    })
    expect(bench.balance('KRW')).toEqual(['7008505', '1000500'])
    expect(bench.orderEvents(uuid).at(-1)?.avg_price).toBe('99500000')
  })

  it('that rests is filled in parts by trades at its price, wholly by trades through it, as a maker', () => {
    const bench = new PrivateBench({ seed: 4 })
    bench.account.deposit('KRW', '10000000')
    const { uuid } = bench.account.place({ ...limitBuy, price: '100000000', volume: '0.05' })
    const trade = (id: number, fields: object): void =>
      bench.exchange.execute(
        aTrade({ trade_timestamp: Date.UTC(2026, 10, 23) + id, trade_volume: 0.02, ...fields }),
      )
    trade(1, { trade_price: 100_001_000, ask_bid: 'ASK' })
    trade(2, { trade_price: 100_000_000, ask_bid: 'BID' })
    expect(bench.states(uuid)).toEqual(['wait'])
    trade(3, { trade_price: 100_000_000, ask_bid: 'ASK' })
    const [, part] = bench.orderEvents(uuid)
    expect(part).toMatchObject({ state: 'trade', is_maker: true, price: '100000000' })
    expect(Number(part?.volume)).toBeGreaterThan(0)
    expect(Number(part?.volume)).toBeLessThanOrEqual(0.02)
    // The same trade told again is no other.
    trade(3, { trade_price: 100_000_000, ask_bid: 'ASK' })
    expect(bench.states(uuid)).toEqual(['wait', 'trade'])
    trade(4, { trade_price: 99_999_000, ask_bid: 'BID' })
    expect(bench.states(uuid).at(-1)).toBe('done')
    expect(bench.balance('BTC')).toEqual(['0.05', '0'])
    expect(bench.balance('KRW')).toEqual(['4997500', '0'])
  })

  it.each([
    ['ioc', '0.02', ['wait', 'trade', 'cancel'], '0.01'],
    ['fok', '0.02', ['wait', 'cancel'], undefined],
    ['fok', '0.01', ['wait', 'trade', 'done'], '0.01'],
    ['post_only', '0.01', ['wait', 'cancel'], undefined],
  ] as const)('of %s for %s goes through %j', (time_in_force, volume, states, bought) => {
    const bench = new PrivateBench()
    bench.exchange.emit(book([[100_000_000, 0.01]], [[99_000_000, 1]]))
    bench.account.deposit('KRW', '10000000')
    const { uuid } = bench.account.place({ ...limitBuy, price: '100000000', volume, time_in_force })
    expect(bench.states(uuid)).toEqual(states)
    expect(bench.orderEvents(uuid)[0]?.time_in_force).toBe(time_in_force)
    expect(bench.balance('BTC')?.[0]).toBe(bought)
    expect(bench.balance('KRW')?.[1]).toBe('0')
  })

  it('by `post_only` rests below the asks', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(book([[100_000_000, 0.01]], [[99_000_000, 1]]))
    bench.account.deposit('KRW', '10000000')
    const { state } = bench.account.place({
      ...limitBuy,
      price: '99000000',
      volume: '0.01',
      time_in_force: 'post_only',
    })
    expect(state).toBe('wait')
  })

  it('that is conditional waits for its trigger', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(book([[100_000_000, 1]], [[99_000_000, 1]]))
    bench.account.deposit('KRW', '10000000')
    const terms = { ...limitBuy, price: '100000000', volume: '0.01' }
    const { uuid, state } = bench.account.place(terms, { watch: true })
    expect([state, bench.balance('KRW')?.[1]]).toEqual(['watch', '1000500'])
    bench.account.trigger(uuid)
    expect(bench.states(uuid)).toEqual(['watch', 'wait', 'trade', 'done'])
    const other = bench.account.place(terms, { watch: true })
    bench.account.cancel(other.uuid)
    expect(bench.states(other.uuid)).toEqual(['watch', 'cancel'])
    expect(() => bench.account.trigger(other.uuid)).toThrow('uuid')
  })
})

describe('an order for the best price', () => {
  it.each([
    ['ioc', '2000000', ['wait', 'trade', 'cancel'], '0.01'],
    ['fok', '2000000', ['wait', 'cancel'], undefined],
    ['fok', '1000000', ['wait', 'trade', 'done'], '0.01'],
  ] as const)('by %s for %s takes one price only: %j', (time_in_force, price, states, bought) => {
    const bench = new PrivateBench()
    bench.exchange.emit(
      book(
        [
          [100_000_000, 0.01],
          [100_001_000, 1],
        ],
        [],
      ),
    )
    bench.account.deposit('KRW', '10000000')
    const { uuid } = bench.account.place({ market, side: 'bid', ord_type: 'best', price, time_in_force })
    expect(bench.states(uuid)).toEqual(states)
    expect(bench.balance('BTC')?.[0]).toBe(bought)
  })

  it('by `fok` takes what another account has there beside the market, where both together are enough', () => {
    const bench = new PrivateBench()
    bench.exchange.emit(book([[100_000_000, 0.05]], []))
    const other = bench.exchange.account(keyB.accessKey)
    other.deposit('BTC', '1')
    other.place({ market, side: 'ask', ord_type: 'limit', price: '100000000', volume: '0.05' })
    bench.account.deposit('KRW', '20000000')
    const terms = { market, side: 'bid', ord_type: 'best', time_in_force: 'fok' } as const
    const tooMuch = bench.account.place({ ...terms, price: '10000001' })
    expect(bench.states(tooMuch.uuid)).toEqual(['wait', 'cancel'])
    const { uuid } = bench.account.place({ ...terms, price: '8000000' })
    expect(bench.states(uuid)).toEqual(['wait', 'trade', 'trade', 'done'])
    expect(bench.balance('BTC')?.[0]).toBe('0.08')
  })

  it('by `fok` is cancelled where the market has no book: it never rests', () => {
    const bench = new PrivateBench()
    bench.account.deposit('KRW', '20000000')
    const terms = { market, side: 'bid', ord_type: 'best', time_in_force: 'fok', price: '8000000' } as const
    const { uuid } = bench.account.place(terms)
    expect(bench.states(uuid)).toEqual(['wait', 'cancel'])
    expect(bench.balance('KRW')).toEqual(['20000000', '0'])
  })
})

describe('the events', () => {
  it('have the fields of the wire, in their order', () => {
    const bench = new PrivateBench()
    bench.account.deposit('KRW', '6000')
    bench.account.place({ market, side: 'bid', ord_type: 'limit', price: '10000000', volume: '0.0005' })
    const fields = bench.heard.map((frame) => Object.keys(frame))
    expect(fields[0]).toEqual(Object.keys(myAssetFields))
    expect(fields).toContainEqual(Object.keys(myOrderFields))
    expect(bench.orderEvents()[0]).toMatchObject({ order_timestamp: Date.UTC(2026, 10, 23), ask_bid: 'BID' })
  })
})

describe('the order of events', () => {
  it('of one fill is chance: the order first or the assets, by the seed', () => {
    const kinds = new Set<string>()
    for (let seed = 1; seed <= 8; seed++) {
      const bench = new PrivateBench({ seed })
      bench.exchange.emit(book([[100_000_000, 1]], [[99_999_000, 1]]))
      bench.account.deposit('KRW', '10005')
      bench.heard.length = 0
      bench.account.place({ market, side: 'bid', ord_type: 'price', price: '10000' })
      kinds.add(bench.heard.map(({ type }) => type).join(' '))
    }
    expect(kinds.size).toBeGreaterThan(1)
  })

  it('is the same for the same seed, ids and all', () => {
    const run = (seed: number): unknown => {
      const bench = new PrivateBench({ seed })
      bench.exchange.emit(book([[100_000_000, 1]], [[99_999_000, 1]]))
      bench.account.deposit('KRW', '10005')
      bench.account.place({ market, side: 'bid', ord_type: 'price', price: '10000' })
      return bench.heard
    }
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
  })
})
