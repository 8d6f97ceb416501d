/** Faults as data: a script of what goes wrong and when, run by `fault()` of the test kit (`inflict.ts`). */
import type { ExchangeEvent } from './encode'
import type { MalformedShape } from './malformed'

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
  /** `make(0)`, `make(1)` … `frames` times at once: back-pressure. */
  | {
      readonly kind: 'burst'
      readonly frames: number
      /** Called with 0, 1 … for each frame. */
      readonly make: (index: number) => ExchangeEvent
    }
)
