import { Subject } from 'rxjs'
import type { OrderRequest } from '../../../src/rest/order-request'
import { record } from '../../support/recorder'
import type { Fate, FakeOrders, Fates } from './support/fake-orders'
import { fakeOrders } from './support/fake-orders'
import fc from '../../support/seeded-fast-check'

const order: OrderRequest = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.001',
}

/** An exchange that has so many open orders, and then breaks. */
function withOrders(count: number, { writes = [], ...fates }: Fates): FakeOrders {
  const fine = Array<Fate>(count).fill('fine')
  const fake = fakeOrders({ writes: [...fine, ...writes], ...fates })
  for (let number = 1; number <= count; number++) {
    fake.trading.placeOrder$({ ...order, identifier: `mine-${number}` }).subscribe()
  }
  fake.time.pass(100)
  fake.permits.length = 0
  fake.asked.length = 0
  return fake
}

const states = ({ orders }: FakeOrders): unknown[] => orders.map(({ row }) => row.state)

describe('a cancel', () => {
  it('is asked for by either id, first in its line, with the hash of its query', () => {
    const fake = withOrders(2, {})
    const byUuid = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    const byOwn = record(fake.trading.cancelOrder$({ identifier: 'mine-2' }))
    fake.time.pass(100)
    expect(byUuid.values).toMatchObject([{ uuid: 'order-1', state: 'wait', confirmedBy: 'answer' }])
    expect(byOwn.values).toMatchObject([{ uuid: 'order-2' }])
    expect(fake.asked).toMatchObject([
      { method: 'DELETE', url: 'http://rest.invalid/v1/order?uuid=order-1', query: 'uuid=order-1' },
      { method: 'DELETE', url: 'http://rest.invalid/v1/order?identifier=mine-2', query: 'identifier=mine-2' },
    ])
    expect(fake.permits).toEqual(['default reconnect', 'default reconnect'])
  })

  it('is done again after a lost line, with a new nonce', () => {
    const fake = withOrders(1, { writes: ['lost before', '503 before'] })
    const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    fake.time.pass(5000)
    expect(cancelled.values).toMatchObject([{ confirmedBy: 'answer' }])
    expect(states(fake)).toEqual(['cancel'])
    expect(new Set(fake.asked.map(({ headers }) => headers.authorization)).size).toBe(3)
  })

  it.each<Fate>([
    'lost after',
    '503 after',
    'twice',
    'unreadable after',
    '303 after',
    '408 after',
    '499 after',
  ])('that was done with its answer lost (%s) finds no order the next time, and looks', (fate) => {
    const fake = withOrders(1, { writes: [fate] })
    const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    fake.time.pass(5000)
    expect(cancelled.values).toMatchObject([{ uuid: 'order-1', state: 'cancel', confirmedBy: 'lookup' }])
  })

  it('of an order that is not there is NOT_FOUND, at once or after a lost attempt', () => {
    for (const writes of [[], ['lost before']] as const) {
      const fake = withOrders(1, { writes })
      const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-9' }))
      fake.time.pass(5000)
      expect(cancelled.error).toMatchObject({ code: 'NOT_FOUND', serverName: 'order_not_found' })
      expect(fake.looks()).toHaveLength(writes.length)
    }
  })

  it('of an order that has ended is NOT_FOUND with the way to what became of it', () => {
    const fake = withOrders(1, {})
    const cancel$ = fake.trading.cancelOrder$({ uuid: 'order-1' })
    record(cancel$)
    fake.time.pass(100)
    const again = record(cancel$)
    fake.time.pass(100)
    expect(again.error).toMatchObject({
      code: 'NOT_FOUND',
      serverName: 'order_not_found',
      nextStep: expect.stringMatching(/^It may have ended .* rest\.getOrder\(\) tells\./) as string,
    })
  })

  it.each<Fate>(['303 before', '408 before', '499 before'])(
    'that was not done, by an answer that does not say so (%s), is done again',
    (fate) => {
      const fake = withOrders(1, { writes: [fate, fate] })
      const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
      fake.time.pass(5000)
      expect(cancelled.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'answer' }])
      expect(states(fake)).toEqual(['cancel'])
    },
  )

  it.each<Fate>(['lost after', '408 after', 'unreadable after'])(
    'that is being done (%s) is not refused because the order is still there: it is looked at until it is known',
    (fate) => {
      const fake = withOrders(1, { writes: [fate], cancelMs: 1500 })
      const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
      fake.time.pass(1000)
      expect(cancelled.end).toBe('open')
      expect(fake.looks().length).toBeGreaterThan(0)
      fake.time.pass(4000)
      expect(cancelled.values).toMatchObject([{ uuid: 'order-1', state: 'cancel', confirmedBy: 'lookup' }])
    },
  )

  it('that is being done all the time is ORDER_UNKNOWN, with the last answer, before its time is over', () => {
    const fake = withOrders(1, { writes: ['408 after'], cancelMs: 60_000 })
    const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    fake.time.pass(5000)
    expect(cancelled.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      cause: { code: 'NOT_FOUND', serverName: 'order_not_found' },
      nextStep: expect.stringContaining('again') as string,
    })
    // Later and later: 250, 500, 1000 and 2000 ms apart, each with its look.
    expect(fake.writes()).toHaveLength(5)
    expect(fake.looks()).toHaveLength(4)
  })

  it('that is refused after a lost attempt, with the order still there, is done again', () => {
    const fake = withOrders(1, { writes: ['lost before', '400', '400'] })
    const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    fake.time.pass(5000)
    expect(cancelled.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'answer' }])
    expect(states(fake)).toEqual(['cancel'])
  })

  it('that may have been done and may not be looked up is ORDER_UNKNOWN at once, with the reason', () => {
    const fake = withOrders(1, { writes: ['lost after'], looks: ['not allowed'] })
    const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    fake.time.pass(1000)
    expect(cancelled.error).toMatchObject({ code: 'ORDER_UNKNOWN', cause: { serverName: 'out_of_scope' } })
  })

  it('that is refused at once is not done again', () => {
    const fake = withOrders(1, { writes: ['400'] })
    const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
    fake.time.pass(5000)
    expect(cancelled.errorCode).toBe('REST_REFUSED')
    expect(fake.asked).toHaveLength(1)
  })

  it('C2.4 that may have been done is ORDER_UNKNOWN when its time is over or it is aborted: call it again', () => {
    const late = withOrders(1, { writes: ['silent after'] })
    const timedOut = record(late.trading.cancelOrder$({ uuid: 'order-1' }))
    late.time.pass(5000)
    expect(timedOut.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      cause: { code: 'TIMEOUT' },
      nextStep: expect.stringContaining('again') as string,
    })
    const aborted = withOrders(1, {})
    const stopSubject = new Subject<unknown>()
    const cancelled = record(aborted.trading.cancelOrder$({ uuid: 'order-1', stop$: stopSubject }))
    stopSubject.next('enough')
    expect(cancelled.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      cause: { code: 'ABORTED', cause: 'enough' },
    })
  })

  it('that it says was done was done, under any faults', () => {
    const fate = fc.constantFrom<Fate>(
      'fine',
      'lost before',
      'lost after',
      '503 before',
      '503 after',
      'silent after',
      'unreadable after',
      'twice',
      '429',
      '408 before',
      '408 after',
      '400',
    )
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 4 }), fc.constantFrom(0, 700), (writes, cancelMs) => {
        const fake = withOrders(1, { writes, cancelMs })
        const cancelled = record(fake.trading.cancelOrder$({ uuid: 'order-1' }))
        fake.time.pass(20_000)
        expect(cancelled.end).not.toBe('open')
        if (cancelled.end === 'complete') expect(states(fake)).toEqual(['cancel'])
        else if (cancelled.errorCode !== 'ORDER_UNKNOWN') expect(states(fake)).toEqual(['wait'])
      }),
      { numRuns: 200 },
    )
  })
})

