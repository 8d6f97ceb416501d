/** All that can be seen of a manager: figures, health and state. Counts along always; works out only what is asked. */
import type { Observable } from 'rxjs'
import { concat, defer, map, merge, of, repeat, Subject, takeUntil } from 'rxjs'
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { GapEvent } from '../channels/gap-event'
import type { Hub } from '../channels/hub'
import type { Budget } from '../rate-limit/budget'
import { Figures } from './figures'
import { HandlerFailures } from './handler-failures'
import { healthOf } from './health'
import type { HealthThresholds } from './health-options'
import type { HealthReport } from './health-report'
import type { Inspection } from './inspection'
import { inspectionOf } from './inspection'
import type { PerformanceMetrics } from './metrics'
import type { MemoryUse, Observed } from './observed'
import { performanceOf } from './performance'
import { RecentErrors } from './recent-errors'
import { SecondCounts } from './second-counts'

export interface ObservatoryPorts {
  readonly environment: Environment
  readonly thresholds: HealthThresholds
  /** How often `metrics$` emits, ms. */
  readonly metricsIntervalMs: number
  readonly isClosed: () => boolean
  readonly budgets: () => readonly Budget[]
  readonly memory?: (() => MemoryUse) | undefined
}

export class Observatory {
  /** To be told by the hub. */
  readonly figures: Figures
  private readonly errors = new RecentErrors()
  private readonly failures = new HandlerFailures()
  private readonly abandoned = new SecondCounts()
  private readonly endSubject = new Subject<void>()
  private gaps = 0
  private hub: Hub | undefined

  constructor(private readonly ports: ObservatoryPorts) {
    this.figures = new Figures(ports.environment)
  }

  /** The hub that `figures` is of; once, before anything is asked. */
  watch(hub: Hub): void {
    this.hub = hub
    this.figures.accounts = hub
  }

  /** A problem is told. */
  error(error: UpbitError): void {
    const { code, consumer = '' } = error
    const wallMs = this.ports.environment.now()
    this.errors.add(error, wallMs)
    if (code === 'HANDLER_FAILED') this.failures.add(consumer, this.figures.at(wallMs))
  }

  /** A loss, or its end. */
  gap(gap: GapEvent): void {
    const { phase, cause } = gap
    const isOfConnection = cause === 'disconnect' || cause === 'rejected'
    if (isNewGap(gap)) this.gaps++
    if (phase === 'abandoned' && isOfConnection)
      this.abandoned.add(this.figures.at(this.ports.environment.now()))
  }

  /** Gaps that opened, those of single consumers included. */
  get gapCount(): number {
    return this.gaps
  }

  /** The figures at once, then in every interval; after the end once more, and then it completes. */
  get metrics$(): Observable<PerformanceMetrics> {
    const { environment, metricsIntervalMs, isClosed } = this.ports
    const now$ = defer(() => of(this.performance()))
    // Whoever only looks on must not keep a process alive.
    const later$ = environment.timer$(metricsIntervalMs, { referenced: false }).pipe(
      repeat(),
      map(() => this.performance()),
    )
    return defer(() =>
      isClosed() ? now$ : concat(merge(now$, later$).pipe(takeUntil(this.endSubject)), now$),
    )
  }

  performance(): PerformanceMetrics {
    const { observed } = this
    const { figures, environment } = observed
    figures.ahead(figures.at(environment.now()))
    return performanceOf(observed)
  }

  health(): HealthReport {
    return healthOf(this.observed)
  }

  inspect(options: Inspection['options']): Inspection {
    return inspectionOf(this.observed, options)
  }

  /** It was shut down: nothing changes any more. */
  end(): void {
    this.endSubject.next()
  }

  private get observed(): Observed {
    const { hub, figures, errors, failures, abandoned } = this
    if (hub === undefined) throw new Error('watch() comes first')
    return { ...this.ports, hub, figures, errors, failures, abandoned, gaps: () => this.gaps }
  }
}

/** The second notice of a gap is no second gap; a loss that nothing is done about has one notice only. */
function isNewGap({ phase, cause, reason }: GapEvent): boolean {
  if (phase !== 'abandoned' || cause === 'disconnect' || cause === 'rejected') return phase === 'opened'
  return reason === undefined || reason === 'too-slow'
}
