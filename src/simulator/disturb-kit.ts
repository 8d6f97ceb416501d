/** The test kit over frames, clock and dials that lead nowhere. */
import type { WireFormat } from '../protocol/wire'
import { checkAcceptThenClose, checkDisturb, checkFormat, checkStep } from './control-options'
import type { AcceptThenCloseOptions, DisturbControls } from './disturb-controls'
import type { DisturbOptions } from './disturbance'
import type { ExchangeConnection } from './exchange-connection'
import { RestKit } from './rest/rest-kit'

export abstract class DisturbKit extends RestKit implements DisturbControls {
  /** Accepted dials that lead nowhere. */
  private hollow: AcceptThenCloseOptions | undefined
  private hollowLeft = 0

  get clockMs(): number {
    return this.exchange.clock()
  }

  disturb(options: DisturbOptions): () => void {
    checkDisturb(options)
    this.exchange.disturbance.options = options
    return () => {
      // A later call's are not this one's to end.
      if (this.exchange.disturbance.options === options) this.exchange.disturbance.options = undefined
    }
  }

  stepClock(byMs: number): void {
    checkStep(byMs)
    this.exchange.stepClock(byMs)
  }

  flipFormat(format: WireFormat): void {
    checkFormat(format)
    for (const { subscriber } of this.exchange.connections) subscriber.format = format
  }

  acceptThenClose(options: AcceptThenCloseOptions = {}): void {
    checkAcceptThenClose(options)
    this.hollow = options
    this.hollowLeft = options.times ?? Infinity
  }

  /** Dials are accepted again, and last. */
  accept(): void {
    this.hollow = undefined
    this.exchange.gate.order(undefined)
  }

  /** @internal A connection has been opened: it may be one that is to end at once. */
  protected connected(connection: ExchangeConnection): void {
    const { hollow } = this
    if (hollow === undefined || this.hollowLeft <= 0) return
    this.hollowLeft--
    const { code, reason = '', afterMs = 0 } = hollow
    this.exchange.timers.after(afterMs, () => {
      if (code === undefined || code === 1006) connection.drop()
      else connection.close(code, reason)
    })
  }
}
