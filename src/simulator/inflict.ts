/** A scripted fault becomes the call of the test kit that does it. */
import type { ExchangeControls } from './controls'
import type { Fault } from './fault'
import { upText } from './keep-alive'
import { malformedFrame } from './malformed'

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
      return void exchange.emitRaw(new TextEncoder().encode(upText))
    case 'emit':
      return void exchange.emit(fault.events)
    case 'burst':
      for (let i = 0; i < fault.frames; i++) exchange.emit(fault.make(i))
  }
}
