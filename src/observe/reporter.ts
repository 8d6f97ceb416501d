/**
 * Where problems are told (C8.1): on `errors$`; while nobody listens there, each distinct problem at most once a
 * minute as a warning, so that a forgotten `errors$` still does not mean silence.
 */
import type { Observable } from 'rxjs'
import { Subject, throwError } from 'rxjs'
import type { Environment } from '../base/environment'
import { UpbitError } from '../base/errors'

/** `console`, a pino logger, or anything with their `warn`. */
export interface Logger {
  /** Gets the code, the consumer and the next step as `details`. */
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
  /** Every problem at run time, as it happens. Never errors, never completes. */
  readonly errors$: Observable<UpbitError>
  /** Never throws: it is called from the middle of a fan-out. */
  readonly report: (error: UpbitError) => void
}

const repeatAfterMs = 60_000
/** Distinct problems that are remembered; beyond that the oldest may be told again early. */
const remembered = 1000
/** Distinct problems of one code that are warned of in a minute: names from the network must not flood a log. */
const mostOfCode = 100

export function createReporter({ environment, warn, logger }: ReporterConfig): Reporter {
  const errorSubject = new Subject<UpbitError>()
  const toldAtMs = new Map<string, number>()
  const minutes = new Map<string, { readonly sinceMs: number; count: number }>()

  function isDue(error: UpbitError): boolean {
    const problem = [
      error.code,
      error.consumer,
      error.stream,
      error.proxy,
      withoutIndexes(error.path),
      error.serverName,
    ].join(' ')
    const nowMs = environment.now()
    const lastMs = toldAtMs.get(problem)
    if (lastMs !== undefined && nowMs - lastMs < repeatAfterMs) return false
    toldAtMs.delete(problem)
    toldAtMs.set(problem, nowMs)
    const [oldest] = toldAtMs.keys()
    if (toldAtMs.size > remembered && oldest !== undefined) toldAtMs.delete(oldest)
    return true
  }

  /** How many problems of this code were to be warned of in the present minute, this one included. */
  function numberInMinute({ code }: UpbitError): number {
    const nowMs = environment.now()
    let minute = minutes.get(code)
    if (minute === undefined || nowMs - minute.sinceMs >= repeatAfterMs) {
      minutes.set(code, (minute = { sinceMs: nowMs, count: 0 }))
    }
    return ++minute.count
  }

  function warnOf(error: UpbitError): void {
    const number = numberInMinute(error)
    if (number <= mostOfCode) tell(error)
    // That there are more is said once; `errors$` has all.
    else if (number === mostOfCode + 1) tell(further(error))
  }

  function tell({ code, message, consumer, stream, proxy, path, nextStep }: UpbitError): void {
    if (logger) logger.warn({ code, consumer, stream, proxy, path, nextStep }, message)
    else warn([message, nextStep].filter(Boolean).join(' '), code)
  }

  return {
    errors$: errorSubject.asObservable(),
    report(error) {
      if (errorSubject.observed) {
        errorSubject.next(error)
      } else if (logger !== false && isDue(error)) {
        try {
          warnOf(error)
        } catch (cause) {
          // A logger that fails is the application's fault and must reach it, but not through whoever reports.
          // eslint-disable-next-line rxjs-x/no-ignored-subscription -- unobserved is the point: RxJS rethrows it later
          throwError(() => cause).subscribe()
        }
      }
    },
  }
}

/** Which element of a list it was makes no other problem. */
function withoutIndexes(path: string | undefined): string | undefined {
  return path?.replace(/\[\d+\]/g, '[n]')
}

function further({ code }: UpbitError): UpbitError {
  const message = `More than ${mostOfCode} different problems of this kind within a minute; further ones are not shown.`
  return new UpbitError(code, message, { nextStep: 'Listen to errors$, which tells every one.' })
}
