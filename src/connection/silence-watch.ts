/**
 * Names codes that stay silent (C10.3). The exchange answers a code that it does not list with silence; a ticker or
 * an order book of a listed one sends its SNAPSHOT within 400 ms (seen 2026-09). Trades and candles may be silent: they
 * are named only to who can tell whether the code exists.
 */
import { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { StreamKey } from '../registry/stream-key'

const silenceMs = 5000
/** Without pings: how often a sign is looked for, and how long after it the codes may speak yet. */
const lookEveryMs = 1000

/** How a line is asked whether it lives. */
export interface LifeLine {
  /** Rises with every frame and every pong. */
  readonly signs: () => number
  /** Sends a ping with this payload; `undefined` where there is none. */
  readonly ping?: ((payload: string) => void) | undefined
}

/** Of an entry that was taken off and is asked for again there is another one: the time of the one before means nothing. */
interface Watch {
  readonly key: StreamKey
}

export class SilenceWatch {
  private readonly waiting = new Map<string, Watch>()
  private timers = new Subscription()
  private line: LifeLine | undefined
  /** Whom a ping is out for, by what it carries. */
  private readonly asked = new Map<string, readonly Watch[]>()
  private questions = 0

  constructor(
    private readonly environment: Environment,
    private readonly silent: (key: StreamKey) => void,
    /** Trades and candles too. */
    private readonly namesAll = false,
  ) {}

  /** Whether `received` has to be told of events at all; false once every code has spoken. */
  get isWatching(): boolean {
    return this.waiting.size > 0
  }

  /** These entries go on the wire: those of a type with a state will have to speak. */
  sent(keys: readonly StreamKey[]): void {
    for (const key of keys) if (this.namesAll || hasState(key)) this.waiting.set(key.id, { key })
  }

  /** A session opened. */
  opened(line: LifeLine): void {
    this.line = line
  }

  /** The exchange accepted what was sent: five seconds from now, whoever has not spoken is named if the line lives. */
  accepted(): void {
    if (this.waiting.size === 0) return
    const watched = [...this.waiting.values()]
    this.after(silenceMs, () => this.ask(watched))
  }

  /** A pong came, with what its ping carried; `undefined` where it does not say. */
  ponged(payload: string | undefined): void {
    for (const [asked, watched] of this.asked) {
      if (payload !== undefined && payload !== asked) continue
      this.asked.delete(asked)
      this.name(watched)
    }
  }

  received(id: string): void {
    this.waiting.delete(id)
  }

  /** An entry left the wire, or the session is over: silence means nothing any more. */
  forget(isWanted: (id: string) => boolean): void {
    for (const id of this.waiting.keys()) if (!isWanted(id)) this.waiting.delete(id)
  }

  closed(): void {
    this.line = undefined
    this.asked.clear()
    this.waiting.clear()
    this.timers.unsubscribe()
    this.timers = new Subscription()
  }

  private ask(watched: readonly Watch[]): void {
    const silent = watched.filter((watch) => this.isWaiting(watch))
    const { line } = this
    if (silent.length === 0 || line === undefined) return
    if (line.ping === undefined) return this.look(silent, line.signs())
    const payload = `life ${++this.questions}`
    this.asked.set(payload, silent)
    line.ping(payload)
  }

  private look(watched: readonly Watch[], signsBefore: number): void {
    this.after(lookEveryMs, () => {
      if (this.line === undefined) return
      if (this.line.signs() === signsBefore) this.look(watched, signsBefore)
      else this.after(lookEveryMs, () => this.name(watched))
    })
  }

  private name(watched: readonly Watch[]): void {
    for (const watch of watched) {
      if (!this.isWaiting(watch)) continue
      this.waiting.delete(watch.key.id)
      this.silent(watch.key)
    }
  }

  private isWaiting(watch: Watch): boolean {
    return this.waiting.get(watch.key.id) === watch
  }

  private after(delayMs: number, work: () => void): void {
    this.timers.add(this.environment.timer$(delayMs).subscribe(work))
  }
}

/** Whether the exchange sends something for it at once, whatever happens in its market. */
export function hasState({ type }: StreamKey): boolean {
  return type === 'ticker' || type === 'orderbook'
}
