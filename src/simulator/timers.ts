/**
 * The exchange's timers, all in one place: they end together, and `idle` can tell when none is due any more.
 * A timer keeps the process only while a client holds its socket.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'

export interface Timers {
  now(): number
  /** Calls `work` once after `delayMs`; returns what cancels it. */
  after(delayMs: number, work: () => void): () => void
  /** Resolves when no timer is due now or earlier; at once when none is. */
  idle(): Promise<void>
  /** Cancels every timer; later ones do not start. */
  end(): void
}

interface Pending {
  readonly dueMs: number
  readonly subscription: Subscription
}

export function createTimers(environment: Environment, isHeld: () => boolean): Timers {
  const pending = new Set<Pending>()
  let waiting: (() => void)[] = []
  let ended = false

  const isDue = (): boolean => {
    const now = environment.now()
    for (const { dueMs } of pending) if (dueMs <= now) return true
    return false
  }
  const settle = (): void => {
    if (waiting.length === 0 || isDue()) return
    const resolve = waiting
    waiting = []
    for (const done of resolve) done()
  }

  return {
    now: () => environment.now(),
    after(delayMs, work) {
      if (ended) return () => {}
      const subscription = environment.timer$(delayMs, { referenced: isHeld() }).subscribe(() => {
        pending.delete(timer)
        work()
        settle()
      })
      const timer: Pending = { dueMs: environment.now() + delayMs, subscription }
      pending.add(timer)
      return () => {
        subscription.unsubscribe()
        pending.delete(timer)
        settle()
      }
    },
    idle() {
      if (!isDue()) return Promise.resolve()
      return new Promise((resolve) => waiting.push(resolve))
    },
    end() {
      ended = true
      for (const { subscription } of pending) subscription.unsubscribe()
      pending.clear()
      settle()
    },
  }
}

/** Timers of one owner, which end with it. */
export class OwnTimers {
  private readonly cancels = new Set<() => void>()

  constructor(private readonly timers: Timers) {}

  now(): number {
    return this.timers.now()
  }

  after(delayMs: number, work: () => void): void {
    const cancel = this.timers.after(delayMs, () => {
      this.cancels.delete(cancel)
      work()
    })
    this.cancels.add(cancel)
  }

  end(): void {
    for (const cancel of this.cancels) cancel()
    this.cancels.clear()
  }
}
