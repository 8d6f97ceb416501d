import { of } from 'rxjs'
import { DroppedAccount } from '../../../src/private/refill/dropped-account'
import { refetch$ } from '../../../src/private/refill/refetch'
import type { Refetched } from '../../../src/private/refill/refetch'
import { orderEvent } from '../../channels/support/events'
import { virtualTime } from '../../support/virtual-time'
import { AccountModel } from '../support/account-model'
import { modelCalls } from '../support/model-calls'

describe('DroppedAccount', () => {
  it('remembers each order once, with its fills and how far it came', () => {
    const dropped = new DroppedAccount()
    dropped.add(orderEvent({}, { uuid: 'a', state: 'watch' }))
    dropped.add(orderEvent({}, { uuid: 'a', state: 'wait' }))
    for (const id of ['f', 'f', 'g'])
      dropped.add(orderEvent({}, { uuid: 'a', state: 'trade', trade_uuid: id }))
    dropped.add(orderEvent({}, { uuid: 'b', state: 'cancel' }))
    dropped.add(orderEvent({}, { uuid: 'b', state: 'prevented' }))
    expect([...dropped.orders]).toEqual([
      ['a', { fills: new Set(['f', 'g']), opened: 'wait', isEnded: false, isPrevented: false }],
      ['b', { fills: new Set(), opened: undefined, isEnded: true, isPrevented: true }],
    ])
    expect(dropped.isOverfull).toBe(false)
  })

  it('remembers at most 100,000 ids', () => {
    const dropped = new DroppedAccount()
    const frame = orderEvent({}, { state: 'trade', trade_uuid: 'f' })
    for (let i = 0; i < 60_000; i++) dropped.add({ ...frame, uuid: `order-${i}`, trade_uuid: `fill-${i}` })
    const fills = [...dropped.orders.values()].reduce((sum, order) => sum + order.fills.size, 0)
    expect(dropped.orders.size + fills).toBe(100_000)
    expect(dropped.isOverfull).toBe(true)
  })

  it('has every open order asked for when it was too many, and says that fills are missing', () => {
    const time = virtualTime()
    const { environment } = time
    const model = new AccountModel(
      () => environment.now(),
      () => {},
      () => 0,
    )
    for (let i = 0; i < 150; i++) model.placeLimit('BTC', 'bid', i, false)
    const dropped = new DroppedAccount(1)
    for (const { uuid } of model.orders) dropped.add(orderEvent({}, { uuid, state: 'wait' }))
    const { calls, log } = modelCalls(model, environment, { latencyMs: 0 })
    const found: Refetched[] = []
    refetch$(dropped, {
      calls,
      environment,
      room$: of(undefined),
      failed: () => {},
      isFollowed: (id) => id === model.orders[7]?.uuid,
    }).subscribe((each) => found.push(each))
    time.pass(1000)
    const told = found.flatMap(({ events }) => events.map((event) => event.type === 'myOrder' && event.uuid))
    expect(told).toHaveLength(149)
    expect(new Set(told).size).toBe(149)
    expect(told).not.toContain(model.orders[7]?.uuid)
    expect(found.at(-1)).toEqual({ events: [], reason: 'too-slow' })
    expect(log.order).toBe(1)
  })
})
