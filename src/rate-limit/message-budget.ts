/**
 * The messages of one connection (C11.1): 5 a second and 100 a minute, 10 of them kept for additions. The proof that the
 * server has counted a message is the pong of a ping sent right behind it, since a connection keeps the order; or a frame
 * that only this message can have caused. Either proves the messages before it as well.
 *
 * A browser has no ping, some peers answer none, and a frame of what was on the wire before proves nothing: it may have been on its way. What
 * nothing proves there counts with a sign of life a minute after it: a line that stalls is silent both ways, since TCP
 * sends nothing new to who acknowledges nothing, and one that is silent for so long was judged dead (`heartbeat.ts`).
 * Until then it keeps its permit, therefore some are kept for what keeps alive and for what asks for a proof.
 */
import type { Budget } from './budget'
import { Waits } from './budget'
import { messageGroup, messageWindow, minuteWindow } from './documented-limits'
import type { Permit, Window } from './permits'
import { Permits } from './permits'
import { priorities } from './priority'

/** What a message is for: an addition goes before other changes, and what keeps alive has permits of its own. */
export type MessageUse = 'addition' | 'other' | 'keep-alive'

/** Kept for additions: a removal may wait, a user who subscribes may not. */
const keptForAdditions = 10
/** Kept for what keeps alive where that is a message: of a second, and of a minute, whose permits are out for two. */
const keptForLife = { ofSecond: 1, ofMinute: 6 }

/** A silent line in a browser is judged dead after 55 s at the latest. */
const signAfterMs = 60_000
/** A peer that lives, and has answered no ping for so long, is treated like one without (`acceptance.ts`). */
const pongWithinMs = 10_000

const all = [messageWindow, minuteWindow]
const withPings: WindowsByUse = {
  addition: all,
  other: all.map((window) => less(window, window === minuteWindow ? keptForAdditions : 0)),
  'keep-alive': all,
}
const withoutPings: WindowsByUse = {
  ...withPings,
  addition: withPings.addition.map(living),
  other: withPings.other.map(living),
}

type WindowsByUse = Readonly<Record<MessageUse, readonly Window[]>>

/** What a connection tells its budget, and is told by it. */
export interface MessagePorts {
  readonly hasPings: boolean
  /** A message was proved, so that a permit returns at a time that is known now. */
  readonly proved: () => void
  /** How long ago anything came from the server, ms. */
  readonly signAgeMs: () => number
}

interface Config extends MessagePorts {
  readonly now: () => number
  readonly closed: () => void
}

export class MessageBudget {
  private readonly permits = new Permits()
  private readonly waits = new Waits()
  private readonly numbers = new WeakMap<Permit, number>()
  private sent = 0
  private hasPings: boolean
  private waitingSinceMs: number | undefined

  constructor(private readonly config: Config) {
    this.hasPings = config.hasPings
  }

  /** A message goes; returns its number, which the ping right behind it has to carry. */
  take(): string {
    const nowMs = this.config.now()
    this.settle(nowMs)
    this.permits.forget(all, nowMs)
    const permit = this.permits.take(nowMs)
    this.numbers.set(permit, ++this.sent)
    return String(this.sent)
  }

  /** A pong came, with what its ping carried. */
  ponged(payload: string | undefined): void {
    if (payload !== undefined) {
      // One that was late: what it was judged by is refuted.
      if (this.isOfOurs(payload)) this.hasPings = this.config.hasPings
      return this.caused(payload)
    }
    // This adapter's pongs do not say whose they are, so they prove nothing.
    if (!this.hasPings) return
    this.hasPings = false
    this.config.proved()
  }

  /** Something came that only the message of this number can have caused, or one after it. */
  caused(number: string): void {
    // Nothing can be a proof of what was not sent.
    if (this.isOfOurs(number)) this.prove(Number(number))
  }

