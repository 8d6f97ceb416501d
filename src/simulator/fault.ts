/** Faults as data: a script of what goes wrong and when, run by `fault()` of the test kit (`inflict.ts`). */
import type { TradeFrame } from '../protocol/trade'
import type { WireFormat } from '../protocol/wire'
import type { EmitOptions } from './emit-options'
import type { Endpoint } from './endpoint'
import type { AcceptThenCloseOptions } from './endpoint-controls'
import type { DisturbOptions } from './disturbance'
import type { ExchangeEvent } from './encode'
import type { MalformedShape } from './malformed'
import type { RefuseRestOptions, RestFault } from './rest/rest-refusal'

/** A fault of connections and dials. */
interface OfEndpoint {
  /** Whose. Default the public one. */
  readonly endpoint?: Endpoint
}

/** What goes wrong with the connections of one endpoint, or its dials. */
type EndpointFault = OfEndpoint &
  (
    | { readonly kind: 'cut'; readonly code?: number; readonly reason?: string }
    | { readonly kind: 'error'; readonly name: string; readonly message?: string }
    | {
        readonly kind: 'refuse'
        readonly answer: number | 'reset' | 'hang'
        readonly times?: number
        readonly retryAfterMs?: number
        readonly body?: string
      }
    | ({ readonly kind: 'accept-then-close' } & AcceptThenCloseOptions)
    /** Ends `refuse` and `accept-then-close`. */
    | { readonly kind: 'accept' }
    | { readonly kind: 'stall'; readonly all?: boolean }
    | { readonly kind: 'resume' }
    /** A frame that no client should accept. */
    | { readonly kind: 'malformed'; readonly shape: MalformedShape }
    /** A status frame amid the data. */
    | { readonly kind: 'status' }
    | { readonly kind: 'flip-format'; readonly format: WireFormat }
  )

/** One thing that goes wrong, `atMs` after the script's start. */
export type Fault = { readonly atMs: number } & (
  | EndpointFault
  | { readonly kind: 'pause-market' }
  | { readonly kind: 'resume-market' }
  /** Late, duplicated, stale: whatever the events say. */
  | ({ readonly kind: 'emit'; readonly events: readonly ExchangeEvent[] } & EmitOptions)
  /** Trades that REST alone knows of. */
  | { readonly kind: 'execute'; readonly trades: readonly TradeFrame[] }
  /** Doubled and reordered frames, until `calm` or another `disturb`. */
  | ({ readonly kind: 'disturb' } & DisturbOptions)
  | { readonly kind: 'calm' }
  | { readonly kind: 'step-clock'; readonly byMs: number }
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
