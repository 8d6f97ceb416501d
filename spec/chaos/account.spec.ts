/** The account of the chaos: faults that are planted in the client, of every sort that its judges look for, are found. */
import type { Observable } from 'rxjs'
import { asapScheduler, delay, filter, ignoreElements, map, mergeMap, of } from 'rxjs'
import { faultKinds } from '../../scripts/chaos/fault-kinds'
import { roundsOf } from '../../scripts/chaos/rounds'
import { runVirtual } from '../../scripts/chaos/run-virtual'
import type { Balance, GapEvent, MyAssetEvent, MyOrderEvent, OpenOrder } from '../../src/index'
import type { PrivateOptions, RestMyAssetEvent, RestMyOrderEvent, Upbit, WithGaps } from '../../src/index'
import { UpbitError } from '../../src/index'

const kinds = faultKinds.filter(({ name }) => name === 'private-cut' || name === 'private-lost')

async function found(client: (upbit: Upbit) => Upbit): Promise<string> {
  const rounds = roundsOf({ seed: 1, faults: 6, durationMs: 40_000, kinds })
  const run = { seed: 1, rounds, perSecond: 4, settleMs: 10_000, progress: () => {} }
  const { violations } = await runVirtual({ ...run, client })
  return violations.map(({ promise, what }) => `${promise} ${what}`).join('\n')
}

it('finds nothing in the client as it is', async () => {
  expect(await found((upbit) => upbit)).toBe('')
})

it('finds what is told twice, withheld, of nobody, shown wrong, placed twice and placed against its word', async () => {
  const lies = await found(spoilt)
  expect(lies).toMatch(/^C12\.1 orders got trade of .* twice/m)
  expect(lies).toMatch(/^C12\.2 orders has not had the fill/m)
  expect(lies).toMatch(/^C12\.2 orders had an event of nobody, which is not its order/m)
  expect(lies).toMatch(/^C12\.2 phantom is shown as open and is not/m)
  expect(lies).toMatch(/^C12\.2 KRW is shown as 1 /m)
  expect(lies).toMatch(/^C12 chaos-0 was told not to be placed/m)
  expect(lies).toMatch(/^C12 nobody has placed again-/m)
})

type Orders = MyOrderEvent | RestMyOrderEvent | GapEvent
type Assets = MyAssetEvent | RestMyAssetEvent | GapEvent

const isOpening = (event: Orders): boolean =>
  event.type === 'myOrder' && (event.state === 'wait' || event.state === 'watch')
const isEnd = (event: Orders): boolean =>
  event.type === 'myOrder' && (event.state === 'done' || event.state === 'cancel')
/** Another figure in the events of such a state. */
const figure = (isMeant: (event: Orders) => boolean, name: string) =>
  map((event: Orders) => (isMeant(event) ? { ...event, [name]: '77' } : event))
const isFill = (event: Orders): boolean => event.type === 'myOrder' && event.state === 'trade'

it.each<[string, RegExp, (orders$: Observable<Orders>) => Observable<Orders>]>([
  ['openings withheld', /^C12\.2 orders has not had the opening of/m, filter((event) => !isOpening(event))],
  [
    'openings after what ends them',
    /^C12\.2 orders got wait of .* after its end \(done by/m,
    mergeMap((event) => (isOpening(event) ? of(event).pipe(delay(0, asapScheduler)) : of(event))),
  ],
  [
    'an opening told twice',
    /^C12\.1 orders got wait of .* twice/m,
    mergeMap((event, n) => (isOpening(event) && n > 5 ? of(event, event) : of(event))),
  ],
  ...(
    ['price', 'volume', 'executed_volume', 'remaining_volume', 'paid_fee', 'trade_fee', 'avg_price'] as const
  ).map((name): [string, RegExp, (orders$: Observable<Orders>) => Observable<Orders>] => [
    `the ${name} of a fill`,
    new RegExp(`^C12\\.2 orders had a trade of .* has the ${name} 77, it was`, 'm'),
    figure(isFill, name),
  ]),
  ...(['remaining_volume', 'locked', 'prevented_volume'] as const).map(
    (name): [string, RegExp, (orders$: Observable<Orders>) => Observable<Orders>] => [
      `the ${name} of an opening by REST`,
      new RegExp(`^C12\\.2 orders had a wait of .* by rest that has the ${name} 77, it was`, 'm'),
      figure((event) => event.type === 'myOrder' && event.source === 'rest' && isOpening(event), name),
    ],
  ),
  ...(['executed_volume', 'remaining_volume', 'executed_funds'] as const).map(
    (name): [string, RegExp, (orders$: Observable<Orders>) => Observable<Orders>] => [
      `the ${name} of an end`,
      new RegExp(`^C12\\.2 orders had a (done|cancel) of .* has the ${name} 77, it was`, 'm'),
      figure(isEnd, name),
    ],
  ),
  [
    'the state of an end',
    /^C12\.2 orders had a (done|cancel) of .* by socket that never was so$/m,
    map((event) =>
      event.type === 'myOrder' && isEnd(event)
        ? { ...event, state: event.state === 'done' ? 'cancel' : 'done' }
        : event,
    ),
  ],
])('finds a lie of orders: %s', async (_what, violation, lie) => {
  const client = (upbit: Upbit): Upbit =>
    lying(upbit, {
      myOrder$: (...args: Parameters<Upbit['myOrder$']>) => lie(upbit.myOrder$(...args)),
    })
  expect(await found(client)).toMatch(violation)
})

const wrongAmounts = map((event: Assets) =>
  event.type === 'myAsset'
    ? { ...event, assets: event.assets.map((held) => ({ ...held, balance: '-7' })) }
    : event,
)

it.each<[string, RegExp, (assets$: Observable<Assets>) => Observable<Assets>]>([
  ['none is told', /^C12\.2 assets was last told of KRW /m, ignoreElements()],
  ['wrong amounts', /^C12\.2 assets was last told of KRW -7 \+ /m, wrongAmounts],
])('finds a lie of balances: %s', async (_what, violation, lie) => {
  const client = (upbit: Upbit): Upbit =>
    lying(upbit, { myAsset$: (...args: Parameters<Upbit['myAsset$']>) => lie(upbit.myAsset$(...args)) })
  expect(await found(client)).toMatch(violation)
})

it('finds what is not told to one whose buffer was emptied', async () => {
  const client = (upbit: Upbit): Upbit =>
    lying(upbit, {
      subscribeMyOrder: (handler: (event: Orders) => unknown, options: PrivateOptions & WithGaps<true>) =>
        upbit.subscribeMyOrder(
          (event: Orders) =>
            options.name === 'orders refilled' && event.type === 'myOrder' && event.source === 'rest'
              ? undefined
              : handler(event),
          options,
        ),
      subscribeMyAsset: (handler: (event: Assets) => unknown, options: PrivateOptions & WithGaps<true>) =>
        upbit.subscribeMyAsset(
          (event: Assets) =>
            options.name === 'assets refilled' && event.type === 'myAsset' ? undefined : handler(event),
          options,
        ),
    })
  const lies = await found(client)
  expect(lies).toMatch(/^C12\.2 orders refilled has not had the (fill|end)/m)
  expect(lies).toMatch(/^C12\.2 assets refilled was last told of KRW /m)
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
  return lying(upbit, lies)
}

/** The client with other members in place of its own. */
function lying(upbit: Upbit, lies: Partial<Record<string | symbol, unknown>>): Upbit {
  return new Proxy(upbit, {
    get: (target, name): unknown => {
      if (name in lies) return lies[name]
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })
}
