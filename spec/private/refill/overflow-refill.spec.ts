import { NEVER, throwError } from 'rxjs'
import { UpbitError } from '../../../src/base/errors'
import type { Delivered } from '../../../src/channels/consumer-config'
import { slowWorld } from '../support/slow-consumers'

/** What was given, in short: `order-1 trade rest`. */
function shown(got: readonly Delivered[]): readonly string[] {
  return got.map((event) => {
    if (event.type === 'gap') return `gap ${event.phase} ${event.count ?? event.reason ?? ''}`.trim()
    if (event.type === 'myAsset')
      return `${event.assets.map(({ currency, balance }) => `${balance} ${currency}`).join(', ')} ${event.source}`
    return event.type === 'myOrder' ? `${event.uuid} ${event.state} ${event.source}` : event.type
  })
}

/** A consumer that has its first event in its hands until `isStuck` is false, and then takes each at once. */
function stuckWorld(options: Parameters<typeof slowWorld>[0] = {}, kind: 'myOrder' | 'myAsset' = 'myOrder') {
  const slow = slowWorld({ latencyMs: 10, ...options })
  let handlerMs = 10_000
  const consumer = slow.join({ capacity: 2, handlerMs: () => handlerMs, kind })
  return {
    ...slow,
    ...consumer,
    /** Nothing more is slow from now on; what it has in its hands takes until 10 s after it came. */
    free: () => {
      handlerMs = 0
    },
    /** An order that is filled in four parts: five orders' events, of which the first is in its hands. */
    burst: (count = 3) => {
      slow.model.placeLimit('BTC', 'bid', 49, false)
      const order = slow.model.orders.at(-1)
      for (let i = 0; i < count; i++) if (order !== undefined) slow.model.fill(order, 0.1)
      slow.pass(1000)
    },
  }
}

