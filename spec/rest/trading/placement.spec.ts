import { Subject } from 'rxjs'
import type { UpbitError } from '../../../src/base/errors'
import type { OrderRequest } from '../../../src/rest/order-request'
import { record } from '../../support/recorder'
import type { Fate, LookFate } from './support/fake-orders'
import { fakeOrders } from './support/fake-orders'
import fc from '../../support/seeded-fast-check'

const order: OrderRequest = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.001',
}

describe('an order that is placed', () => {
  it('goes out once, as JSON, with an identifier, and its hash is over the members in the order sent', () => {
    const { trading, asked, time, permits } = fakeOrders()
    const placed = record(
      trading.placeOrder$({ ...order, smp_type: 'reduce', time_in_force: 'ioc', identifier: 'mine 1' }),
    )
    time.pass(1000)
    expect(placed.values).toMatchObject([{ uuid: 'order-1', identifier: 'mine 1', confirmedBy: 'answer' }])
    expect(asked).toEqual([
      {
        method: 'POST',
        url: 'http://rest.invalid/v1/orders',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: 'Bearer nonce-1',
        },
        body: '{"market":"KRW-BTC","side":"bid","ord_type":"limit","price":"100000000","volume":"0.001","time_in_force":"ioc","smp_type":"reduce","identifier":"mine 1"}',
        query:
          'market=KRW-BTC&side=bid&ord_type=limit&price=100000000&volume=0.001&time_in_force=ioc&smp_type=reduce&identifier=mine 1',
        atMs: 0,
      },
    ])
    expect(permits).toEqual(['order reconnect'])
  })

  it('has an identifier of its own where none was given, another one each time', () => {
    const { trading, orders, time } = fakeOrders()
    const placed = [record(trading.placeOrder$(order)), record(trading.placeOrder$(order))]
    time.pass(1000)
    const identifiers = placed.map(({ values }) => values[0]?.identifier)
    expect(new Set(identifiers).size).toBe(2)
    expect(orders.map(({ identifier }) => identifier)).toEqual(identifiers)
  })

  it.each<Fate>([
    'lost after',
    '503 after',
    'silent after',
    'unreadable after',
    'of another order after',
    '303 after',
    '408 after',
    '499 after',
    { takenAfterMs: 12_000 },
  ])('whose answer is missing (%j) is sent once, looked up, and found', (fate) => {
    const { trading, orders, time, writes } = fakeOrders({ writes: [fate] })
    const placed = record(trading.placeOrder$(order))
    time.pass(30_000)
    expect(placed.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'lookup' }])
    expect([orders.length, writes().length]).toEqual([1, 1])
  })

  it('that shows late is not given up before', () => {
    const { trading, time, looks } = fakeOrders({ writes: ['lost after'], lagMs: 9900 })
    const placed = record(trading.placeOrder$(order))
    time.pass(9000)
    expect(placed.end).toBe('open')
    // Later and later, and once in the moment that decides.
    expect(looks().map(({ atMs }) => atMs)).toEqual([20, 290, 810, 1830, 3850, 5870, 7890])
    time.pass(2000)
    expect(placed.values).toMatchObject([{ confirmedBy: 'lookup' }])
  })

  it('that shows late is not given up before, though the clock of this machine is set forward meanwhile', () => {
    let stepMs = 0
    const { trading, time } = fakeOrders({ writes: ['lost after'], lagMs: 4000, localStepMs: () => stepMs })
    const placed = record(trading.placeOrder$(order))
    time.pass(1000)
    stepMs = 12_000
    time.pass(5000)
    expect(placed.values).toMatchObject([{ confirmedBy: 'lookup' }])
  })

  it.each<Fate>(['lost before', '503 before', 'silent before'])(
    'that never arrived (%j) is ORDER_NOT_PLACED after ten seconds without it, with the reason',
    (fate) => {
      const { trading, time, writes, looks } = fakeOrders({ writes: [fate] })
      const placed = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
      time.pass(fate === 'silent before' ? 14_999 : 10_019)
      expect(placed.end).toBe('open')
      time.pass(100)
      expect(placed.error).toMatchObject({
        code: 'ORDER_NOT_PLACED',
        identifier: 'mine-1',
        cause: { code: 'REST_FAILED' },
        nextStep: expect.stringContaining('another identifier') as string,
      })
      expect(writes()).toHaveLength(1)
      expect(looks().every(({ url }) => url === 'http://rest.invalid/v1/order?identifier=mine-1')).toBe(true)
    },
  )

  it('that cannot be looked up in time is ORDER_UNKNOWN, with the identifier and what to do', () => {
    const { trading, time, writes } = fakeOrders({
      writes: ['lost before'],
      looks: Array<LookFate>(99).fill('503'),
    })
    const placed = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(20_000)
    expect(placed.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      identifier: 'mine-1',
      nextStep: expect.stringContaining("rest.getOrder({ identifier: 'mine-1' })") as string,
    })
    expect(writes()).toHaveLength(1)
  })

  it('looks that fail say nothing: one that comes after the ten seconds decides', () => {
    const looks: LookFate[] = ['503', 'lost', '429', 'unreadable', 'silent', '503', '503', '503', '503']
    const { trading, time } = fakeOrders({ writes: ['lost before'], looks })
    const placed = record(trading.placeOrder$(order))
    time.pass(20_000)
    expect(placed.errorCode).toBe('ORDER_NOT_PLACED')
  })

  it('that is refused is told at once, and nobody looks', () => {
    const { trading, time, looks } = fakeOrders({ writes: ['400'] })
    const placed = record(trading.placeOrder$(order))
    time.pass(20)
    expect(placed.error).toMatchObject({ code: 'REST_REFUSED', serverName: 'insufficient_funds_bid' })
    expect(looks()).toEqual([])
  })

  it('that a limit refused goes again after the wait, with the same identifier and a new nonce', () => {
    const { trading, time, orders, writes } = fakeOrders({ writes: ['429', '429'] })
    const placed = record(trading.placeOrder$(order))
    time.pass(10_000)
    expect(placed.values).toMatchObject([{ confirmedBy: 'answer' }])
    expect(writes().map(({ atMs }) => atMs)).toEqual([0, 1020, 3040])
    expect(new Set(writes().map(({ body }) => body)).size).toBe(1)
    expect(new Set(writes().map(({ headers }) => headers.authorization)).size).toBe(3)
    expect(orders).toHaveLength(1)
  })

  it('that was delivered twice is one order: its second copy had a used nonce, and the next one says duplicated', () => {
    const { trading, time, orders } = fakeOrders({ writes: ['twice'] })
    const placed = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(1000)
    expect(placed.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'lookup' }])
    expect(orders).toHaveLength(1)
  })

  it('that was taken though a limit refused it is found, by the word that its new identifier was used', () => {
    const { trading, time, orders } = fakeOrders({ writes: ['429 after'] })
    const placed = record(trading.placeOrder$(order))
    time.pass(3000)
    expect(placed.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'lookup' }])
    expect(orders).toHaveLength(1)
  })

  it('of an identifier that was used before is refused, and the older order is not taken for it', () => {
    const { trading, time, orders } = fakeOrders()
    record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(1000)
    const again = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(1000)
    expect(again.error).toMatchObject({ code: 'REST_REFUSED', serverName: 'duplicated_identifier' })
    expect(orders).toHaveLength(1)
  })

  it('of an identifier that was used before is refused after a 429 too: nothing of it had been read', () => {
    const { trading, time, orders, looks } = fakeOrders({ writes: ['fine', '429'] })
    record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(1000)
    const again = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(20_000)
    expect(again.error).toMatchObject({ code: 'REST_REFUSED', serverName: 'duplicated_identifier' })
    expect([orders.length, looks().length]).toEqual([1, 0])
  })

  it.each([0, 20 * 60_000, -20 * 60_000])(
    'is not an equal order that had its identifier before, with an exchange whose clock is %d ms ahead',
    (aheadMs) => {
      const { trading, time } = fakeOrders({ writes: ['fine', 'lost before'], aheadMs })
      record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
      time.pass(65_000)
      const again = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
      time.pass(20_000)
      expect(again.error).toMatchObject({
        code: 'ORDER_NOT_PLACED',
        message: expect.stringContaining(
          "'mine-1' is the identifier of an order KRW-BTC bid limit",
        ) as string,
      })
    },
  )

  it('is found by an exchange whose clock is wrong, after having waited for its turn for a minute and more', () => {
    for (const aheadMs of [0, 20 * 60_000, -20 * 60_000]) {
      const writes: Fate[] = [...Array<Fate>(12).fill('429'), 'lost after']
      const { trading, time } = fakeOrders({ writes, aheadMs })
      const placed = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }, { timeoutMs: 300_000 }))
      time.pass(300_000)
      expect(placed.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'lookup' }])
    }
  })

  it('is not an equal order that somebody else made, more than a minute before it went out unrefused', () => {
    const writes: Fate[] = ['429', 'fine', ...Array<Fate>(11).fill('429'), 'lost before']
    const { trading, time, orders } = fakeOrders({ writes })
    const placed = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }, { timeoutMs: 300_000 }))
    time.pass(100)
    record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(300_000)
    expect(orders).toHaveLength(1)
    expect(placed.errorCode).toBe('ORDER_NOT_PLACED')
  })

  it('of which nobody tells the time there is ORDER_UNKNOWN where what is found seems to be older', () => {
    const { trading, time } = fakeOrders({ writes: ['fine', 'lost before', 'lost after'], isDated: false })
    record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(65_000)
    const again = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(20_000)
    expect(again.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      nextStep: 'Look whether order order-1 is the one that was meant, or an older one.',
    })
    const other = record(trading.placeOrder$({ ...order, identifier: 'mine-2' }))
    time.pass(20_000)
    expect(other.values).toMatchObject([{ uuid: 'order-2', confirmedBy: 'lookup' }])
  })

  it.each<Fate>(['503 before', 'lost before', 'silent before'])(
    'of an identifier that was used before, and with no good answer (%s), is not taken for the older order',
    (fate) => {
      const { trading, time, orders, looks } = fakeOrders({ writes: ['fine', fate] })
      record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
      time.pass(1000)
      const other: OrderRequest = { ...order, market: 'KRW-ETH', side: 'ask', identifier: 'mine-1' }
      const again = record(trading.placeOrder$(other))
      time.pass(20_000)
      expect(again.values).toEqual([])
      expect(again.error).toMatchObject({
        code: 'ORDER_NOT_PLACED',
        identifier: 'mine-1',
        message: expect.stringContaining(
          "'mine-1' is the identifier of an order KRW-BTC bid limit 0.001 at 100000000",
        ) as string,
      })
      expect(looks()).toHaveLength(1)
      expect(orders).toHaveLength(1)
    },
  )

  it('of which only an amount differs from what is found there is ORDER_UNKNOWN: it may be an older one', () => {
    const { trading, time } = fakeOrders({ writes: ['fine', 'lost before'] })
    record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(1000)
    const again = record(trading.placeOrder$({ ...order, volume: '0.002', identifier: 'mine-1' }))
    time.pass(20_000)
    expect(again.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      identifier: 'mine-1',
      nextStep: 'Look whether order order-1 is the one that was meant, or an older one.',
    })
  })

  it('is found however its amounts are written', () => {
    const { trading, time } = fakeOrders({ writes: ['lost after'] })
    const placed = record(
      trading.placeOrder$({ ...order, volume: '0.00100', price: '100000000.0', identifier: 'mine-1' }),
    )
    time.pass(20_000)
    expect(placed.values).toMatchObject([{ uuid: 'order-1', confirmedBy: 'lookup' }])
  })

  it('whose key may not look is ORDER_UNKNOWN at once, with the reason', () => {
    const { trading, time, asked } = fakeOrders({ writes: ['lost after'], looks: ['not allowed'] })
    const placed = record(trading.placeOrder$(order))
    time.pass(100)
    expect(placed.error).toMatchObject({ code: 'ORDER_UNKNOWN', cause: { serverName: 'out_of_scope' } })
    time.pass(20_000)
    expect(asked).toHaveLength(2)
  })

  it('C2.4 aborted before it is sent is ABORTED, afterwards ORDER_UNKNOWN with the reason', () => {
    const reason = new Error('enough')
    const early = fakeOrders()
    const stopSubject = new Subject<unknown>()
    const options = { stop$: stopSubject }
    const sent = record(early.trading.placeOrder$({ ...order, identifier: 'mine-1' }, options))
    early.time.pass(10)
    stopSubject.next(reason)
    expect(sent.error).toMatchObject({
      code: 'ORDER_UNKNOWN',
      identifier: 'mine-1',
      cause: { code: 'ABORTED', cause: reason },
    })
    const waiting = fakeOrders({ writes: ['429'] })
    const refused = record(waiting.trading.placeOrder$(order, options))
    waiting.time.pass(500)
    stopSubject.next(reason)
    // The only attempt was refused by a limit: surely nothing was placed.
    expect(refused.error).toMatchObject({ code: 'ABORTED', cause: reason })
    waiting.time.pass(20_000)
    expect(waiting.writes()).toHaveLength(1)
  })

  it('whose client is shut down while it is looked up is ORDER_UNKNOWN, and nothing goes out any more', () => {
    const { trading, time, asked, endSubject } = fakeOrders({ writes: ['lost before'] })
    const placed = record(trading.placeOrder$(order, { stop$: endSubject }))
    time.pass(3000)
    endSubject.next()
    expect(placed.errorCode).toBe('ORDER_UNKNOWN')
    const count = asked.length
    time.pass(20_000)
    expect(asked).toHaveLength(count)
    expect(time.scheduler.actions).toEqual([])
  })

  it('C2.4 with little time keeps half of it for looking, and says when it was not enough', () => {
    const found = fakeOrders({ writes: ['silent after'] })
    const placed = record(found.trading.placeOrder$(order, { timeoutMs: 1000 }))
    found.time.pass(600)
    expect(placed.values).toMatchObject([{ confirmedBy: 'lookup' }])
    const { trading, time } = fakeOrders({ writes: ['silent before'] })
    const late = record(trading.placeOrder$({ ...order, identifier: 'mine-1' }, { timeoutMs: 1000 }))
    time.pass(1000)
    expect(late.error).toMatchObject({ code: 'ORDER_UNKNOWN', identifier: 'mine-1' })
  })

  it('that has not got its turn in its time is TIMEOUT or RATE_LIMITED: it was not sent', () => {
    const { trading, time, writes } = fakeOrders({ writes: Array<Fate>(99).fill('429') })
    const placed = record(trading.placeOrder$(order, { timeoutMs: 5000 }))
    time.pass(5000)
    expect(placed.errorCode).toBe('RATE_LIMITED')
    expect(writes().length).toBeGreaterThan(1)
  })
})

