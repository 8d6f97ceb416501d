/**
 * Asks the exchange now and then what it has of our subscription, and lets the whole set be sent again where that is
 * something else (C9.7): a lost entry would be silence, which nothing else tells from a quiet market.
 */
import { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ListedItem, ServerError } from '../protocol/control'
import { encodeListSubscriptions } from '../protocol/request'
import type { WireFormat } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { Endpoint } from './endpoint'
import { isLimitError } from './server-error'
import { steadyClock } from '../base/steady-clock'

export interface SubscriptionCheckPorts {
  readonly environment: Environment
  readonly endpoint: Pick<Endpoint, 'difference'>
  readonly format: WireFormat
  /** Whether a message can be spared, and none is due that would change what is asked about. */
  mayAsk(): boolean
  /** Sends the question, which counts as a message. */
  ask(text: string, ticket: string): void
  /**
   * The exchange has something else: `- ticker KRW-BTC` is missing there, `+ ticker KRW-BTC` is too much. It had everything
   * at `wholeUntilMs`.
   */
  differs(difference: readonly string[], wholeUntilMs: number): void
}

const quietMs = 10_000
const intervalMs = 60_000
const answerWithinMs = 5000
/** An entry may be lost at any time, and a message in five minutes is 1 of 500. */
const againMs = 300_000
/** So often is one difference mended before it is taken for the exchange's own view. */
const mostMends = 2
/** After a refused question, doubling with each in a row. */
const refusedMs = 600_000
const longestRefusedMs = 14_400_000

export class SubscriptionCheck {
  private readonly now: () => number
  private isOpen = false
  private keys: readonly StreamKey[] = []
  private timer = new Subscription()
  private askedAtMs = -Infinity
  /** When the question was asked, and when what is on the wire was last known to be, by the clock of events. */
  private askedWallMs = 0
  private wholeUntilMs = 0
  /** The ticket of the question that has no answer yet. */
  private ticket: string | undefined
  /** The ticket of the question that was asked last, as long as no answer came, however late. */
  private unanswered: string | undefined
  /** How often what differed in the last answer was mended: what two resent sets did not mend is how the exchange is. */
  private mends: ReadonlyMap<string, number> = new Map()
  /** Questions in a row that were refused, and until when none is asked because of them. */
  private refusals = 0
  private silentUntilMs = -Infinity

  constructor(private readonly ports: SubscriptionCheckPorts) {
    this.now = steadyClock(ports.environment)
  }

  /** A subscribe message with these entries goes out. */
  sent(keys: readonly StreamKey[]): void {
    this.isOpen = true
    this.keys = keys
    this.ticket = undefined
    this.wholeUntilMs = this.ports.environment.now()
    this.askIn(Math.max(quietMs, this.askedAtMs + intervalMs - this.now()))
  }

  /** The session is over. */
  closed(): void {
    this.isOpen = false
    this.ticket = this.unanswered = undefined
    this.mends = new Map()
    this.timer.unsubscribe()
  }

  /** An answer came. */
  listed(ticket: string, items: readonly ListedItem[]): void {
    if (ticket === this.unanswered) this.unanswered = undefined
    if (ticket !== this.ticket) return
    this.refusals = 0
    this.answered()
    const difference = this.ports.endpoint.difference(this.keys, items)
    const mendsOf = (each: string): number => this.mends.get(each) ?? 0
    const isMendable = difference.some((each) => mendsOf(each) < mostMends)
    this.mends = new Map(difference.map((each) => [each, mendsOf(each) + (isMendable ? 1 : 0)]))
    if (isMendable) this.ports.differs(difference, this.wholeUntilMs)
    if (!difference.some(isMissing)) this.wholeUntilMs = this.askedWallMs
  }

  /** Whether the exchange's answers have always differed so, however often everything was sent again. */
  isOwnView(difference: readonly string[]): boolean {
    return difference.every((each) => (this.mends.get(each) ?? 0) >= mostMends)
  }

  /** An error frame came: an exchange that has no answer must be asked seldom, since it closes after every error. */
  failed(error: ServerError): void {
    if (this.ticket === undefined) return
    this.answered()
    if (isLimitError(error)) return
    this.silentUntilMs = this.now() + Math.min(refusedMs * 2 ** this.refusals++, longestRefusedMs)
  }

  /** The answer is wanted at once, as the proof of what went before it; unless the exchange gave none, or refused. */
  askNow(): void {
    if (this.isOpen && this.unanswered === undefined && this.silentUntilMs <= this.now()) this.ask()
  }

  private askIfSpared(): void {
    if (!this.isOpen) return
    const silentMs = this.silentUntilMs - this.now()
    if (silentMs > 0) return this.askIn(silentMs)
    if (!this.ports.mayAsk()) return this.askIn(quietMs)
    this.ask()
  }

  private ask(): void {
    const { environment, format } = this.ports
    const ticket = (this.ticket = this.unanswered = environment.newId())
    this.askedAtMs = this.now()
    this.askedWallMs = environment.now()
    // Later it would be an answer to what was before.
    this.after(answerWithinMs, () => this.answered())
    this.ports.ask(encodeListSubscriptions(ticket, format), ticket)
  }

  private answered(): void {
    this.ticket = undefined
    this.askIn(againMs)
  }

  private askIn(delayMs: number): void {
    this.after(delayMs, () => this.askIfSpared())
  }

  private after(delayMs: number, work: () => void): void {
    this.timer.unsubscribe()
    this.timer = this.ports.environment.timer$(delayMs).subscribe(work)
  }
}

function isMissing(each: string): boolean {
  return each.startsWith('- ')
}
