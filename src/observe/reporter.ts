/**
 * Where problems are told (C8.1): on `errors$`; while nobody listens there, each distinct problem at most once a
 * minute as a warning, so that a forgotten `errors$` still does not mean silence.
 */
import type { Observable } from 'rxjs'
import { Subject } from 'rxjs'
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'

/** `console`, a pino logger, or anything with their `warn`. */
export interface Logger {
  warn(details: object, message: string): void
}

/** How a warning leaves the process when no logger was given: `process.emitWarning` or `console.warn`. */
export type Warn = (message: string, code: string) => void

export interface ReporterConfig {
  readonly environment: Environment
  readonly warn: Warn
  /** Replaces `warn`; `false` silences. */
  readonly logger: Logger | false | undefined
}

export interface Reporter {
  /** Every problem at run time, as it happens. Never errors; completes never. */
  readonly errors$: Observable<UpbitError>
  report(error: UpbitError): void
}

const repeatAfterMs = 60_000
/** Distinct problems that are remembered; beyond that the oldest may be told again early. */
const remembered = 1000

export function createReporter({ environment, warn, logger }: ReporterConfig): Reporter {
  const errorSubject = new Subject<UpbitError>()
  const toldAtMs = new Map<string, number>()

  function isDue(error: UpbitError): boolean {
    const problem = [error.code, error.consumer, error.stream, error.path, error.serverName].join(' ')
    const nowMs = environment.now()
    const lastMs = toldAtMs.get(problem)
    if (lastMs !== undefined && nowMs - lastMs < repeatAfterMs) return false
    toldAtMs.delete(problem)
    toldAtMs.set(problem, nowMs)
    const [oldest] = toldAtMs.keys()
    if (toldAtMs.size > remembered && oldest !== undefined) toldAtMs.delete(oldest)
    return true
  }

  return {
    errors$: errorSubject.asObservable(),
    report(error) {
      if (errorSubject.observed) return errorSubject.next(error)
      if (logger === false || !isDue(error)) return
      const { code, consumer, stream, path, nextStep } = error
      if (logger !== undefined) logger.warn({ code, consumer, stream, path, nextStep }, error.message)
      else warn([error.message, nextStep].filter(Boolean).join(' '), code)
    },
  }
}
