/** Who stands in a line: each in its place, told how long it will be, and turned away where that is too long. */
import type { Subscriber } from 'rxjs'
import type { Permit } from './permits'
import type { Priority } from './priority'
import { Queue } from './queue'

export interface TurnWait {
  /** Not before so many ms; it may become later, and sooner where the answer of the one that went first is waited for. */
  readonly delayMs: number
  /** The exchange has blocked us, or has not let anything in since; or else a limit is reached. */
  readonly isBlocked: boolean
}

export interface TurnRequest {
  readonly priority: Priority
  /** Whether waiting for this turn keeps the process alive. */
  readonly referenced: boolean
  /** It stands in another line after this one, and goes when `Line.goes` says that it may. */
  readonly goesLater?: boolean
  /** It errors with `TurnTooLate` as soon as it cannot come within so many ms. Default: it waits as long as it takes. */
  readonly withinMs?: number | undefined
  /** Told when it has to wait, and again when that changes. */
  readonly waits?: ((wait: TurnWait) => void) | undefined
}

export interface Waiter extends TurnRequest {
  readonly subscriber: Subscriber<Permit>
  readonly atMs: number
  /** It could not go at once. A millisecond that passes on the way there is no wait. */
  hasWaited: boolean
  toldMs: number
  toldBlocked: boolean
}

/** When each may go, in the order of their turns; worked out only where somebody wants to know. */
type TurnsMs = () => readonly number[]

export class Waiters {
  private readonly queue = new Queue<Waiter>()
  /** How many of them keep the process alive, how many want to be told, and how many have not all the time. */
  private referenced = 0
  private told = 0
  private limited = 0

  get length(): number {
    return this.queue.length
  }

  get first(): Waiter | undefined {
    return this.queue.first
  }

  /** Whether one of them keeps the process alive. */
  get isReferenced(): boolean {
    return this.referenced > 0
  }

  lengthOf(priority: Priority): number {
    return this.queue.lengthOf(priority)
  }

  add(waiter: Waiter): void {
    this.queue.add(waiter)
    this.count(waiter, 1)
  }

  /** Returns whether it was there. */
  remove(waiter: Waiter): boolean {
    const wasThere = this.queue.remove(waiter)
    if (wasThere) this.count(waiter, -1)
    return wasThere
  }

  tell(turns: TurnsMs, nowMs: number, isBlockedNow: () => boolean): void {
    if (this.told === 0) return
    const isBlocked = isBlockedNow()
    const turnsMs = turns()
    this.queue.inOrder().forEach((waiter, index) => {
      const untilMs = turnsMs[index] as number
      // The teller of one before may have ended it.
      if (waiter.subscriber.closed || waiter.waits === undefined) return
      if (waiter.toldMs === untilMs && waiter.toldBlocked === isBlocked) return
      waiter.toldMs = untilMs
      waiter.toldBlocked = isBlocked
      waiter.waits({ delayMs: untilMs - nowMs, isBlocked })
    })
  }

  /** Takes out the first whose turn cannot come in its time, and says when that turn would be. */
  takeTooLate(turns: TurnsMs): { readonly waiter: Waiter; readonly turnMs: number } | undefined {
    if (this.limited === 0) return undefined
    const inLine = this.queue.inOrder()
    const turnsMs = turns()
    const index = inLine.findIndex(
      ({ atMs, withinMs = Infinity }, place) => (turnsMs[place] as number) - atMs >= withinMs,
    )
    const waiter = inLine[index]
    if (waiter === undefined) return undefined
    this.remove(waiter)
    return { waiter, turnMs: turnsMs[index] as number }
  }

  private count({ referenced, waits, withinMs }: Waiter, by: 1 | -1): void {
    if (referenced) this.referenced += by
    if (waits !== undefined) this.told += by
    if (withinMs !== undefined) this.limited += by
  }
}
