/** The gaps that were told, put together by their ids: what was missed, when, and how that ended. */
import type { GapEvent } from '../../src/index'

export interface KnownGap {
  readonly cause: GapEvent['cause']
  readonly event: string | undefined
  readonly code: string | undefined
  /** Of an order book. */
  readonly level: number
  readonly consumer: string | undefined
  readonly id: string
  epochs: GapEvent['epochs']
  readonly fromMs: number
  /** `Infinity` while it is open. */
  toMs: number
  phase: GapEvent['phase']
  count: number | undefined
  /** When it was first told, ms. */
  readonly toldAtMs: number
}

export class KnownGaps {
  readonly #gaps = new Map<string, KnownGap>()

  take(gap: GapEvent, nowMs: number): void {
    const key = `${gap.id} ${gap.consumer ?? ''}`
    const known = this.#gaps.get(key)
    if (known === undefined) {
      const { id, cause, event, code, level = 0, consumer, phase, epochs } = gap
      const count = countOf(gap)
      const toMs = gap.to_ms ?? Infinity
      this.#gaps.set(key, {
        id,
        cause,
        event,
        code,
        level,
        consumer,
        epochs,
        fromMs: gap.from_ms,
        toMs,
        phase,
        count,
        toldAtMs: nowMs,
      })
      return
    }
    known.phase = gap.phase
    known.toMs = gap.to_ms ?? known.toMs
    known.epochs = gap.epochs
    known.count = countOf(gap)
  }

  /** A frame came that did not even say whose it was, as `errors$` told: anybody may miss one trade. */
  unnamed(nowMs: number): void {
    const id = `unnamed ${this.#gaps.size}`
    this.#gaps.set(id, {
      id,
      cause: 'undecodable',
      event: 'trade',
      code: undefined,
      level: 0,
      consumer: undefined,
      epochs: [0, 0],
      fromMs: nowMs,
      toMs: nowMs,
      phase: 'abandoned',
      count: 1,
      toldAtMs: nowMs,
    })
  }

  get all(): readonly KnownGap[] {
    return [...this.#gaps.values()]
  }

  /** The losses of the trades of a code that everybody had, and of one consumer alone. */
  ofTrades(code: string, consumer: string): readonly KnownGap[] {
    // Back-fill ends a gap for each of its consumers, by its own word, whatever it is for the others.
    const own = new Set(this.all.flatMap((gap) => (gap.consumer === consumer ? gap.id : [])))
    return this.all.filter(
      (gap) =>
        gap.event === 'trade' &&
        (gap.code === undefined || gap.code === code) &&
        (gap.consumer === consumer || (gap.consumer === undefined && !own.has(gap.id))),
    )
  }
}

const privateEvents: readonly string[] = ['myOrder', 'myAsset', 'announcement']

/** Whether it is of public data, and of no account. */
export function isPublic({ event = '' }: KnownGap): boolean {
  return !privateEvents.includes(event)
}

/** Whether a whole stream missed something, not by a fault of a consumer or of a frame. */
export function isOfConnection({ cause }: KnownGap): boolean {
  return cause === 'disconnect' || cause === 'rejected'
}

/** Whether it lies within one session: the exchange had lost the subscription. Of one that is open nobody knows. */
export function isOfOneEpoch(gap: KnownGap): boolean {
  return isOfConnection(gap) && gap.toMs < Infinity && gap.epochs[0] === gap.epochs[1]
}

/** How many a gap covers; one that back-fill gave up covers whatever is missing within it. */
function countOf({ count, reason }: GapEvent): number | undefined {
  return reason === undefined ? count : undefined
}
