/**
 * Consumers of a model account whose handlers take their time and whose buffers are small: frames come in order and late,
 * REST answers late, fails at times, and at times is behind the frames.
 */
import type { Observable } from 'rxjs'
import { defer, map } from 'rxjs'
import type { UpbitError } from '../../../src/base/errors'
import { Consumer } from '../../../src/channels/consumer'
import type { Delivered } from '../../../src/channels/consumer-config'
import type { Deliver } from '../../../src/channels/consumer-options'
import type { GapEvent } from '../../../src/channels/gap-event'
import type { Tally } from '../../../src/operators/delivery'
import { myAssetKey, myOrderKey } from '../../../src/private/line/private-endpoint'
import { OverflowRefill } from '../../../src/private/refill/overflow-refill'
import type { SweepPorts } from '../../../src/private/supply/sweep'
import type { RestOrder } from '../../../src/rest/rows/order-row'
import { consumerHost } from '../../channels/support/lane-world'
import { virtualTime } from '../../support/virtual-time'
import type { Frame } from './account-model'
import { AccountModel } from './account-model'
import { modelCalls } from './model-calls'

export interface SlowWorldOptions {
  readonly seed?: number
  /** How often a call fails, 0 to 1. */
  readonly failures?: number
  /** So long an order's row may be behind, ms. */
  readonly behindMs?: number
  readonly hasRest?: boolean
  /** What answers instead. */
  readonly replaced?: Partial<SweepPorts['calls']>
  readonly latencyMs?: number
}

export interface SlowOptions {
  readonly capacity?: number
  /** How long an event takes, ms, or never ends. */
  readonly handlerMs?: () => number
  readonly kind?: 'myOrder' | 'myAsset'
  readonly deliver?: Deliver
}

/** That the account is exact: at any moment. */
function isExact(tally: Tally): boolean {
  const { offered, delivered, failed, coalesced, dropped, discarded, pending } = tally
  return offered === delivered + failed + coalesced + dropped + discarded + pending
}

export function slowWorld({
  seed = 1,
  failures = 0,
  behindMs = 0,
  hasRest = true,
  replaced,
  latencyMs = 100,
}: SlowWorldOptions = {}) {
  const time = virtualTime(seed)
  const { environment } = time
  const consumers: Consumer[] = []
  const history = new Map<string, { readonly atMs: number; readonly row: RestOrder }[]>()
  let latestMs = 0
  const model = new AccountModel(
    () => environment.now(),
    (frame) => publish(frame),
    () => environment.random(),
  )
  const { calls: honest, log } = modelCalls(model, environment, { latencyMs, failures })
  /** The row as it was a moment ago. */
  const calls: SweepPorts['calls'] = {
    ...honest,
    order$: (options) =>
      defer(() => {
        const asOfMs = environment.now() - Math.floor(environment.random() * (behindMs + 1))
        const past = history.get(options.uuid ?? '')?.filter(({ atMs }) => atMs <= asOfMs) ?? []
        const isBehind = environment.random() < 0.5 && past.length > 0 && behindMs > 0
        const row$ = honest.order$(options)
        return isBehind ? older$(row$, past.at(-1)?.row as RestOrder) : row$
      }),
    ...replaced,
  }

  function publish(frame: Frame): void {
    if (frame.type === 'myOrder') {
      const order = model.orders.find(({ uuid }) => uuid === frame.uuid)
      const rows = history.get(frame.uuid) ?? []
      if (order !== undefined) rows.push({ atMs: environment.now(), row: model.rowWithFills(order) })
      history.set(frame.uuid, rows)
    }
    // One socket keeps the order.
    latestMs = Math.max(latestMs, environment.now() + Math.floor(environment.random() * 200))
    environment.timer$(latestMs - environment.now()).subscribe(() => {
      for (const consumer of consumers) if (consumer.kind === frame.type) consumer.offer(frame)
    })
  }

  function join({ capacity = 4, handlerMs, kind = 'myOrder', deliver = 'sync' }: SlowOptions = {}) {
    const got: Delivered[] = []
    const ends: string[] = []
    const gaps: GapEvent[] = []
    const failed: UpbitError[] = []
    let refill: OverflowRefill | undefined
    let isAlwaysExact = true
    const look = (): void => {
      if (!isExact(consumer.tally)) isAlwaysExact = false
    }
    const consumer: Consumer = new Consumer(
      {
        kind,
        keys: [kind === 'myOrder' ? myOrderKey : myAssetKey],
        options: { gaps: true, deliver, buffer: { capacity, overflow: 'reconcile' } },
        target: {
          next(event) {
            look()
            got.push(event)
            if (handlerMs === undefined) return undefined
            return {
              then: (settle: () => void) =>
                environment.timer$(handlerMs()).subscribe(() => {
                  settle()
                  look()
                }),
            }
          },
          complete: () => ends.push('complete'),
          error: ({ code }) => ends.push(code),
        },
        owner: {},
      },
      consumerHost({
        environment,
        dropped: look,
        leave: () => refill?.cancel(),
        lost: (gap) => gaps.push(gap),
        keeperOf: (each) =>
          (refill = new OverflowRefill(each, {
            calls: hasRest ? calls : undefined,
            environment,
            tell: (gap) => {
              look()
              gaps.push(gap)
            },
            failed: (error) => failed.push(error),
            inTurn: (work) => work(),
          })),
      }),
      1,
    )
    consumers.push(consumer)
    return {
      consumer,
      got,
      ends,
      gaps,
      failed,
      get isExact() {
        return isAlwaysExact && isExact(consumer.tally)
      },
    }
  }
  return { time, model, log, join, pass: (ms: number) => time.pass(ms) }
}

function older$(row$: Observable<RestOrder>, row: RestOrder): Observable<RestOrder> {
  return row$.pipe(map(() => row))
}
