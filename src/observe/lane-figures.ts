/** The figures of one lane: what its connection counted second by second, the lag of its events and their latency. */
import type { LaneMeter } from '../channels/meter'
import type { ConnectionCounters } from '../connection/counters'
import type { AnyType } from '../protocol/wire'
import { CounterHistory } from './counter-history'
import { Histogram } from './histogram'
import { LagClock } from './lag-clock'
import type { SteadyTime } from './steady-time'

export class LaneFigures implements LaneMeter {
  readonly history: CounterHistory
  readonly clock = new LagClock()
  readonly lags = new Map<AnyType, Histogram>()
  readonly latency = new Histogram()

  /** `second` is called once in every second in which something is counted, before it is. */
  constructor(
    nowMs: number,
    private readonly steady: SteadyTime,
    private readonly second: (nowMs: number) => void,
  ) {
    this.history = new CounterHistory(nowMs)
  }

  ahead(wallMs: number, counters: ConnectionCounters): void {
    const nowMs = this.steady.at(wallMs)
    if (this.history.ahead(nowMs, counters)) this.second(nowMs)
  }

  live(type: AnyType, timestamp: number, receivedAtMs: number): void {
    const lagMs = this.clock.lagMs(timestamp, receivedAtMs)
    if (lagMs === undefined) return
    let histogram = this.lags.get(type)
    if (histogram === undefined) this.lags.set(type, (histogram = new Histogram()))
    histogram.add(lagMs, this.steady.at(receivedAtMs))
  }

  answered(roundTripMs: number): void {
    this.clock.roundTripMs = roundTripMs
  }

  delivered(latencyMs: number, nowMs: number): void {
    this.latency.add(latencyMs, this.steady.at(nowMs))
  }
}
