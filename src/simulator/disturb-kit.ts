/** The test kit over the order of frames and the clock. */
import { checkDisturb, checkStep } from './control-options'
import type { DisturbControls } from './disturb-controls'
import type { DisturbOptions } from './disturbance'
import { RestKit } from './rest/rest-kit'

export abstract class DisturbKit extends RestKit implements DisturbControls {
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
}
