/** One timer that may be set anew at any time; it stays as long as it is right, since each one who comes to a line sets it. */
import { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'

export class Alarm {
  private timer = Subscription.EMPTY
  /** When and how it fires, as long as it has not. */
  private present: { readonly atMs: number; readonly referenced: boolean } | undefined

  constructor(
    private readonly environment: Environment,
    private readonly rings: () => void,
  ) {}

  /** `Infinity`: not at all. `referenced`: waiting for it keeps the process alive. */
  set(atMs: number, nowMs: number, referenced: boolean): void {
    const { present } = this
    if (atMs === (present?.atMs ?? Infinity) && referenced === (present?.referenced ?? referenced)) return
    this.timer.unsubscribe()
    this.present = atMs === Infinity ? undefined : { atMs, referenced }
    if (this.present === undefined) return
    this.timer = this.environment.timer$(atMs - nowMs, { referenced }).subscribe(() => {
      this.present = undefined
      this.rings()
    })
  }
}
