/**
 * The first subscription of an account to its balances ever, which may stay silent for minutes (docs.upbit.com,
 * `websocket-myasset`, read 2026-11); no later one does.
 */
import type { Timers } from './timers'

export class FirstAssets {
  private readonly fromMs = new Map<string, number>()

  constructor(
    private readonly delayMs: number,
    private readonly timers: Pick<Timers, 'now'>,
  ) {}

  asked(pocketId: string): void {
    if (!this.fromMs.has(pocketId)) this.fromMs.set(pocketId, this.timers.now() + this.delayMs)
  }

  areHeard(pocketId: string): boolean {
    return this.timers.now() >= (this.fromMs.get(pocketId) ?? 0)
  }
}
