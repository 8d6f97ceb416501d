/** Private events are never dropped silently, seen from outside: socket and REST of an exchange in memory. */
import type { GapEvent, MyOrderEvent, RestMyOrderEvent } from '../../src/index'
import type { AccountOrder } from '../../src/testing'
import { aMyAsset, aMyOrder } from '../../src/testing'
import { world } from '../support/world'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
type Order = MyOrderEvent | RestMyOrderEvent

/** An exchange with an account that trades; a handler that has its first event in its hands until `free`. */
function setUp() {
  const orders: AccountOrder[] = []
  const { upbit, exchange, pass, gaps, errors, now } = world({
    exchange: { accounts: [keys] },
    client: { credentials: keys },
  })
  const settles: (() => void)[] = []
  let isFree = false
  const hand = () => (isFree ? undefined : { then: (settle: () => void) => void settles.push(settle) })
  const place = (uuid: string): void => {
    const created_at = new Date(now()).toISOString().replace(/\.\d+Z/, '+00:00')
    orders.push({
      market: 'KRW-BTC',
      uuid,
      side: 'bid',
      ord_type: 'limit',
      state: 'wait',
      created_at,
      price: '100',
      volume: '2',
      remaining_volume: '2',
      executed_volume: '0',
      reserved_fee: '0',
      remaining_fee: '0',
      paid_fee: '0',
      locked: '200',
      prevented_locked: '0',
      trades_count: 0,
    })
    exchange.setOrders(keys.accessKey, [...orders])
    emit(uuid, { state: 'wait', price: '100', volume: '2', remaining_volume: '2' })
  }
  const emit = (uuid: string, fields: Parameters<typeof aMyOrder>[0]): void =>
    void exchange.emit(aMyOrder({ uuid, timestamp: now(), order_timestamp: now(), ...fields }))
  /** All of it at once. */
  const fill = (uuid: string): void => {
    const index = orders.findIndex((order) => order.uuid === uuid)
    const order = orders[index] as AccountOrder
    const trade = {
      market: 'KRW-BTC',
      uuid: `fill of ${uuid}`,
      price: '100',
      volume: '2',
      funds: '200',
      trend: 'up',
      created_at: order.created_at,
      side: 'bid' as const,
    }
    const amounts = { executed_volume: '2', remaining_volume: '0', trades_count: 1, locked: '0' }
    orders[index] = { ...order, ...amounts, state: 'done', trades: [trade] }
    exchange.setOrders(keys.accessKey, [...orders])
    const frame = { ...amounts, price: '100', volume: '2', executed_funds: '200' }
    emit(uuid, { ...frame, state: 'trade', trade_uuid: trade.uuid })
    emit(uuid, { ...frame, state: 'done' })
  }
  return {
    upbit,
    exchange,
    pass,
    gaps,
    errors,
    hand,
    place,
    fill,
    free: () => {
      isFree = true
      for (const settle of settles.splice(0)) settle()
    },
  }
}

const shown = ({ uuid, state, source }: Order): string => `${uuid} ${state} ${source}`

describe('C6.1 private events', () => {
  it('C6.1 end in an error by default when a handler is too slow for 1,024 of them: none is dropped unsaid', () => {
    const { upbit, pass, hand, free, exchange, errors } = setUp()
    const subscription = upbit.subscribeMyAsset(hand, { name: 'slow' })
    pass(2000)
    for (let i = 0; i < 1026; i++) exchange.emit(aMyAsset({ asset_uuid: `${i}` }))
    pass(1000)
    expect(subscription.tally).toMatchObject({ pending: 1025, dropped: 1, coalesced: 0 })
    free()
    pass(1000)
    expect(subscription.tally).toMatchObject({ delivered: 1025, dropped: 1, pending: 0 })
    expect(errors.map(({ code, consumer }) => [code, consumer])).toEqual([['BUFFER_OVERFLOW', 'slow']])
    expect(subscription.closed).toBe(true)
  })

  it('C6.1 refuse what would lose one, at the call', () => {
    const { upbit } = setUp()
    for (const overflow of ['drop-oldest', 'drop-newest', 'coalesce']) {
      const options = { buffer: { overflow } } as never
      for (const call of [() => upbit.myOrder$(options), () => upbit.subscribeMyAsset(() => {}, options)]) {
        expect(call).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', option: 'buffer.overflow' }))
      }
    }
  })

  it('C6.1 C7 are fetched for who dropped them; the views stay right, and others get what they got', () => {
    const { upbit, exchange, pass, gaps, errors, hand, place, fill, free } = setUp()
    const got: string[] = []
    const quick: string[] = []
    const open: string[][] = []
    upbit.myOrder$().subscribe((event) => quick.push(shown(event)))
    upbit.openOrders$().subscribe((orders) => open.push(orders.map(({ uuid }) => uuid)))
    const slow = upbit.subscribeMyOrder(
      (event: Order | GapEvent) => {
        got.push(event.type === 'gap' ? `gap ${event.phase} ${event.count}` : shown(event))
        return hand()
      },
      { name: 'slow', gaps: true, buffer: { capacity: 3, overflow: 'reconcile' } },
    )
    pass(2000)
    const calls = exchange.restCalls.length
    for (const uuid of ['a', 'b', 'c', 'd', 'e']) place(uuid)
    fill('b')
    pass(1000)
    expect(exchange.restCalls).toHaveLength(calls)
    expect([...(open.at(-1) ?? [])].sort()).toEqual(['a', 'c', 'd', 'e'])
    const { length } = open
    free()
    pass(2000)
    expect(got).toEqual([
      'a wait socket',
      'gap opened 3',
      // Its fill and its end were not dropped: that it was opened was.
      'b wait rest',
      'c wait rest',
      'd wait rest',
      'gap closed 3',
      'e wait socket',
      'b trade socket',
      'b done socket',
    ])
    expect(exchange.restCalls.slice(calls).map(({ path }) => path)).toEqual([
      '/v1/order',
      '/v1/order',
      '/v1/order',
    ])
    expect(slow.tally).toMatchObject({ offered: 10, delivered: 7, dropped: 3, pending: 0 })
    expect(open).toHaveLength(length)
    expect(quick).toEqual(
      ['a wait', 'b wait', 'c wait', 'd wait', 'e wait', 'b trade', 'b done'].map((each) => `${each} socket`),
    )
    expect(gaps).toMatchObject([
      { phase: 'opened', cause: 'overflow', event: 'myOrder', consumer: 'slow', count: 3 },
      { phase: 'closed', cause: 'overflow', consumer: 'slow', count: 3 },
    ])
    expect(errors).toEqual([])
  })

  it('C6.1 are fetched of the markets alone that the consumer takes', () => {
    const { upbit, exchange, pass, hand, place, free } = setUp()
    const got: string[] = []
    const slow = upbit.subscribeMyOrder(
      'KRW-BTC',
      (event) => {
        got.push(shown(event))
        return hand()
      },
      { buffer: { capacity: 1, overflow: 'reconcile' } },
    )
    pass(2000)
    for (const uuid of ['a', 'b', 'c']) {
      place(uuid)
      exchange.emit(aMyOrder({ uuid: `${uuid} of ETH`, code: 'KRW-ETH' }))
    }
    pass(1000)
    free()
    pass(2000)
    expect(got).toEqual(['a wait socket', 'b wait rest', 'c wait socket'])
    expect(slow.tally).toMatchObject({ offered: 4, delivered: 3, dropped: 1 })
  })
})
