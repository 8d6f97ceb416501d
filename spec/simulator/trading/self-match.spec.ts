import { keyB, PrivateBench } from '../support/private'

const market = 'KRW-BTC'
const maker = { market, side: 'ask', ord_type: 'limit', price: '100000000', volume: '0.3' } as const
const taker = { market, side: 'bid', ord_type: 'limit', price: '100000000', volume: '0.5' } as const

function bench(...options: ConstructorParameters<typeof PrivateBench>): PrivateBench {
  const made = new PrivateBench(...options)
  made.account.deposit('KRW', '100000000')
  made.account.deposit('BTC', '1')
  return made
}

describe('orders of one account that meet', () => {
  it('trade with each other where the one that comes asks for `none`', () => {
    const account = bench()
    const own = account.account.place(maker)
    const { uuid, state } = account.account.place({ ...taker, smp_type: 'none' })
    expect([account.states(own.uuid), account.states(uuid), state]).toEqual([
      ['wait', 'trade', 'done'],
      ['wait', 'trade'],
      'wait',
    ])
    const fills = account.orderEvents().filter((frame) => frame.state === 'trade')
    expect(fills.map(({ is_maker, trade_uuid }) => [is_maker, trade_uuid])).toEqual([
      [true, fills[0]?.trade_uuid],
      [false, fills[0]?.trade_uuid],
    ])
    // Both sides pay 0.05 % of 30,000,000.
    expect(account.balance('KRW')).toEqual(['79960000', '20010000'])
    expect(account.balance('BTC')).toEqual(['1', '0'])
  })

  it('by `cancel_maker` the one that rested goes', () => {
    const account = bench()
    const own = account.account.place(maker)
    const { uuid, state } = account.account.place({ ...taker, smp_type: 'cancel_maker' })
    expect([account.states(own.uuid), account.states(uuid), state]).toEqual([
      ['wait', 'prevented', 'cancel'],
      ['wait'],
      'wait',
    ])
    expect(account.orderEvents(own.uuid)[1]).toMatchObject({
      prevented_volume: '0.3',
      prevented_locked: '0.3',
      remaining_volume: '0',
      locked: '0',
    })
    expect(account.account.orders[0]).toMatchObject({ state: 'cancel', prevented_volume: '0.3' })
    expect(account.balance('BTC')).toEqual(['1', '0'])
  })

  it('by `cancel_taker` the one that comes goes', () => {
    const account = bench()
    const own = account.account.place(maker)
    const { uuid, state } = account.account.place({ ...taker, smp_type: 'cancel_taker' })
    expect([account.states(own.uuid), account.states(uuid), state]).toEqual([
      ['wait'],
      ['wait', 'prevented', 'cancel'],
      'cancel',
    ])
    expect(account.orderEvents(uuid)[1]).toMatchObject({
      prevented_volume: '0.5',
      prevented_locked: '50025000',
    })
    expect(account.balance('KRW')).toEqual(['100000000', '0'])
  })

  it('by `reduce` both get smaller, and the larger goes on', () => {
    const account = bench()
    const own = account.account.place(maker)
    const { uuid, state } = account.account.place({ ...taker, smp_type: 'reduce' })
    expect([account.states(own.uuid), account.states(uuid), state]).toEqual([
      ['wait', 'prevented', 'cancel'],
      ['wait', 'prevented'],
      'wait',
    ])
    expect(account.orderEvents(uuid)[1]).toMatchObject({
      prevented_volume: '0.3',
      prevented_locked: '30015000',
      remaining_volume: '0.2',
      locked: '20010000',
    })
    expect(account.balance('KRW')).toEqual(['79990000', '20010000'])
    account.account.fill(uuid)
    expect(account.states(uuid)).toEqual(['wait', 'prevented', 'trade', 'done'])
  })

  it.each([
    ['prevented-then-cancel', ['wait', 'prevented', 'cancel']] as const,
    ['cancel', ['wait', 'cancel']] as const,
    ['prevented', ['wait', 'prevented']] as const,
  ])('end as the switch `smpEnd` says, here %s; what is only made smaller does not', (smpEnd, states) => {
    const account = bench({ switches: { smpEnd } })
    const own = account.account.place(maker)
    const { uuid } = account.account.place({ ...taker, smp_type: 'reduce' })
    expect(account.states(own.uuid)).toEqual(states)
    expect(account.orderEvents(own.uuid).at(-1)).toMatchObject({
      prevented_volume: '0.3',
      remaining_volume: '0',
    })
    expect(account.states(uuid)).toEqual(['wait', 'prevented'])
    expect(account.balance('BTC')).toEqual(['1', '0'])
  })

  it('leave nothing of a buy for an amount that is reduced to nothing', () => {
    const account = bench()
    account.account.place(maker)
    const buy = { market, side: 'bid', ord_type: 'price', price: '10000000', smp_type: 'reduce' } as const
    const { uuid, state } = account.account.place(buy)
    expect([state, account.states(uuid)]).toEqual(['cancel', ['wait', 'prevented', 'cancel']])
    expect(account.balance('KRW')).toEqual(['100000000', '0'])
  })

  it('of two accounts trade whatever they ask', () => {
    const account = bench()
    const other = account.exchange.account(keyB.accessKey)
    other.deposit('BTC', '1')
    const rested = other.place(maker)
    account.account.place({ ...taker, smp_type: 'cancel_taker' })
    expect(other.orders).toEqual([expect.objectContaining({ uuid: rested.uuid, state: 'done' })])
    expect([account.balance('BTC'), account.balance('KRW', keyB)]).toEqual([
      ['1.3', '0'],
      ['29985000', '0'],
    ])
  })

  it.each(['cancel_taker', 'reduce'] as const)(
    'by `%s` leave a `fok` nothing where only what stands behind the own order would be enough',
    (smp_type) => {
      const account = bench()
      const other = account.exchange.account(keyB.accessKey)
      other.deposit('BTC', '1')
      other.place({ ...maker, volume: '0.001' })
      account.account.place({ ...maker, price: '100001000', volume: '0.001' })
      other.place({ ...maker, price: '100002000', volume: '0.001' })
      const bid = { ...taker, price: '100002000', time_in_force: 'fok', smp_type } as const
      const { uuid } = account.account.place({ ...bid, volume: '0.002' })
      expect(account.states(uuid)).toEqual(['wait', 'cancel'])
      expect(other.orders.map(({ state }) => state)).toEqual(['wait', 'wait'])
      // What stands before it is enough for this one.
      const { state, executed_volume } = account.account.place({ ...bid, volume: '0.001' })
      expect([state, executed_volume]).toEqual(['done', '0.001'])
    },
  )

  it('by `cancel_maker` a `fok` has what stands behind the own order too', () => {
    const account = bench()
    const other = account.exchange.account(keyB.accessKey)
    other.deposit('BTC', '1')
    other.place({ ...maker, volume: '0.001' })
    const own = account.account.place({ ...maker, price: '100001000', volume: '0.001' })
    other.place({ ...maker, price: '100002000', volume: '0.001' })
    const bid = { ...taker, price: '100002000', time_in_force: 'fok', smp_type: 'cancel_maker' } as const
    // Nothing of the own order counts, and it stays where the other does not come to trade.
    expect(account.account.place({ ...bid, volume: '0.003' })).toMatchObject({ state: 'cancel' })
    expect(account.states(own.uuid)).toEqual(['wait'])
    const { state, executed_volume } = account.account.place({ ...bid, volume: '0.002' })
    expect([state, executed_volume]).toEqual(['done', '0.002'])
    expect(account.account.orders[0]).toMatchObject({ uuid: own.uuid, state: 'cancel' })
  })

  it('are kept apart by `cancel_maker` where nothing is asked, which each order tells', () => {
    const account = bench()
    account.account.place(maker)
    const { state, smp_type } = account.account.place(taker)
    expect([state, smp_type]).toEqual(['wait', 'cancel_maker'])
    expect(account.account.orders[0]).toMatchObject({ state: 'cancel', prevented_volume: '0.3' })
    const postOnly = account.account.place({ ...taker, price: '1000000', time_in_force: 'post_only' })
    expect(account.orderEvents().at(-1)).toMatchObject({ uuid: postOnly.uuid, smp_type: 'none' })
  })

  it('trade with each other, and tell no `smp_type`, where the switch `smpDefault` is `none`', () => {
    const account = bench({ switches: { smpDefault: 'none' } })
    account.account.place(maker)
    const { uuid } = account.account.place(taker)
    expect(account.states(uuid)).toEqual(['wait', 'trade'])
    expect(account.orderEvents(uuid)[0]).toMatchObject({ smp_type: null })
    expect(account.account.orders[1]).not.toHaveProperty('smp_type')
  })
})
