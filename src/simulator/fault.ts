/** Faults as data: a script of what goes wrong and when, run by `fault()` of the test kit (`inflict.ts`). */
import type { TradeFrame } from '../protocol/trade'
import type { WireFormat } from '../protocol/wire'
import type { AcceptThenCloseOptions } from './disturb-controls'
import type { DisturbOptions } from './disturbance'
import type { ExchangeEvent } from './encode'
import type { MalformedShape } from './malformed'
import type { RefuseRestOptions, RestFault } from './rest/rest-refusal'

/** One thing that goes wrong, `atMs` after the script's start. */
export type Fault = { readonly atMs: number } & (
  | { readonly kind: 'cut'; readonly code?: number; readonly reason?: string }
  | { readonly kind: 'error'; readonly name: string; readonly message?: string }
  | {
      readonly kind: 'refuse'
      readonly answer: number | 'reset' | 'hang'
      readonly times?: number
      readonly retryAfterMs?: number
    }
  | ({ readonly kind: 'accept-then-close' } & AcceptThenCloseOptions)
  /** Ends `refuse` and `accept-then-close`. */
  | { readonly kind: 'accept' }
  | { readonly kind: 'stall'; readonly all?: boolean }
  | { readonly kind: 'resume' }
  | { readonly kind: 'pause-market' }
  | { readonly kind: 'resume-market' }
  /** A frame that no client should accept. */
  | { readonly kind: 'malformed'; readonly shape: MalformedShape }
  /** A status frame amid the data. */
  | { readonly kind: 'status' }
  /** Late, duplicated, stale: whatever the events say. */
  | { readonly kind: 'emit'; readonly events: readonly ExchangeEvent[] }
  /** Trades that REST alone knows of. */
  | { readonly kind: 'execute'; readonly trades: readonly TradeFrame[] }
  /** Doubled and reordered frames, until `calm` or another `disturb`. */
  | ({ readonly kind: 'disturb' } & DisturbOptions)
  | { readonly kind: 'calm' }
  | { readonly kind: 'step-clock'; readonly byMs: number }
  | { readonly kind: 'flip-format'; readonly format: WireFormat }
  | ({ readonly kind: 'refuse-rest'; readonly answer: RestFault } & RefuseRestOptions)
  | { readonly kind: 'accept-rest' }
  | { readonly kind: 'delay-rest'; readonly delayMs: number }
  /** `make(0)`, `make(1)` … `frames` times: back-pressure. */
  | {
      readonly kind: 'burst'
      readonly frames: number
      /** Spreads them over time. Default: all at once. */
      readonly perSecond?: number
      /** Called with 0, 1 … for each frame. */
      readonly make: (index: number) => ExchangeEvent
    }
)
