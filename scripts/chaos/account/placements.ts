/**
 * Orders that the application places and cancels over REST, and what it was told of each: an order that is placed is there
 * once, one that is not is not there, and what is not known may be so only where a fault allows it.
 */
import type { UpbitError } from '../../../src/index'
import { isUpbitError } from '../../../src/index'
import type { AccountOrder } from '../../../src/testing'
import type { Violations } from '../violations'
import type { World } from '../world'
import type { Trader } from './trader'

interface Placement {
  readonly identifier: string
  readonly beganMs: number
  outcome: 'pending' | 'placed' | 'not placed' | 'unknown' | 'refused'
  /** Of the order, or the code of the error. */
  what: string
}

/** `timeoutMs` of a call is 20 s, and a busy machine is late with telling it. */
const longestMs = 30_000

export class Placements {
  readonly #placements: Placement[] = []
  readonly #outcomes: Record<string, number> = {}
  #underWay = 0

  constructor(
    private readonly world: World,
    private readonly trader: Trader,
    private readonly violations: Violations,
    /** Whether a fault may have kept an answer away since. */
    private readonly isDisturbedSince: (sinceMs: number) => boolean,
  ) {}

  /** Whether a call has no outcome yet. */
  get isUnderWay(): boolean {
    return this.#underWay > 0
  }

  /** How often each outcome was told. */
  get outcomes(): Readonly<Record<string, number>> {
    return this.#outcomes
  }

  place(): void {
    const placement: Placement = {
      identifier: `chaos-${this.#placements.length}`,
      beganMs: this.now,
      outcome: 'pending',
      what: '',
    }
    this.#placements.push(placement)
    const { identifier } = placement
    // Orders of the trader are of the forms that the client knows as well.
    const order = { ...this.trader.order(), identifier } as Parameters<
      typeof this.world.upbit.trading.placeOrder
    >[0]
    this.ask(
      'placeOrder',
      this.world.upbit.trading.placeOrder(order),
      (placed) => {
        if (placed.identifier !== identifier) {
          this.violations.add('C12', `placed as ${identifier}, told of as ${placed.identifier}`)
        }
        this.settle(placement, 'placed', placed.uuid)
      },
      (error) => {
        const outcome =
          error.code === 'ORDER_UNKNOWN'
            ? 'unknown'
            : error.code === 'ORDER_NOT_PLACED'
              ? 'not placed'
              : 'refused'
        this.settle(placement, outcome, error.code)
        if (outcome === 'unknown' && !this.isDisturbedSince(placement.beganMs)) {
          this.violations.add('C12', `${identifier} is unknown, though nothing was broken: ${error.message}`)
        }
      },
    )
  }

  /** Cancels one of the open orders. */
  cancel(): void {
    const order = this.trader.anyOpen()
    if (order === undefined) return
    this.ask(
      'cancelOrder',
      this.world.upbit.trading.cancelOrder({ uuid: order.uuid }),
      ({ uuid }) => {
        if (uuid !== order.uuid) this.violations.add('C12', `asked to cancel ${order.uuid}, told of ${uuid}`)
        this.count('cancelled')
      },
      ({ code }) => this.count(`cancel ${code}`),
    )
  }

  /** Compares what was told with the orders of the account. Nothing may be under way. */
  judge(orders: readonly AccountOrder[]): void {
    const byIdentifier = new Map<string, AccountOrder>()
    for (const order of orders) {
      if (order.identifier === undefined) continue
      if (byIdentifier.has(order.identifier)) {
        this.violations.add('C12', `${order.identifier} was placed twice`)
      }
      byIdentifier.set(order.identifier, order)
    }
    for (const { identifier, outcome, what } of this.#placements) {
      const order = byIdentifier.get(identifier)
      byIdentifier.delete(identifier)
      if (outcome === 'placed' && order?.uuid !== what) {
        this.violations.add(
          'C12',
          `${identifier} was told to be placed as ${what}, it is ${order?.uuid ?? 'not there'}`,
        )
      } else if ((outcome === 'not placed' || outcome === 'refused') && order !== undefined) {
        this.violations.add('C12', `${identifier} was told not to be placed (${what}), it is ${order.uuid}`)
      }
    }
    for (const identifier of byIdentifier.keys()) {
      this.violations.add('C12', `nobody has placed ${identifier}`)
    }
  }

  private ask<T>(
    what: string,
    promise: Promise<T>,
    told: (value: T) => void,
    failed: (error: UpbitError) => void,
  ): void {
    const beganMs = this.now
    this.#underWay++
    const settled = (): void => {
      this.#underWay--
      const tookMs = this.now - beganMs
      if (tookMs > longestMs + this.world.slackMs) {
        this.violations.add('C12', `${what} took ${Math.round(tookMs)} ms`)
      }
    }
    promise.then(
      (value) => {
        settled()
        told(value)
      },
      (error: unknown) => {
        settled()
        if (isUpbitError(error)) failed(error)
        else this.violations.add('C12', `${what} failed with an untyped error: ${String(error)}`)
      },
    )
  }

  private settle(placement: Placement, outcome: Placement['outcome'], what: string): void {
    Object.assign(placement, { outcome, what })
    this.count(outcome === 'refused' ? `refused ${what}` : outcome)
  }

  private count(outcome: string): void {
    this.#outcomes[outcome] = (this.#outcomes[outcome] ?? 0) + 1
  }

  private get now(): number {
    return this.world.environment.now()
  }
}
