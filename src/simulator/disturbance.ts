/**
 * Frames that come twice or after a later one of their stream: what a network of servers can do to any type. By the
 * seed, so that a run can be repeated.
 */
import type { Origin } from './audience'
import type { Broadcast } from './broadcast'
import { itemKey } from './subscription'
import type { Timers } from './timers'

/** What becomes of frames while `disturb` holds. */
export interface DisturbOptions {
  /** The share of frames that come twice, at once or a while later, 0 to 1. Default 0. */
  readonly doubled?: number
  /** The share of frames that come after the next one of their type and code, 0 to 1. Default 0. */
  readonly reordered?: number
  /** So late a frame comes at most; one that has no successor by then comes then. Default 500. */
  readonly withinMs?: number
  /**
   * `true`: a subscription's SNAPSHOT is the state at the request and comes at its usual time, while REALTIME frames
   * come before it. Default `false`.
   */
  readonly snapshotAfterRealtime?: boolean
}

type Publish = (broadcast: Broadcast, origin: Origin) => number

export class Disturbance {
  options: DisturbOptions | undefined
  private readonly held = new Map<string, () => number>()

  constructor(
    private readonly publishNow: Publish,
    private readonly timers: Timers,
    private readonly random: () => number,
  ) {}

  /** Publishes it, or keeps it for later; says how many frames went out. */
  publish(broadcast: Broadcast, origin: Origin): number {
    if (this.options === undefined && this.held.size === 0) return this.publishNow(broadcast, origin)
    const { doubled = 0, reordered = 0, withinMs = 500 } = this.options ?? {}
    const { type, code, pocketId = '' } = broadcast
    const key = `${pocketId} ${itemKey(type, code)}`
    if (reordered > 0 && !this.held.has(key) && this.random() < reordered) {
      this.hold(key, broadcast, origin, withinMs)
      return 0
    }
    const sent = this.publishNow(broadcast, origin) + (this.held.get(key)?.() ?? 0)
    if (doubled === 0 || this.random() >= doubled) return sent
    if (this.random() < 0.5) return sent + this.publishNow(broadcast, origin)
    this.timers.after(this.random() * withinMs, () => this.publishNow(broadcast, origin))
    return sent
  }

  private hold(key: string, broadcast: Broadcast, origin: Origin, withinMs: number): void {
    const release = (): number => {
      cancel()
      this.held.delete(key)
      return this.publishNow(broadcast, origin)
    }
    const cancel = this.timers.after(withinMs, () => void release())
    this.held.set(key, release)
  }
}
