/** What a chaos runs in: an exchange, a client of it and a time. The same over real sockets and in virtual time. */
import type { Environment } from '../../src/base/environment'
import type { Upbit } from '../../src/index'
import type { ExchangeControls } from '../../src/testing'

export interface World {
  readonly exchange: ExchangeControls
  readonly environment: Environment
  readonly upbit: Upbit
  /** How much later than in no time at all something may arrive, ms of this world's time; 0 where time is virtual. */
  readonly slackMs: number
}

/** Calls `work` once after so long, in the world's time; returns what cancels it. */
export function after(
  { environment }: Pick<World, 'environment'>,
  delayMs: number,
  work: () => void,
): () => void {
  const timer = environment.timer$(delayMs).subscribe(work)
  return () => timer.unsubscribe()
}

/** Calls `work` again and again, in the world's time; returns what ends it. */
export function every(world: Pick<World, 'environment'>, periodMs: number, work: () => void): () => void {
  let cancel = (): void => {}
  const next = (): void => {
    cancel = after(world, periodMs, () => {
      next()
      work()
    })
  }
  next()
  return () => cancel()
}

/**
 * Work of a handler that takes so long: settles in the world's own time. No promise, whose turn a virtual clock would
 * have to wait for, so that a virtual run is the same to the bit.
 */
export function takes(world: Pick<World, 'environment'>, durationMs: number): PromiseLike<undefined> {
  return {
    then(resolve?: ((value: undefined) => unknown) | null): never {
      after(world, durationMs, () => resolve?.(undefined))
      // Nobody chains on what a handler returns.
      return undefined as never
    },
  }
}
