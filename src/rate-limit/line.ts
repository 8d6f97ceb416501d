/**
 * One budget and who waits for it: requests of one host, scope and group stand in a line, and each goes in its turn,
 * with a permit. A place is only an estimate until then: a block that comes meanwhile holds it back.
 */
import { Observable } from 'rxjs'
import type { Environment } from '../base/environment'
import { Alarm } from './alarm'
import type { Answer } from './answer'
import type { Budget } from './budget'
import { Waits } from './budget'
import type { Permit, Window } from './permits'
import { Permits } from './permits'
import { priorities } from './priority'
import type { RefusalPorts } from './refusals'
import { Refusals } from './refusals'
import type { TurnTooLate } from './turn-too-late'
import type { TurnRequest, Waiter } from './waiters'
import { Waiters } from './waiters'

export interface LineConfig extends RefusalPorts {
  readonly environment: Environment
  readonly now: () => number
  readonly windows: () => readonly Window[]
  /** Other lines of its scope may move as well. */
  readonly freed: () => void
}

/** Who had to wait is remembered so long. */
const waitsKeptMs = 3_600_000

export class Line {
  private readonly permits = new Permits()
  private readonly waiting = new Waiters()
  private readonly waits = new Waits()
  private readonly refusals: Refusals
  /** For the first in line. */
  private readonly alarm: Alarm
  private usedAtMs: number

  constructor(private readonly config: LineConfig) {
    this.refusals = new Refusals(config)
    this.usedAtMs = config.now()
    this.alarm = new Alarm(config.environment, () => this.move())
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
      subscriber.add(() => {
        if (this.waiting.remove(waiter)) this.move()
      })
      this.move()
      waiter.hasWaited = true
    })
  }

  /** The server has counted the request, or will have in `withinMs` at the latest; only the first word counts. */
  counted(permit: Permit, withinMs = 0): void {
    if (permit.countedAtMs !== Infinity) return
    permit.countedAtMs = this.config.now() + withinMs
    this.over(permit)
  }

  /**
   * A request that `goesLater` goes now. Returns whether it may: if not, something was refused meanwhile, and it has to
   * give its permit back.
   */
  goes(permit: Permit): boolean {
    const nowMs = this.config.now()
    if (this.refusals.openAtMs(nowMs) > nowMs) return false
    permit.takenAtMs = nowMs
    this.refusals.goes(permit)
    return true
  }

  /** The request of this permit has not gone, and will not. */
  giveBack(permit: Permit): void {
    this.permits.giveBack(permit)
    this.over(permit)
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

  /** HTTP 429: nothing goes for a while, and one first then. */
  refused(permit: Permit, statedMs: number | undefined, answer?: Answer): void {
    const { periodMs } = this.config.windows()[0] as Window
    this.refusals.held.refused(permit, periodMs, this.config.now(), statedMs, answer)
    this.move()
  }

  /** What went with this permit was let in. `counted` is to follow. */
  passed(permit: Permit): void {
    this.refusals.held.passed(permit)
  }

  hold(untilMs: number): void {
    this.refusals.held.until(untilMs)
    this.move()
  }

  /** Lets go whoever may, tells the others how long it will be, and wakes up when the next one may go. */
  move(): void {
    for (let next = this.next(); next !== undefined; next = this.next()) {
      const nowMs = this.config.now()
      this.waiting.remove(next)
      if (next.hasWaited) this.waits.add(nowMs - next.atMs)
      this.usedAtMs = nowMs
      const permit = this.permits.take(nowMs)
      if (next.goesLater !== true) this.refusals.goes(permit)
      // What this causes may move the line again: it finds it as it is.
      next.subscriber.next(permit)
      next.subscriber.complete()
    }
    while (this.turnAway()) {
      // Each that leaves brings the others forward.
    }
    const nowMs = this.config.now()
    // Where only a proof can tell there is no time, and the proof moves the line.
    const readyMs = this.waiting.length === 0 ? Infinity : this.readyMs(nowMs)
    this.alarm.set(readyMs, nowMs, this.waiting.isReferenced)
    this.waiting.tell(
      () => {
        const givenUpAtMs = this.refusals.givenUpAtMs(nowMs)
        return this.turnsMs(nowMs).map((turnMs) => Math.max(turnMs, givenUpAtMs))
      },
      nowMs,
      () => this.refusals.isBlocked(nowMs),
    )
  }

  budgetOf(host: string, scope: string, group: string): Budget {
    const { environment, now } = this.config
    const nowMs = now()
    const rows = this.config.windows().map((window) => ({
      ...window,
      free: Math.max(0, this.permits.free(window, nowMs)),
    }))
    const [least] = rows.sort((a, b) => a.free - b.free)
    const leftMs = this.refusals.heldUntilMs - nowMs
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
    return (
      this.refusals.held.isIdle(nowMs) && (this.waits.count === 0 || this.usedAtMs + waitsKeptMs <= nowMs)
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
    return Math.max(this.refusals.openAtMs(nowMs), this.permits.nextMs(windows, nowMs))
  }

  /** A request is over, or has not gone: who waited for its answer may go. */
  private over(permit: Permit): void {
    if (this.refusals.over(permit)) this.config.freed()
    else this.move()
  }

  /** The first whose turn cannot come in its time need not wait for that; returns whether there was one. */
  private turnAway(): boolean {
    const nowMs = this.config.now()
    const late = this.waiting.takeTooLate(() => this.turnsMs(nowMs))
    if (late === undefined) return false
    const refusal = this.refusals.by(nowMs)
    const error: TurnTooLate = { kind: 'turn-too-late', waitMs: late.turnMs - nowMs, refusal }
    late.waiter.subscriber.error(error)
    return true
  }

  /** When each of the line may go at the earliest, as it stands now: an answer that is waited for may come at once. */
  private turnsMs(nowMs: number): readonly number[] {
    const earliestMs = Math.max(nowMs, this.refusals.held.untilMs)
    const blockedMs = this.refusals.blockedUntilMs
    return this.permits
      .turnsMs(this.config.windows(), nowMs, this.waiting.length, earliestMs)
      .map((turnMs) => Math.max(turnMs, blockedMs))
  }
}
