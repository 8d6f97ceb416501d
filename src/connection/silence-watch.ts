/**
 * Names codes that stay silent (C10.3). The exchange answers a code that it does not list with silence; a ticker or
 * an order book of a listed one sends its SNAPSHOT within 400 ms (seen 2026-09). Trades and candles may be silent: they
 * are named only to who can tell whether the code exists.
 */
import { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { StreamKey } from '../registry/stream-key'

const silenceMs = 5000

export class SilenceWatch {
  private readonly waiting = new Map<string, StreamKey>()
  private timers = new Subscription()

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
    for (const key of keys) if (this.namesAll || hasState(key)) this.waiting.set(key.id, key)
  }

  /** The exchange accepted what was sent: five seconds from now, whoever has not spoken is named. */
  accepted(): void {
    if (this.waiting.size === 0) return
    const watched = [...this.waiting.values()]
    const timer = this.environment.timer$(silenceMs).subscribe(() => {
      for (const key of watched) if (this.waiting.delete(key.id)) this.silent(key)
    })
    this.timers.add(timer)
  }

  received(id: string): void {
    this.waiting.delete(id)
  }

  /** An entry left the wire, or the session is over: silence means nothing any more. */
  forget(isWanted: (id: string) => boolean): void {
    for (const id of this.waiting.keys()) if (!isWanted(id)) this.waiting.delete(id)
  }

  closed(): void {
    this.waiting.clear()
    this.timers.unsubscribe()
    this.timers = new Subscription()
  }
}

/** Whether the exchange sends something for it at once, whatever happens in its market. */
export function hasState({ type }: StreamKey): boolean {
  return type === 'ticker' || type === 'orderbook'
}
