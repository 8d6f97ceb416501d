/** The orders of an account that are open now, as its own events tell: what a trader chooses from. */
import type { AccountControls, MyOrderFrame } from '../../../src/testing'

export class OpenOrders {
  readonly #orders = new Map<string, MyOrderFrame>()

  constructor(account: AccountControls) {
    account.listen((frame) => {
      if (frame.type === 'myAsset') return
      const isOver =
        frame.state === 'done' ||
        frame.state === 'cancel' ||
        (frame.state === 'prevented' && frame.remaining_volume === '0')
      if (isOver) this.#orders.delete(frame.uuid)
      else this.#orders.set(frame.uuid, frame)
    })
  }

  get all(): readonly MyOrderFrame[] {
    return [...this.#orders.values()]
  }
}