describe('OverflowRefill', () => {
  it('C6.1 C7 tells the gap where the first was dropped, and before what came since each fill and how the order stands', () => {
    const { got, gaps, burst, free, pass, consumer, model, time } = stuckWorld()
    burst()
    free()
    time.at(10_900, () => model.placeLimit('ETH', 'ask', 3, false))
    pass(20_000)
    // In its hands; two fills that were dropped, the third that came since and says how it stands; an order of later.
    expect(shown(got)).toEqual([
      'order-1 wait socket',
      'gap opened 2',
      'order-1 trade rest',
      'order-1 trade rest',
      'gap closed 2',
      'order-1 trade socket',
      `${model.orders[1]?.uuid} wait socket`,
    ])
    expect(gaps).toMatchObject([
      { phase: 'opened', cause: 'overflow', event: 'myOrder', consumer: consumer.name, count: 2 },
      { phase: 'closed', cause: 'overflow', consumer: consumer.name, count: 2 },
    ])
    expect(consumer.tally).toMatchObject({ offered: 7, delivered: 5, dropped: 2, pending: 0 })
  })

  it('tells how an order stands that nothing newer waits of', () => {
    const { got, burst, free, pass, model } = stuckWorld()
    burst()
    model.placeLimit('ETH', 'ask', 3, false)
    model.placeLimit('ETH', 'ask', 4, false)
    pass(1000)
    free()
    pass(20_000)
    const [first, second] = model.orders.slice(1).map(({ uuid }) => uuid)
    const told = shown(got)
    expect(told.filter((each) => !each.startsWith(`${first} `))).toEqual([
      'order-1 wait socket',
      'gap opened 4',
      'order-1 trade rest',
      'order-1 trade rest',
      'order-1 trade rest',
      'order-1 wait rest',
      'gap closed 5',
      `${second} wait socket`,
    ])
    // Of two orders that comes first which REST answers first.
    expect(told.slice(2, 7)).toContain(`${first} wait rest`)
  })

  it('tells that an order was opened and how it ended, when these were dropped', () => {
    const { got, free, pass, model } = stuckWorld()
    model.placeLimit('ETH', 'ask', 3, false)
    model.placeLimit('BTC', 'bid', 49, false)
    const order = model.orders[1]
    if (order !== undefined) {
      model.fill(order, 0.1)
      model.cancel(order)
    }
    model.placeLimit('ETH', 'ask', 4, false)
    pass(1000)
    free()
    pass(20_000)
    expect(shown(got).slice(1, 6)).toEqual([
      'gap opened 2',
      `${order?.uuid} wait rest`,
      `${order?.uuid} trade rest`,
      'gap closed 2',
      `${order?.uuid} cancel socket`,
    ])
  })

  it('tells the present balance of each currency that was dropped, unless a newer one waits', () => {
    const { got, free, pass, model } = stuckWorld({}, 'myAsset')
    for (const currency of ['KRW', 'BTC', 'ETH', 'BTC']) model.transfer(currency, 10n ** 8n)
    pass(1000)
    free()
    pass(20_000)
    expect(shown(got)).toEqual([
      '1000000001 KRW socket',
      'gap opened 2',
      '1000000001 ETH rest',
      'gap closed 1',
      '1000000002 BTC socket',
    ])
  })

  it('asks nothing as long as the consumer takes nothing, however often its buffer is full', () => {
    const { got, gaps, burst, free, pass, log, consumer } = stuckWorld()
    for (let i = 0; i < 5; i++) burst(4)
    expect([log, gaps, consumer.tally.pending]).toEqual([{}, [], 3])
    expect(consumer.tally.dropped).toBe(22)
    free()
    pass(20_000)
    expect(gaps.map(({ phase, count }) => [phase, count])).toEqual([
      ['opened', 22],
      ['closed', 26],
    ])
    expect(log).toEqual({ order: 5 })
    expect(new Set(shown(got)).size).toBeGreaterThan(10)
  })

  it('has a gap of its own for what it drops while it is brought up to date', () => {
    const { got, gaps, burst, free, pass, model, time, isExact, consumer } = stuckWorld({ latencyMs: 2000 })
    burst()
    free()
    time.at(10_300, () => {
      for (let i = 0; i < 3; i++) model.placeLimit('ETH', 'ask', i, false)
    })
    pass(60_000)
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened', 'closed', 'opened', 'closed'])
    expect(gaps.reduce((sum, { phase, count = 0 }) => sum + (phase === 'opened' ? count : 0), 0)).toBe(
      consumer.tally.dropped,
    )
    const orders = new Set(got.flatMap((event) => (event.type === 'myOrder' ? [event.uuid] : [])))
    expect(orders.size).toBe(4)
    // How it stands is told when nothing newer of it is to come: the one that waited was dropped too.
    expect(shown(got).filter((each) => each === 'order-1 wait rest')).toHaveLength(1)
    expect(isExact).toBe(true)
  })

  it('C7 abandons the gap where there is no REST, and goes on', () => {
    const { got, gaps, burst, free, pass } = stuckWorld({ hasRest: false })
    burst()
    free()
    pass(20_000)
    expect(shown(got)).toEqual(['order-1 wait socket', 'gap abandoned 2', 'order-1 trade socket'])
    expect(gaps).toMatchObject([{ phase: 'abandoned', reason: 'rest-failed', count: 2 }])
  })

  it('C7 abandons the gap at once where REST refuses the keys, and after a while where it fails', () => {
    for (const [code, afterMs] of [
      ['AUTH_REFUSED', 100],
      ['REST_FAILED', 200_000],
    ] as const) {
      const order$ = () => throwError(() => new UpbitError(code, 'No.'))
      const { got, gaps, burst, free, pass, failed } = stuckWorld({ replaced: { order$ } })
      burst()
      free()
      pass(10_000 + afterMs)
      expect(gaps.map(({ phase, reason }) => [phase, reason])).toEqual([
        ['opened', undefined],
        ['abandoned', 'rest-failed'],
      ])
      expect(shown(got).at(-1)).toBe('order-1 trade socket')
      expect(failed).toHaveLength(code === 'AUTH_REFUSED' ? 1 : 8)
    }
  })

  it('C7 abandons the gap where REST knows nothing of an order, and fetches the others', () => {
    const order$ = () => throwError(() => new UpbitError('NOT_FOUND', 'No.'))
    const { gaps, burst, free, pass } = stuckWorld({ replaced: { order$ } })
    burst()
    free()
    pass(60_000)
    expect(gaps).toMatchObject([{ phase: 'opened' }, { phase: 'abandoned', reason: 'edge-unproven' }])
  })

  it('stops when the consumer leaves meanwhile', () => {
    const { got, gaps, burst, free, pass, consumer } = stuckWorld({ replaced: { order$: () => NEVER } })
    burst()
    free()
    pass(20_000)
    const { length } = got
    consumer.unsubscribe()
    pass(60_000)
    expect(got).toHaveLength(length)
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened'])
    expect(consumer.tally).toMatchObject({ offered: 4, delivered: 1, dropped: 2, discarded: 1, pending: 0 })
  })

  it('C7 abandons the gap when the stream ends with an error meanwhile, which comes behind what waits', () => {
    const { got, ends, burst, free, pass, consumer } = stuckWorld({ replaced: { order$: () => NEVER } })
    burst()
    free()
    pass(20_000)
    consumer.fail(new UpbitError('AUTH_REFUSED', 'No.'))
    pass(1000)
    expect(shown(got).slice(1)).toEqual(['gap opened 2', 'gap abandoned 2', 'order-1 trade socket'])
    expect(ends).toEqual(['AUTH_REFUSED'])
  })
})
