/** The fetch of one gap, for all consumers that missed it: given up when none of them is left. */
import { Subscription } from 'rxjs'
import type { GapReason } from '../gap-event'
import type { ConsumerFill } from './consumer-fill'
import { reasonOf } from './fill-stop'
import type { Filling } from './filling'

/** All gaps of one consumer. */
interface Member {
  /** What the filling has is the consumer's from now on. */
  withhold(filling: Filling, entry: string | undefined): void
}

export interface GapFillPorts {
  /** It was done, or given up. Once. */
  done(): void
  /** The fetch failed in a way of its own. */
  fault(error: unknown): void
}

export class GapFill {
  private readonly members = new Map<Member, ConsumerFill>()
  private readonly work = new Subscription()
  private isSettled = false

  constructor(
    private readonly filling: Filling,
    /** What it is of; absent where a consumer lost what came by the socket, which does not come again. */
    private readonly entry: string | undefined,
    private readonly ports: GapFillPorts,
  ) {}

  add(consumer: Member, fill: ConsumerFill): void {
    this.members.set(consumer, fill)
  }

  start(): void {
    if (this.isSettled) return
    this.work.add(
      this.filling.work$.subscribe({
        next: (reason) => this.settle(reason),
        error: (error: unknown) => {
          this.ports.fault(error)
          this.settle(reasonOf(error))
        },
      }),
    )
  }

  /** One that needs nothing more of it: it has all, or has left. */
  leave(consumer: Member): void {
    if (!this.members.delete(consumer) || this.members.size > 0) return
    this.filling.release()
    if (this.isSettled) return
    this.isSettled = true
    this.work.unsubscribe()
    this.ports.done()
  }

  private settle(reason: GapReason | undefined): void {
    if (this.isSettled) return
    this.isSettled = true
    const members = [...this.members]
    // All of them first: what comes by the socket from now on is the fill's to give.
    for (const [consumer] of members) consumer.withhold(this.filling, this.entry)
    this.ports.done()
    for (const [, fill] of members) fill.settle(this.filling, reason)
  }
}
