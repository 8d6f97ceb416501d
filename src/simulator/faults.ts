/** Faults as data: a script of what goes wrong and when, run by `fault()` of the test kit. */
import type { ExchangeControls } from './controls'
import type { ExchangeEvent } from './encode'
import type { MalformedShape } from './malformed'
import { malformedFrame } from './malformed'

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
  | { readonly kind: 'burst'; readonly frames: number; readonly make: (index: number) => ExchangeEvent }
)

/** Does it, now. */
export function inflict(fault: Fault, exchange: ExchangeControls): void {
  switch (fault.kind) {
    case 'cut':
      return exchange.cut(fault)
    case 'error':
      return exchange.sendError(fault.name, fault.message)
    case 'refuse':
      return exchange.refuse(fault.answer, fault)
    case 'accept':
      return exchange.accept()
    case 'stall':
      return exchange.stall(fault)
    case 'resume':
      return exchange.resume()
    case 'pause-market':
      return exchange.pauseMarket()
    case 'resume-market':
      return exchange.resumeMarket()
    case 'malformed':
      return void exchange.emitRaw(malformedFrame(fault.shape))
    case 'status':
      return void exchange.emitRaw(new TextEncoder().encode('{"status":"UP"}'))
    case 'emit':
      return void exchange.emit(fault.events)
    case 'burst':
      for (let i = 0; i < fault.frames; i++) exchange.emit(fault.make(i))
  }
}
