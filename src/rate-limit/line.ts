/**
 * One budget and who waits for it: requests of one host, scope and group stand in a line, and each goes in its turn,
 * with a permit. A place is only an estimate until then: a block that comes meanwhile holds it back.
 */
import { Observable, Subscription } from 'rxjs'
import type { Subscriber } from 'rxjs'
import type { Environment } from '../base/environment'
import type { Answer } from './answer'
import type { Budget } from './budget'
import { Waits } from './budget'
import type { Permit, Window } from './permits'
import { Permits } from './permits'
import { priorities, type Priority } from './priority'
import { Queue } from './queue'
import type { TurnTooLate } from './turn-too-late'

export interface TurnWait {
  /** Not before so many ms; it may become later. */
  readonly delayMs: number
  /** The exchange has blocked us, or else a limit is reached. */
  readonly isBlocked: boolean
}

export interface TurnRequest {
  readonly priority: Priority
  /** Whether waiting for this turn keeps the process alive. */
  readonly referenced: boolean
  /** It errors with `TurnTooLate` as soon as it cannot come within so many ms. Default: it waits as long as it takes. */
  readonly withinMs?: number | undefined
  /** Told when it has to wait, and again when that changes. */
  readonly waits?: ((wait: TurnWait) => void) | undefined
}

export interface LineConfig {
  readonly environment: Environment
  readonly now: () => number
  readonly windows: () => readonly Window[]
  /** Until when all of its scope is blocked. */
  readonly blockedUntilMs: () => number
  /** The answer that blocks it now. */
  readonly blockedBy: () => Answer | undefined
}

interface Waiter extends TurnRequest {
  readonly subscriber: Subscriber<Permit>
  readonly atMs: number
  /** It could not go at once. A millisecond that passes on the way there is no wait. */
  hasWaited: boolean
  toldMs: number
  toldBlocked: boolean
}

/** A limit passed without a stated time holds all of the line back for a period, doubling, up to this. */
const longestHoldMs = 30_000

/** Who had to wait is remembered so long. */
const waitsKeptMs = 3_600_000

export class Line {
  private readonly permits = new Permits()
  private readonly waiting = new Queue<Waiter>()
  /** How many of them keep the process alive, how many want to be told, and how many have not all the time. */
  private referenced = 0
  private told = 0
  private limited = 0
  private readonly waits = new Waits()
  private heldUntilMs = -Infinity
  private heldBy: Answer | undefined
  /** Refusals in a row. */
  private row = 0
  private timer = Subscription.EMPTY
  /** When and how it fires, as long as it has not. */
  private timerOf: { readonly atMs: number; readonly referenced: boolean } | undefined
  private usedAtMs: number

  constructor(private readonly config: LineConfig) {
    this.usedAtMs = config.now()
  }

  /**
   * Emits the permit in its turn, at once where it may, and completes; errors with `TurnTooLate`. Unsubscribing leaves
   * the line.
   */
  turn$(request: TurnRequest): Observable<Permit> {
    return new Observable((subscriber) => {
      const atMs = this.config.now()
      const waiter: Waiter = {
        ...request,
        subscriber,
        atMs,
        hasWaited: false,
        toldMs: 0,
        toldBlocked: false,
      }
      this.waiting.add(waiter)
      this.count(waiter, 1)
      subscriber.add(() => {
        if (this.remove(waiter)) this.move()
      })
      this.move()
      waiter.hasWaited = true
    })
  }

  /** The server has counted the request, or will have in `withinMs` at the latest; only the first word counts. */
  counted(permit: Permit, withinMs = 0): void {
    if (permit.countedAtMs !== Infinity) return
    permit.countedAtMs = this.config.now() + withinMs
    this.move()
  }

  /** The exchange says that so many calls are left: fewer than we think, if others of the address call too. */
  left(calls: number, { takenAtMs }: Permit): void {
    const nowMs = this.config.now()
    const [first] = this.config.windows()
    // Of a second that is over by now.
    if (first === undefined || nowMs - takenAtMs > first.periodMs) return
    for (let free = this.permits.free(first, nowMs); free > calls; free--) this.permits.take(nowMs, nowMs)
    this.move()
  }

  /** A call that went in another line was counted in this one. */
  took(): void {
    const nowMs = this.config.now()
    this.permits.take(nowMs, nowMs)
  }

  /** HTTP 429: nothing goes for the stated time, else for a period, which is past the server's next boundary. */
  refused(permit: Permit, statedMs: number | undefined, answer?: Answer): void {
    const nowMs = this.config.now()
    // The answers to what was under way together are one refusal.
    if (permit.takenAtMs >= this.heldUntilMs) this.row++
    const { periodMs } = this.config.windows()[0] as Window
    const growing = Math.min(periodMs * 2 ** (this.row - 1), Math.max(periodMs, longestHoldMs))
    this.heldBy = answer
    this.hold(nowMs + Math.max(periodMs, statedMs ?? growing))
  }

  /** What went with this permit was let in. */
  passed({ takenAtMs }: Permit): void {
    if (takenAtMs >= this.heldUntilMs) this.row = 0
  }

  hold(untilMs: number): void {
    this.heldUntilMs = Math.max(this.heldUntilMs, untilMs)
    this.move()
  }