describe('a cancel of several orders', () => {
  it('is one call, and tells which were not cancelled', () => {
    const fake = withOrders(3, {})
    record(fake.trading.cancelOrder$({ uuid: 'order-2' }))
    fake.time.pass(100)
    const cancelled = record(fake.trading.cancelOrders$({ uuids: ['order-1', 'order-2'] }))
    fake.time.pass(100)
    expect(cancelled.values).toEqual([
      {
        success: { count: 1, orders: [{ uuid: 'order-1', market: 'KRW-BTC' }] },
        failed: { count: 1, orders: [{ uuid: 'order-2', market: 'KRW-BTC' }] },
        isRepeated: false,
      },
    ])
    expect(fake.asked[1]).toMatchObject({
      method: 'DELETE',
      url: 'http://rest.invalid/v1/orders/uuids?uuids[]=order-1&uuids[]=order-2',
      query: 'uuids[]=order-1&uuids[]=order-2',
    })
    expect(states(fake)).toEqual(['cancel', 'cancel', 'wait'])
  })

  it.each<Fate>(['lost after', '408 after', 'unreadable after'])(
    'is done again after a lost answer (%s), and says that what failed may be its own doing',
    (fate) => {
      const fake = withOrders(2, { writes: [fate] })
      const cancelled = record(fake.trading.cancelOrders$({ uuids: ['order-1', 'order-2'] }))
      fake.time.pass(5000)
      expect(cancelled.values).toMatchObject([
        { success: { count: 0 }, failed: { count: 2 }, isRepeated: true },
      ])
      expect(states(fake)).toEqual(['cancel', 'cancel'])
    },
  )

  it('that is refused after a lost answer is ORDER_UNKNOWN with the refusal, and one without a lost answer is refused', () => {
    for (const [writes, code] of [
      [['lost after', '400'], 'ORDER_UNKNOWN'],
      [['400'], 'REST_REFUSED'],
    ] as const) {
      const fake = withOrders(2, { writes })
      const cancelled = record(fake.trading.cancelOrders$({ uuids: ['order-1', 'order-2'] }))
      fake.time.pass(5000)
      expect(cancelled.errorCode).toBe(code)
      expect(fake.asked).toHaveLength(writes.length)
    }
  })
})

