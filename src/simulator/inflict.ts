/** A scripted fault becomes the call of the test kit that does it. */
import type { ExchangeControls } from './controls'
import type { EmitOptions } from './emit-options'
import type { ExchangeEvent } from './encode'
import type { Endpoint } from './endpoint'
import type { EndpointControls } from './endpoint-controls'
import type { Fault } from './fault'
import { upText } from './keep-alive'
import { malformedFrame } from './malformed'

const nothing = (): void => {}

/** Does it, now; returns what stops what goes on. */
export function inflict(fault: Fault, exchange: ExchangeControls): () => void {
  if (fault.kind === 'burst') return burst(fault, exchange)
  strike(fault, exchange)
  return nothing
}

function strike(fault: Exclude<Fault, { readonly kind: 'burst' }>, exchange: ExchangeControls): void {
  const { endpoint = 'public' } = fault as { readonly endpoint?: Endpoint }
  const struck: EndpointControls = endpoint === 'public' ? exchange : exchange[endpoint]
  switch (fault.kind) {
    case 'cut':
      return struck.cut(optionsOf(fault))
    case 'error':
      return struck.sendError(fault.name, fault.message)
    case 'refuse':
      return struck.refuse(fault.answer, withoutAnswer(optionsOf(fault)))
    case 'accept-then-close':
      return struck.acceptThenClose(optionsOf(fault))
    case 'accept':
      return struck.accept()
    case 'stall':
      return struck.stall(optionsOf(fault))
    case 'resume':
      return struck.resume()
    case 'pause-market':
      return exchange.pauseMarket()
    case 'resume-market':
      return exchange.resumeMarket()
    case 'malformed':
      return void struck.emitRaw(malformedFrame(fault.shape))
    case 'status':
      return void struck.emitRaw(new TextEncoder().encode(upText))
    case 'emit':
      return void exchange.emit(fault.events, emitOptionsOf(fault))
    case 'execute':
      return exchange.execute(fault.trades)
    case 'disturb':
      return void exchange.disturb(optionsOf(fault))
    case 'calm':
      return void exchange.disturb({})
    case 'step-clock':
      return exchange.stepClock(fault.byMs)
    case 'flip-format':
      return struck.flipFormat(fault.format)
    case 'refuse-rest':
      return exchange.refuseRest(fault.answer, withoutAnswer(optionsOf(fault)))
    case 'accept-rest':
      return exchange.acceptRest()
    case 'delay-rest':
      return exchange.delayRest(fault.delayMs)
  }
}

/** What a control is told: it knows no more names than its own. */
function optionsOf<F extends Fault & { readonly endpoint?: Endpoint }>({
  atMs: _atMs,
  kind: _kind,
  endpoint: _endpoint,
  ...options
}: F): Omit<F, 'atMs' | 'kind' | 'endpoint'> {
  return options
}

/** Whose its frames are. */
export function emitOptionsOf({ accessKey }: EmitOptions): EmitOptions {
  return accessKey === undefined ? {} : { accessKey }
}

function withoutAnswer<O extends { readonly answer: unknown }>({
  answer: _,
  ...options
}: O): Omit<O, 'answer'> {
  return options
}

/** The frames of a burst that lasts go out in so many portions a second. */
const portionsPerSecond = 100

function burst(
  { frames, make, perSecond = Infinity }: Fault & { readonly kind: 'burst' },
  exchange: ExchangeControls,
): () => void {
  const portion = Math.min(frames, Math.max(1, Math.round(perSecond / portionsPerSecond)))
  for (let i = 0; i < portion; i++) exchange.emit(make(i))
  if (portion >= frames) return nothing
  const rest = (i: number): ExchangeEvent => make(portion + i)
  const atMs = (portion / perSecond) * 1_000
  return exchange.fault([{ atMs, kind: 'burst', frames: frames - portion, make: rest, perSecond }])
}