  /** Lets go whoever may, tells the others how long it will be, and wakes up when the next one may go. */
  move(): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const nowMs = this.config.now()
      this.remove(next)
      if (next.hasWaited) this.waits.add(nowMs - next.atMs)
      this.usedAtMs = nowMs
      // What this causes may move the line again: it finds it as it is.
      next.subscriber.next(this.permits.take(nowMs))
      next.subscriber.complete()
    }
    while (this.turnAway()) {
      // Each that leaves brings the others forward.
    }
    this.wakeUp()
    this.tell()
  }

  budgetOf(host: string, scope: string, group: string): Budget {
    const { environment, now } = this.config
    const nowMs = now()
    const rows = this.config.windows().map((window) => ({
      ...window,
      free: Math.max(0, this.permits.free(window, nowMs)),
    }))
    const [least] = rows.sort((a, b) => a.free - b.free)
    const leftMs = Math.max(this.heldUntilMs, this.config.blockedUntilMs()) - nowMs
    return {
      host,
      scope: scope === 'address' ? 'address' : 'account',
      group,
      ...(least as (typeof rows)[number]),
      waiting: Object.fromEntries(
        priorities.map((priority) => [priority, this.waiting.lengthOf(priority)]),
      ) as Budget['waiting'],
      waits: this.waits.row,
      blockedUntilMs: leftMs > 0 ? environment.now() + leftMs : undefined,
    }
  }

  /** Whether it may be forgotten: nobody waits, everything has returned, and nobody had to wait for long. */
  isIdle(nowMs: number): boolean {
    if (this.waiting.length > 0 || this.permits.forget(this.config.windows(), nowMs)) return false
    // Refusals in a row are remembered as long as the longest hold would be, else who does not wait never waits longer.
    const rememberedMs = this.row === 0 ? 0 : longestHoldMs
    return (
      this.heldUntilMs + rememberedMs <= nowMs &&
      (this.waits.count === 0 || this.usedAtMs + waitsKeptMs <= nowMs)
    )
  }

  /** The first in line, if it may go now. */
  private next(): Waiter | undefined {
    const nowMs = this.config.now()
    return this.waiting.length > 0 && this.readyMs(nowMs) <= nowMs ? this.waiting.first : undefined
  }

  private readyMs(nowMs: number): number {
    const windows = this.config.windows()
    this.permits.forget(windows, nowMs)
    return Math.max(this.heldUntilMs, this.config.blockedUntilMs(), this.permits.nextMs(windows, nowMs))
  }

  /** One timer, for the first in line; it stays as long as it is right, since each one who comes asks for it. */
  private wakeUp(): void {
    const nowMs = this.config.now()
    // Where only a proof can tell there is no time, and the proof moves the line.
    const atMs = this.waiting.length === 0 ? Infinity : this.readyMs(nowMs)
    const referenced = this.referenced > 0
    if (atMs === (this.timerOf?.atMs ?? Infinity) && referenced === (this.timerOf?.referenced ?? referenced))
      return
    this.timer.unsubscribe()
    this.timerOf = atMs === Infinity ? undefined : { atMs, referenced }
    if (this.timerOf === undefined) return
    this.timer = this.config.environment.timer$(atMs - nowMs, { referenced }).subscribe(() => {
      this.timerOf = undefined
      this.move()
    })
  }

  private tell(): void {
    if (this.told === 0) return
    const nowMs = this.config.now()
    const turnsMs = this.turnsMs(nowMs)
    const isBlocked = this.config.blockedUntilMs() > nowMs
    this.waiting.inOrder().forEach((waiter, index) => {
      const untilMs = turnsMs[index] as number
      // The teller of one before may have ended it.
      if (waiter.subscriber.closed || waiter.waits === undefined) return
      if (waiter.toldMs === untilMs && waiter.toldBlocked === isBlocked) return
      waiter.toldMs = untilMs
      waiter.toldBlocked = isBlocked
      waiter.waits({ delayMs: untilMs - nowMs, isBlocked })
    })
  }

  /** The first whose turn cannot come in its time need not wait for that; returns whether there was one. */
  private turnAway(): boolean {
    if (this.limited === 0) return false
    const nowMs = this.config.now()
    const inLine = this.waiting.inOrder()
    const turnsMs = this.turnsMs(nowMs)
    const index = inLine.findIndex(
      ({ atMs, withinMs = Infinity }, place) => (turnsMs[place] as number) - atMs >= withinMs,
    )
    const waiter = inLine[index]
    if (waiter === undefined) return false
    this.remove(waiter)
    const late: TurnTooLate = {
      kind: 'turn-too-late',
      waitMs: (turnsMs[index] as number) - nowMs,
      refusal: this.config.blockedBy() ?? (this.heldUntilMs > nowMs ? this.heldBy : undefined),
    }
    waiter.subscriber.error(late)
    return true
  }

  /** When each of the line may go at the earliest, as it stands now. */
  private turnsMs(nowMs: number): readonly number[] {
    const earliestMs = Math.max(nowMs, this.heldUntilMs)
    const blockedMs = this.config.blockedUntilMs()
    return this.permits
      .turnsMs(this.config.windows(), nowMs, this.waiting.length, earliestMs)
      .map((turnMs) => Math.max(turnMs, blockedMs))
  }

  private remove(waiter: Waiter): boolean {
    const wasThere = this.waiting.remove(waiter)
    if (wasThere) this.count(waiter, -1)
    return wasThere
  }

  private count({ referenced, waits, withinMs }: Waiter, by: 1 | -1): void {
    if (referenced) this.referenced += by
    if (waits !== undefined) this.told += by
    if (withinMs !== undefined) this.limited += by
  }
}
