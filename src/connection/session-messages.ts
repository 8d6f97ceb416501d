/** The messages of one session as the exchange counts them: who may send one, and which answers prove that they came. */
import type { MessageBudget, MessagePorts } from '../rate-limit/message-budget'
import type { LimitWaits } from './limit-waits'
import type { Prepared } from './session-socket'

interface Ports {
  readonly limits: LimitWaits
  /** The budget of a session that has opened. */
  budget(ports: Omit<MessagePorts, 'signAgeMs'>): MessageBudget
}

export class SessionMessages {
  private budget: MessageBudget | undefined
  /** The number of the first text `PING`, as long as nothing came that may be its answer. */
  private pinged: string | undefined
  private hasBeaten = false
  private question: { readonly ticket: string; readonly number: string } | undefined

  /** When the last one went, for the pace. */
  sentAtMs: number | undefined

  constructor(
    private readonly ports: Ports,
    private readonly now: () => number,
  ) {}

  /** A session opened; `prepared`: its socket has sent messages before. */
  opened(hasPings: boolean, proved: () => void, prepared?: Prepared): void {
    this.closed()
    this.sentAtMs = prepared && this.now()
    this.budget = prepared?.budget ?? this.ports.budget({ hasPings, proved })
    if (prepared !== undefined) prepared.proved = proved
  }

  closed(): void {
    this.budget?.close()
    this.budget = this.question = this.pinged = undefined
    this.hasBeaten = false
  }

  /** A message goes out; returns what a ping right behind it has to carry. */
  sent(): string | undefined {
    this.ports.limits.sent()
    this.sentAtMs = this.now()
    return this.budget?.take()
  }

  /** Likewise of one that is answered under this ticket. */
  asked(ticket: string): string | undefined {
    const number = this.sent()
    if (number !== undefined) this.question = { ticket, number }
    return number
  }

  /** A text `PING` wants to go; returns whether it may, and counts it then. `isExtra`: only where changes may as well. */
  keepsAlive(isExtra: boolean): boolean {
    const { budget } = this
    if (budget === undefined || budget.waitMs(isExtra ? 'addition' : 'keep-alive') > 0) return false
    const number = this.sent()
    if (!this.hasBeaten) this.pinged ??= number
    return true
  }

  /** The exchange answered what keeps alive: from the first `PING` on by a beat of its own, which proves nothing more. */
  beat(): void {
    this.hasBeaten = true
    const { pinged } = this
    this.pinged = undefined
    this.caused(pinged)
  }

  /** A question was answered. */
  listed(ticket: string): void {
    if (this.question?.ticket === ticket) this.caused(this.question.number)
  }

  /** Something came that only the message of this number can have caused. */
  caused(number: string | undefined): void {
    if (number !== undefined) this.budget?.caused(number)
  }

  ponged(payload: string | undefined): void {
    this.budget?.ponged(payload)
  }

  /** How long a change has to wait, because of the budget or because the exchange has asked us to, ms. */
  waitMs(isAddition: boolean): number {
    const permitMs = this.budget?.waitMs(isAddition ? 'addition' : 'other') ?? 0
    return Math.max(permitMs, this.ports.limits.leftMs)
  }

  /** Notes whether an addition waits for a permit. */
  waiting(isWaiting: boolean): void {
    this.budget?.waiting(isWaiting)
  }

  get isScarce(): boolean {
    return this.budget?.isScarce === true
  }

  /** Whether one can be spared now for a question, and as many as `behind` go right after it. */
  isPlenty(behind = 0): boolean {
    const { budget } = this
    if (budget === undefined || this.isScarce || this.ports.limits.leftMs > 0) return false
    return budget.hasRoom('other', 1 + behind)
  }

  get needsQuestion(): boolean {
    return this.budget?.needsQuestion === true
  }
}