describe('a replacement', () => {
  const replace = {
    prev_order_uuid: 'order-1',
    new_ord_type: 'limit',
    new_price: '99000000',
    new_volume: 'remain_only',
  } as const

  it('gives the old order as it was, and the ids of the new one', () => {
    const { trading, time, writes } = fakeOrders()
    record(trading.placeOrder$(order))
    time.pass(100)
    const replaced = record(trading.cancelAndNew$({ ...replace, new_identifier: 'new-1' }))
    time.pass(100)
    expect(replaced.values).toMatchObject([
      {
        identifier: 'new-1',
        new_order_uuid: 'order-2',
        confirmedBy: 'answer',
        previous: { uuid: 'order-1', state: 'wait' },
      },
    ])
    expect(writes()[1]).toMatchObject({
      url: 'http://rest.invalid/v1/orders/cancel_and_new',
      body: '{"prev_order_uuid":"order-1","new_ord_type":"limit","new_price":"99000000","new_volume":"remain_only","new_identifier":"new-1"}',
    })
  })

  it.each<Fate>(['lost after', '503 after', 'of another order after', 'twice', { takenAfterMs: 9000 }])(
    'whose answer is missing (%j) is looked up by the new identifier, and done once',
    (fate) => {
      const { trading, time, orders } = fakeOrders({ writes: ['fine', fate] })
      record(trading.placeOrder$(order))
      time.pass(100)
      const replaced = record(trading.cancelAndNew$(replace))
      time.pass(30_000)
      expect(replaced.values).toMatchObject([
        { new_order_uuid: 'order-2', confirmedBy: 'lookup', order: { uuid: 'order-2' } },
      ])
      expect(orders).toHaveLength(2)
    },
  )

  it.each<[Fate, string]>([
    ['429', 'REST_REFUSED'],
    ['503 before', 'ORDER_UNKNOWN'],
  ])('of a new identifier that was used before (%s) is not done', (fate, code) => {
    const { trading, time, orders } = fakeOrders({ writes: ['fine', 'fine', fate] })
    record(trading.placeOrder$(order))
    time.pass(100)
    record(trading.placeOrder$({ ...order, identifier: 'mine-1' }))
    time.pass(100)
    const replaced = record(trading.cancelAndNew$({ ...replace, new_identifier: 'mine-1' }))
    time.pass(30_000)
    expect(replaced.values).toEqual([])
    expect(replaced.errorCode).toBe(code)
    expect(orders).toHaveLength(2)
  })

  it('that never arrived is ORDER_NOT_PLACED', () => {
    const { trading, time, orders } = fakeOrders({ writes: ['fine', 'lost before'] })
    record(trading.placeOrder$(order))
    time.pass(100)
    const replaced = record(trading.cancelAndNew$(replace))
    time.pass(30_000)
    expect(replaced.errorCode).toBe('ORDER_NOT_PLACED')
    expect(orders).toHaveLength(1)
  })
})

