/**
 * Asks the exchange now and then what it has of our subscription, and lets the whole set be sent again where that is
 * something else (C9.7): a lost entry would be silence, which nothing else tells from a quiet market. A changed set brings
 * such an entry back, and hides that it was lost; so the question goes right before a change where it is due anyway.
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

/** What its answer may speak of. */
interface Question {
  readonly ticket: string
  /** What was on the wire, and what was sent behind it: the exchange may look after it has read that. */
  readonly sets: (readonly StreamKey[])[]
  /** When it was asked, and when the first set was last known to be whole, by the clock of events. */
  readonly askedWallMs: number
  readonly wholeUntilMs: number
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
  private sentAtMs = -Infinity
  /** When the first message went of which no question asked yet. */
  private unaskedSinceMs: number | undefined
  /** When what is on the wire was last known to be, by the clock of events. */
  private wholeUntilMs = 0
  /** The one that has no answer yet. */
  private question: Question | undefined
  /** The ticket of the question that was asked last, as long as no answer came, however late. */
  private unanswered: string | undefined
  private hasAnswered = false
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
    this.wholeUntilMs = this.ports.environment.now()
    this.sentAtMs = this.now()
    this.unaskedSinceMs ??= this.sentAtMs
    if (this.question === undefined) this.askIn(this.afterChangeMs)
    else this.question.sets.push(keys)
  }

  /**
   * Another set is about to go out, and a message can be spared before it: the last moment at which a loss shows. Not
   * before the exchange has answered once, since an error would be laid to what goes behind the question.
   */
  changing(): void {
    const dueMs = Math.max((this.unaskedSinceMs ?? -Infinity) + quietMs, this.askedAtMs + intervalMs)
    if (this.hasAnswered && dueMs <= this.now()) this.askNow()
  }

  /** The session is over. */
  closed(): void {
    this.isOpen = false
    this.question = this.unanswered = this.unaskedSinceMs = undefined
    this.mends = new Map()
    this.timer.unsubscribe()
  }

  /** An answer came. */
  listed(ticket: string, items: readonly ListedItem[]): void {
    if (ticket === this.unanswered) this.unanswered = undefined
    const { question } = this
    if (question === undefined || ticket !== question.ticket) return
    this.refusals = 0
    this.hasAnswered = true
    this.answered()
    const difference = this.differenceOf(question, items)
    const mendsOf = (each: string): number => this.mends.get(each) ?? 0
    const isMendable = difference.some((each) => mendsOf(each) < mostMends)
    this.mends = new Map(difference.map((each) => [each, mendsOf(each) + (isMendable ? 1 : 0)]))
    if (question.sets.length === 1 && !difference.some(isMissing)) this.wholeUntilMs = question.askedWallMs
    if (isMendable) this.ports.differs(difference, question.wholeUntilMs)
  }

  /** Whether the exchange's answers have always differed so, however often everything was sent again. */
  isOwnView(difference: readonly string[]): boolean {
    return difference.every((each) => (this.mends.get(each) ?? 0) >= mostMends)
  }

  /** An error frame came: an exchange that has no answer must be asked seldom, since it closes after every error. */
  failed(error: ServerError): void {
    if (this.question === undefined) return
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
    const ticket = (this.unanswered = environment.newId())
    const { keys, wholeUntilMs } = this
    this.question = { ticket, sets: [keys], askedWallMs: environment.now(), wholeUntilMs }
    this.askedAtMs = this.now()
    this.unaskedSinceMs = undefined
    // Later it would be an answer to what was before.
    this.after(answerWithinMs, () => this.answered())
    this.ports.ask(encodeListSubscriptions(ticket, format), ticket)
  }

  private answered(): void {
    this.question = undefined
    this.askIn(this.unaskedSinceMs === undefined ? againMs : this.afterChangeMs)
  }

  private get afterChangeMs(): number {
    return Math.max(this.sentAtMs + quietMs, this.askedAtMs + intervalMs) - this.now()
  }

  /** What it has that is none of the sets that it may speak of, and what it lacks of each. */
  private differenceOf({ sets }: Question, items: readonly ListedItem[]): readonly string[] {
    const { endpoint } = this.ports
    return sets
      .map((keys) => endpoint.difference(keys, items))
      .reduce((all, one) => {
        const ids = new Set(one)
        return all.filter((each) => ids.has(each))
      })
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