describe('a cancel of open orders', () => {
  it('has its own group of limits and its filters', () => {
    const fake = withOrders(2, {})
    const cancelled = record(
      fake.trading.cancelOpenOrders$({
        cancelSide: 'bid',
        pairs: ['KRW-BTC', 'KRW-ETH'],
        excludedPairs: ['KRW-XRP'],
        count: 1,
        orderBy: 'asc',
      }),
    )
    fake.time.pass(100)
    expect(cancelled.values).toMatchObject([{ success: { count: 1 }, failed: { count: 0 } }])
    expect(fake.permits).toEqual(['order-cancel-all reconnect'])
    expect(fake.asked[0]?.url).toBe(
      'http://rest.invalid/v1/orders/open?cancel_side=bid&pairs=KRW-BTC,KRW-ETH&excluded_pairs=KRW-XRP&count=1&order_by=asc',
    )
  })

  it.each<Fate>(['lost after', '503 after', 'twice', 'unreadable after', '408 after'])(
    'is not repeated when its answer is lost (%s): the next one would cancel others',
    (fate) => {
      const fake = withOrders(3, { writes: [fate] })
      const cancelled = record(fake.trading.cancelOpenOrders$({ count: 1 }))
      fake.time.pass(20_000)
      expect(cancelled.error).toMatchObject({
        code: 'ORDER_UNKNOWN',
        nextStep: expect.stringContaining('rest.getOpenOrders()') as string,
      })
      expect(fake.asked).toHaveLength(1)
      expect(states(fake)).toEqual(['cancel', 'wait', 'wait'])
    },
  )

  it('is repeated when a limit refused it', () => {
    const fake = withOrders(2, { writes: ['429'] })
    const cancelled = record(fake.trading.cancelOpenOrders$({ count: 1 }))
    fake.time.pass(5000)
    expect(cancelled.values).toMatchObject([{ success: { count: 1 } }])
  })
})
