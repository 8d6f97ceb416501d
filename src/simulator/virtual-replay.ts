/** A recording replayed by the exchange in memory, in the time of a scheduler or of fake timers. */
import type { SchedulerLike } from 'rxjs'
import type { LoadedRecording } from './recording'
import type { Replay, ReplayPace } from './replay-feed'
import { ReplayFeed } from './replay-feed'
import { memorySource } from './replay-source'
import type { VirtualExchangeOptions } from './virtual-exchange'
import { VirtualExchange, virtualSurroundings } from './virtual-exchange'

/** Options of `createVirtualReplay`. */
export interface VirtualReplayOptions
  extends Omit<VirtualExchangeOptions, 'market' | 'markets' | 'rate'>, ReplayPace {}

/** The exchange in memory, replaying a recording. */
export interface VirtualReplay extends VirtualExchange {
  readonly replay: Replay
}

/**
 * Replays a recording in virtual time: the same recording gives the same events at the same times, in no time at all.
 * With a `scheduler` the clock begins at the time of the recording's first frame, so that nothing is judged too old or
 * from the future; without one it is the process's, for fake timers. The timeline begins with the first subscription;
 * `replay.progress$` completes in the turn of the last frame.
 *
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { createVirtualReplay, loadRecording } from 'upbit-rx/testing'
 * import { VirtualTimeScheduler } from 'rxjs'
 *
 * const scheduler = new VirtualTimeScheduler()
 * const exchange = createVirtualReplay(scheduler, await loadRecording('btc.jsonl.gz'))
 * const upbit = createUpbit({ ...exchange.options })
 * const subscription = upbit.trade$('KRW-BTC').subscribe(({ trade_price }) => console.log(trade_price))
 * exchange.replay.progress$.subscribe({ complete: () => subscription.unsubscribe() })
 * scheduler.flush()
 * ```
 */
export function createVirtualReplay(
  scheduler: SchedulerLike | undefined,
  recording: LoadedRecording,
  options: VirtualReplayOptions = {},
): VirtualReplay {
  const { speed, boundaries, ...exchangeOptions } = options
  const pace = {
    ...(speed === undefined ? {} : { speed }),
    ...(boundaries === undefined ? {} : { boundaries }),
  }
  const { lines, summary } = recording
  const { environment, schedule } = virtualSurroundings(scheduler, exchangeOptions, summary.startMs)
  const made: ReplayFeed[] = []
  const exchange = new VirtualExchange(environment, exchangeOptions, schedule, (outlet, timers) => {
    const feed = new ReplayFeed(memorySource(lines), summary, pace, outlet, timers)
    made.push(feed)
    return feed
  })
  return Object.assign(exchange, { replay: made[0] as ReplayFeed })
}