  /** How long the next message has to wait at the least, ms; may be longer as long as a proof is missing. */
  waitMs(use: MessageUse): number {
    const nowMs = this.config.now()
    this.settle(nowMs)
    const limits = this.windows[use]
    if (this.permits.nextMs(limits, nowMs) <= nowMs) return 0
    const [atMs] = this.permits.turnsMs(limits, nowMs, 1)
    return (atMs as number) - nowMs
  }

  /** Whether so many may go at once. */
  hasRoom(use: MessageUse, count: number): boolean {
    const nowMs = this.config.now()
    this.settle(nowMs)
    return this.windows[use].every((window) => this.permits.free(window, nowMs) >= count)
  }

  /** Whether changes wait for a proof that nothing but a question can bring soon, and a permit is left for one. */
  get needsQuestion(): boolean {
    const isUnproved = this.permits.taken.some(({ countedAtMs }) => countedAtMs === Infinity)
    return !this.hasPings && isUnproved && this.waitMs('addition') > 0 && this.waitMs('keep-alive') === 0
  }

  /** Notes whether an addition waits for a permit. */
  waiting(isWaiting: boolean): void {
    const nowMs = this.config.now()
    if (isWaiting) this.waitingSinceMs ??= nowMs
    else if (this.waitingSinceMs !== undefined) {
      this.waits.add(nowMs - this.waitingSinceMs)
      this.waitingSinceMs = undefined
    }
  }

  /** Whether less than half of the minute's budget is left. */
  get isScarce(): boolean {
    return this.permits.free(minuteWindow, this.config.now()) <= minuteWindow.limit / 2
  }

  /** The connection is gone, and with it what was counted for it. */
  close(): void {
    this.config.closed()
  }

  budgetOf(host: string): Budget {
    const nowMs = this.config.now()
    const rows = all.map((window) => ({ ...window, free: this.permits.free(window, nowMs) }))
    const [least] = rows.sort((a, b) => a.free - b.free)
    return {
      host,
      scope: 'connection',
      group: messageGroup,
      ...(least as (typeof rows)[number]),
      waiting: {
        ...(Object.fromEntries(priorities.map((priority) => [priority, 0])) as Budget['waiting']),
        subscribe: this.waitingSinceMs === undefined ? 0 : 1,
      },
      waits: this.waits.row,
      blockedUntilMs: undefined,
    }
  }

  private get windows(): WindowsByUse {
    return this.hasPings ? withPings : withoutPings
  }

  private isOfOurs(number: string): boolean {
    return /^\d{1,15}$/.test(number) && Number(number) >= 1 && Number(number) <= this.sent
  }

  private prove(number: number): void {
    const nowMs = this.config.now()
    let isNews = false
    for (const permit of this.permits.taken) {
      if ((this.numbers.get(permit) as number) > number || permit.countedAtMs <= nowMs) continue
      permit.countedAtMs = nowMs
      isNews = true
    }
    if (isNews) this.config.proved()
  }

  /** What nothing has proved counts with a sign of life that came long enough after it. */
  private settle(nowMs: number): void {
    const ageMs = this.config.signAgeMs()
    // The clock was set back: when that sign came is not known.
    if (ageMs < 0) return
    const signAtMs = nowMs - ageMs
    const unproved = this.permits.taken.filter(({ countedAtMs }) => countedAtMs === Infinity)
    // It was alive when the pong of the first of them was long due.
    if (unproved.some(({ takenAtMs }) => takenAtMs + pongWithinMs <= signAtMs)) this.hasPings = false
    if (this.hasPings) return
    for (const permit of unproved)
      if (permit.takenAtMs + signAfterMs <= signAtMs) permit.countedAtMs = signAtMs
  }
}

function living(window: Window): Window {
  return less(
    window,
    window.periodMs === messageWindow.periodMs ? keptForLife.ofSecond : keptForLife.ofMinute,
  )
}

function less(window: Window, kept: number): Window {
  return { ...window, limit: window.limit - kept }
}
