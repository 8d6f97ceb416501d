/** The consumers of an account whose buffers are emptied when they are full, each with who brings it up to date. */
import type { Consumer } from '../../channels/consumer'
import type { DropKeeper } from '../../channels/drop-keeper'
import type { OverflowRefillPorts } from './overflow-refill'
import { OverflowRefill } from './overflow-refill'

export class OverflowRefills {
  private readonly refills = new Map<Consumer, OverflowRefill>()

  constructor(private readonly ports: OverflowRefillPorts) {}

  /** For a consumer that is still there. */
  of(consumer: Consumer): DropKeeper | undefined {
    if (!consumer.isOpen) return undefined
    const refill = new OverflowRefill(consumer, this.ports)
    this.refills.set(consumer, refill)
    return refill
  }

  /** The consumer needs nothing more. */
  left(consumer: Consumer): void {
    const refill = this.refills.get(consumer)
    this.refills.delete(consumer)
    refill?.cancel()
  }
}
