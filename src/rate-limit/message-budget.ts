/**
 * The messages of one connection (C11.1): 5 a second and 100 a minute, 10 of them kept for additions. The proof that the
 * server has counted a message is the pong of a ping sent right behind it, since a connection keeps the order; or a frame
 * that only this message can have caused. Either proves the messages before it as well.
 *
 * A browser has no ping, and a frame of what was on the wire before proves nothing: it may have been on its way. There,
 * what no frame proves is taken for counted after 25 s, the time after which a silent connection is taken for dead.
 */
import type { Budget } from './budget'
import { Waits } from './budget'
import { messageGroup, messageWindow, minuteWindow } from './documented-limits'
import type { Permit } from './permits'
import { Permits } from './permits'
import { priorities } from './priority'

/** Kept for additions: a removal may wait, a user who subscribes may not. */
const keptForAdditions = 10
const windows = {
  addition: [messageWindow, minuteWindow],
  other: [messageWindow, { ...minuteWindow, limit: minuteWindow.limit - keptForAdditions }],
} as const

const unprovedMs = 25_000

interface Config {
  readonly now: () => number
  readonly hasPings: boolean
  /** A message was proved, so that a permit returns at a time that is known now. */
  readonly proved: () => void
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

  /** A message goes; returns what the ping right behind it has to carry. */
  take(): string {
    const nowMs = this.config.now()
    this.waiting(false)
    this.permits.forget(windows.addition, nowMs)
    const permit = this.permits.take(nowMs, this.hasPings ? Infinity : nowMs + unprovedMs)
    this.numbers.set(permit, ++this.sent)
    return String(this.sent)
  }

  /** A pong came, with what its ping carried. */
  ponged(payload: string | undefined): void {
    if (payload === undefined) return this.withoutPings()
    if (/^\d{1,15}$/.test(payload)) this.prove(Number(payload))
  }

  /** A frame came that only the message sent last can have caused. */
  caused(): void {
    this.prove(this.sent)
  }

  /** How long the next message has to wait at the least, ms; may be longer as long as a proof is missing. */
  waitMs(isAddition: boolean): number {
    const nowMs = this.config.now()
    const limits = isAddition ? windows.addition : windows.other
    if (this.permits.nextMs(limits, nowMs) <= nowMs) return 0
    const [atMs] = this.permits.turnsMs(limits, nowMs, 1)
    return (atMs as number) - nowMs
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
    const rows = windows.addition.map((window) => ({ ...window, free: this.permits.free(window, nowMs) }))
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

  private prove(number: number): void {
    // Nothing can be a proof of what was not sent.
    if (number > this.sent) return
    const nowMs = this.config.now()
    let isNews = false
    for (const permit of this.permits.taken) {
      if ((this.numbers.get(permit) as number) > number || permit.countedAtMs <= nowMs) continue
      permit.countedAtMs = nowMs
      isNews = true
    }
    if (isNews) this.config.proved()
  }

  /** This adapter's pongs do not say whose they are, so they prove nothing. */
  private withoutPings(): void {
    if (!this.hasPings) return
    this.hasPings = false
    for (const permit of this.permits.taken) {
      permit.countedAtMs = Math.min(permit.countedAtMs, permit.takenAtMs + unprovedMs)
    }
    this.config.proved()
  }
}
