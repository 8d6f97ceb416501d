/** Random bursts, handlers of random speed, buffers of random size; REST late, failing, behind: in the end nothing is missing. */
import { interval, take } from 'rxjs'
import type { Delivered } from '../../../src/channels/consumer-config'
import type { Deliver } from '../../../src/channels/consumer-options'
import type { GapEvent } from '../../../src/channels/gap-event'
import fc from '../../support/seeded-fast-check'
import { isGap, isOrder } from '../support/delivered'
import { executedOf, text } from '../support/account-model'
import type { AccountModel } from '../support/account-model'
import { slowWorld } from '../support/slow-consumers'

const step = fc.record({
  waitMs: fc.constantFrom(0, 0, 1, 5, 50, 400, 2000),
  kind: fc.constantFrom('limit', 'limit', 'market', 'fill', 'fill', 'fill', 'cancel', 'trigger', 'transfer'),
  pick: fc.nat(1000),
  share: fc.double({ min: 0.05, max: 1, noNaN: true }),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function act(model: AccountModel, { kind, pick, share }: Step): void {
  const { open } = model
  const order = open[pick % Math.max(1, open.length)]
  const base = pick % 2 === 0 ? 'BTC' : 'ETH'
  const side = pick % 3 === 0 ? 'ask' : 'bid'
  if (kind === 'limit') model.placeLimit(base, side, pick, pick % 5 === 0)
  else if (kind === 'market') model.placeMarket(base, side, pick)
  else if (kind === 'transfer') model.transfer(base, BigInt(pick) * 1000n)
  else if (order === undefined) return
  else if (kind === 'fill') model.fill(order, share)
  else if (kind === 'cancel') model.cancel(order)
  else model.trigger(order)
}

/** What the consumer knows of each order and fill against the books. */
function expectOrders(got: readonly Delivered[], model: AccountModel): void {
  const events = got.filter(isOrder)
  const fills = events.flatMap(({ trade_uuid }) => trade_uuid ?? [])
  const booked = model.orders.flatMap((order) => order.fills.map(({ uuid }) => uuid))
  expect([...fills].sort()).toEqual([...booked].sort())
  for (const order of model.orders) {
    const own = events.filter(({ uuid }) => uuid === order.uuid)
    const last = own.at(-1)
    const isEnded = order.state === 'done' || order.state === 'cancel'
    expect(own.filter(({ state }) => state === 'done' || state === 'cancel')).toHaveLength(isEnded ? 1 : 0)
    expect(last?.executed_volume).toBe(text(executedOf(order)))
    if (isEnded) expect(last?.state).toBe(order.state)
    else expect(last?.state === 'trade' ? 'wait' : last?.state).toBe(order.state)
  }
}

function expectBalances(got: readonly Delivered[], model: AccountModel): void {
  const known = new Map<string, string>()
  for (const event of got) {
    if (event.type !== 'myAsset') continue
    for (const { currency, balance, locked } of event.assets) known.set(currency, `${balance} ${locked}`)
  }
  const booked = new Map(
    model.accounts().map(({ currency, balance, locked }) => [currency, `${balance} ${locked}`]),
  )
  for (const [currency, amounts] of known) expect(amounts).toBe(booked.get(currency) ?? '0 0')
}

function expectGaps(gaps: readonly GapEvent[], got: readonly Delivered[], dropped: number): void {
  expect(gaps.filter(({ phase }) => phase === 'abandoned')).toEqual([])
  const opened = gaps.filter(({ phase }) => phase === 'opened')
  const closed = gaps.filter(({ phase }) => phase === 'closed')
  expect(closed.map(({ id }) => id)).toEqual(opened.map(({ id }) => id))
  expect(opened.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(dropped)
  expect(got.filter(isGap)).toEqual(gaps)
}

describe('A buffer that is emptied and reconciled', () => {
  it('C6.1 gives a consumer of any speed each fill once, and in the end the true state of each order and balance', () => {
    let overflows = 0
    fc.assert(
      fc.property(
        fc.nat(2 ** 31),
        fc.array(step, { minLength: 10, maxLength: 80 }),
        fc.constantFrom(1, 2, 5, 20),
        fc.constantFrom(1, 30, 300, 3000),
        fc.constantFrom(0, 0.1),
        fc.constantFrom(0, 600),
        fc.constantFrom(undefined, undefined, 20, 700),
        (seed, steps, capacity, slowMs, failures, behindMs, paceMs) => {
          const { model, time, join, pass } = slowWorld({ seed, failures, behindMs })
          const handlerMs = (): number => Math.floor(time.environment.random() * slowMs)
          // A pace of its own, that ends in the course of it: from then on events come as they come.
          const deliver: Deliver =
            paceMs === undefined ? 'sync' : interval(paceMs, time.scheduler).pipe(take(300))
          const orders = join({ capacity, handlerMs, deliver })
          const assets = join({ capacity, handlerMs, deliver, kind: 'myAsset' })
          for (const each of steps) {
            pass(each.waitMs)
            act(model, each)
            expect([orders.isExact, assets.isExact]).toEqual([true, true])
            expect(orders.consumer.tally.pending).toBeLessThan(capacity + 300)
          }
          pass(4_000_000)
          for (const { consumer, ends, got, gaps, isExact } of [orders, assets]) {
            expect([isExact, ends]).toEqual([true, []])
            expect(consumer.tally).toMatchObject({ pending: 0, failed: 0, coalesced: 0, discarded: 0 })
            expectGaps(gaps, got, consumer.tally.dropped)
            overflows += consumer.tally.dropped > 0 ? 1 : 0
          }
          expectOrders(orders.got, model)
          expectBalances(assets.got, model)
        },
      ),
      { numRuns: 60 },
    )
    expect(overflows).toBeGreaterThan(15)
  })
})
