/**
 * The present of a watch as a `BoardView`: its own consumers, its meters, its last problem. The consumers take what waits
 * when a turn says so, states coalesced to the newest, so that a market costs the screen no more than the screen shows.
 */
import { Subject, Subscription } from 'rxjs'
import type { PublicEvent } from '../protocol/events'
import type { ReplayProgress } from '../simulator/replay-feed'
import type { BoardView } from './board/board-view'
import { Markets } from './board/markets'
import { Meter } from './board/meter'
import type { StreamOptions } from './event-streams'
import { events$ } from './event-streams'
import { problemText } from './messages'
import type { OutputConfig } from './output'
import { codesOf, isWanted } from './wanted'

/** Trades cannot be coalesced; between two turns so many may come. */
const tradeBuffer = { capacity: 10_000, overflow: 'drop-oldest' } as const
const sampleMs = 1000

export class LiveView {
  private readonly markets: Markets
  private readonly meter = new Meter()
  private readonly turnSubject = new Subject<void>()
  private readonly running = new Subscription()
  private readonly startedMs: number
  private sampledMs = 0
  private errors = 0
  private problem: BoardView['problem']
  private progress: ReplayProgress | undefined
  private readonly wantedFrames: number

  /** `failed` is told when a stream can never deliver again. */
  constructor(
    private readonly config: OutputConfig,
    failed: (fault: unknown) => void,
  ) {
    const { upbit, wanted, source, host, problems$ } = config
    this.markets = new Markets(codesOf(wanted), source.replay !== undefined)
    this.wantedFrames = (source.replay?.summary.keys ?? [])
      .filter(({ type, code }) => isWanted(wanted, type, code))
      .reduce((sum, { frames }) => sum + frames, 0)
    this.startedMs = host.environment.now()
    this.running.add(
      problems$.subscribe((error) => {
        this.errors++
        this.problem = { text: problemText(error), atMs: host.environment.now() }
      }),
    )
    this.running.add(source.replay?.progress$.subscribe((progress) => (this.progress = progress)))
    const deliver = this.turnSubject.asObservable()
    const optionsOf = (type: string): StreamOptions =>
      type === 'trade' ? { deliver, buffer: tradeBuffer } : { deliver }
    this.running.add(
      events$(upbit, wanted, optionsOf).subscribe({ next: (event) => this.take(event), error: failed }),
    )
  }

  /** Takes what waits; to be called once for each drawing. */
  turn(): void {
    this.turnSubject.next()
    const nowMs = this.config.host.environment.now()
    this.meter.count(this.config.upbit.accounting().events, nowMs)
    if (nowMs - this.sampledMs < sampleMs) return
    this.sampledMs = nowMs
    this.markets.sample()
  }

  get view(): BoardView {
    const { upbit, wanted, source, host } = this.config
    const { manager } = upbit
    const { pending, dropped, gaps, events } = manager.accounting()
    const { host: address } = new URL(manager.options.url)
    const { perSecond, lagMs } = this.meter
    const types = wanted.map(({ type }) => type)
    return {
      nowMs: host.environment.now(),
      startedMs: this.startedMs,
      badges: source.badges,
      title: source.title === undefined ? address : `${source.title} at ${address}`,
      status: manager.status,
      markets: this.markets.views,
      hasPrices: types.some((type) => type !== 'orderbook'),
      hasTrades: types.includes('ticker') || types.includes('trade'),
      hasBooks: types.includes('orderbook'),
      counts: { events, perSecond, lagMs, queue: pending, dropped, gaps, errors: this.errors },
      ...(this.problem === undefined ? {} : { problem: this.problem }),
      ...(source.replay === undefined || this.progress === undefined
        ? {}
        : { replay: { ...this.progress, speed: source.replay.speed, wanted: this.wantedFrames } }),
    }
  }

  /** Takes what waits for the last time, and nothing more. */
  leave(): void {
    this.turn()
    this.running.unsubscribe()
  }

  private take(event: PublicEvent): void {
    this.markets.take(event)
    // A SNAPSHOT is as old as the last change, and a recording as old as itself.
    const isPresent = event.stream_type === 'REALTIME' && this.config.source.replay === undefined
    if (isPresent) this.meter.lag(event.received_at - event.timestamp)
  }
}