describe('under any faults', () => {
  const fate = fc.oneof(
    fc.constantFrom<Fate>(
      'fine',
      'lost before',
      'lost after',
      '503 before',
      '503 after',
      'silent before',
      'silent after',
      'unreadable after',
      'of another order after',
      'twice',
      '429',
      '400',
    ),
    fc.record({ takenAfterMs: fc.integer({ min: 1, max: 9000 }) }),
  )
  const lookFate = fc.constantFrom<LookFate>('fine', 'fine', 'lost', '503', '429', 'silent', 'unreadable')
  const scenario = fc.record({
    writes: fc.array(fate, { minLength: 1, maxLength: 5 }),
    looks: fc.array(lookFate, { maxLength: 15 }),
    lagMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4000 })),
    timeoutMs: fc.constantFrom(undefined, 300, 3000, 12_000, 60_000),
    stopAtMs: fc.option(fc.integer({ min: 0, max: 25_000 }), { nil: undefined }),
    identifier: fc.constantFrom(undefined, 'mine-1'),
  })

  it('one call never makes two orders, and what it reports is what the exchange has', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(scenario, ({ writes, looks, lagMs, timeoutMs, stopAtMs, identifier }) => {
        const { trading, time, orders, writes: sent } = fakeOrders({ writes, looks, lagMs })
        const stopSubject = new Subject<void>()
        const placed = record(
          trading.placeOrder$(identifier === undefined ? order : { ...order, identifier }, {
            stop$: stopSubject,
            ...(timeoutMs === undefined ? {} : { timeoutMs }),
          }),
        )
        if (stopAtMs !== undefined) time.at(stopAtMs, () => stopSubject.next())
        time.pass(100_000)

        expect(orders.length).toBeLessThanOrEqual(1)
        expect(placed.end).not.toBe('open')
        seen.add(placed.errorCode ?? placed.values[0]?.confirmedBy ?? '')
        if (placed.end === 'complete') {
          expect(placed.values.map(({ uuid }) => uuid)).toEqual(orders.map(({ uuid }) => uuid))
          expect(placed.values[0]?.identifier).toBe(orders[0]?.identifier)
        } else if (placed.errorCode === 'ORDER_UNKNOWN') {
          // What it says to look up is what was sent.
          const { identifier: said } = placed.error as UpbitError
          for (const { body } of sent()) {
            expect((JSON.parse(body ?? '{}') as { identifier?: string }).identifier).toBe(said)
          }
        } else {
          expect(orders).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
    // Else the scenarios prove little.
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['ORDER_NOT_PLACED', 'ORDER_UNKNOWN', 'REST_REFUSED', 'answer', 'lookup']),
    )
  })

  it('one call never gives an equal order that was made minutes before, under the same identifier', () => {
    fc.assert(
      fc.property(scenario, fc.boolean(), ({ writes, looks, lagMs, timeoutMs }, isDated) => {
        const { trading, time, orders } = fakeOrders({ writes: ['fine', ...writes], looks, lagMs, isDated })
        const mine = { ...order, identifier: 'mine-1' }
        record(trading.placeOrder$(mine))
        time.pass(120_000)
        const again = record(trading.placeOrder$(mine, timeoutMs === undefined ? {} : { timeoutMs }))
        time.pass(100_000)
        expect(again.values).toEqual([])
        expect(again.end).toBe('error')
        expect(orders).toHaveLength(1)
      }),
      { numRuns: 200 },
    )
  })
})
