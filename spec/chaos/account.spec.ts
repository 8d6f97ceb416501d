/** The account of the chaos: faults that are planted in the client, of every sort that its judges look for, are found. */
import type { Observable } from 'rxjs'
import { map, mergeMap, of } from 'rxjs'
import { faultKinds } from '../../scripts/chaos/fault-kinds'
import { roundsOf } from '../../scripts/chaos/rounds'
import { runVirtual } from '../../scripts/chaos/run-virtual'
import type { Balance, OpenOrder, Upbit } from '../../src/index'
import { UpbitError } from '../../src/index'

const kinds = faultKinds.filter(({ name }) => name === 'private-cut' || name === 'private-lost')

it('finds what is told twice, withheld, of nobody, shown wrong, placed twice and placed against its word', async () => {
  const rounds = roundsOf({ seed: 1, faults: 6, durationMs: 40_000, kinds })
  const run = { seed: 1, rounds, perSecond: 4, settleMs: 3000, progress: () => {} }
  const { violations } = await runVirtual({ ...run, client: spoilt })
  const found = violations.map(({ promise, what }) => `${promise} ${what}`).join('\n')
  expect(found).toMatch(/^C12\.1 orders got trade of .* twice/m)
  expect(found).toMatch(/^C12\.2 orders has not had the fill/m)
  expect(found).toMatch(/^C12\.2 orders had an event of nobody, which is not its order/m)
  expect(found).toMatch(/^C12\.2 phantom is shown as open and is not/m)
  expect(found).toMatch(/^C12\.2 KRW is shown as 1 /m)
  expect(found).toMatch(/^C12 chaos-0 was told not to be placed/m)
  expect(found).toMatch(/^C12 nobody has placed again-/m)
})

/** The client with streams, views and orders that lie. */
function spoilt(upbit: Upbit): Upbit {
  const trading: Pick<Upbit['trading'], 'placeOrder'> = {
    placeOrder: async (order, options) => {
      const placed = await upbit.trading.placeOrder(order, options)
      if (order.identifier === 'chaos-0') throw new UpbitError('ORDER_NOT_PLACED', 'It is not there.')
      if (order.identifier === 'chaos-1') {
        await upbit.trading.placeOrder({ ...order, identifier: 'again-1' }, options)
      }
      return placed
    },
  }
  const lies: Partial<Record<string | symbol, unknown>> = {
    myOrder$: (...args: Parameters<Upbit['myOrder$']>) => {
      let fills = 0
      return upbit.myOrder$(...args).pipe(
        mergeMap((event) => {
          if (event.type !== 'myOrder' || event.state !== 'trade') return of(event)
          fills++
          if (fills === 3) return []
          if (fills === 4) return of({ ...event, uuid: 'nobody' })
          return fills === 5 ? of(event, event) : of(event)
        }),
      )
    },
    openOrders$: (): Observable<readonly OpenOrder[]> => {
      let phantom: readonly OpenOrder[] = []
      return upbit.openOrders$().pipe(
        map((orders) => {
          if (phantom.length === 0)
            phantom = orders.slice(0, 1).map((order) => ({ ...order, uuid: 'phantom' }))
          return [...orders, ...phantom]
        }),
      )
    },
    balances$: (): Observable<readonly Balance[]> =>
      upbit
        .balances$()
        .pipe(
          map((balances) =>
            balances.map((held) => (held.currency === 'KRW' ? { ...held, balance: '1' } : held)),
          ),
        ),
    trading: new Proxy(upbit.trading, {
      get: (target, name): unknown =>
        name === 'placeOrder' ? trading.placeOrder : (Reflect.get(target, name) as unknown),
    }),
  }
  return new Proxy(upbit, {
    get: (target, name): unknown => {
      if (name in lies) return lies[name]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })
}
