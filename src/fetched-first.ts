/**
 * The newest event of each code from wherever it comes first: memory, what is on the wire already, REST, and the wire for
 * what REST does not give. REST never wins against what is newer (C5), and nobody waits for a host that does not answer.
 */
import type { Observable } from 'rxjs'
import {
  catchError,
  defer,
  EMPTY,
  filter,
  from,
  map,
  merge,
  mergeMap,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
} from 'rxjs'
import type { Environment } from './base/environment'
import { UpbitError } from './base/errors'
import type { NewestHead } from './channels/route'
import type { StreamKey } from './registry/stream-key'
import type { RestEvent } from './rest/rest-events'

/** Where one kind of event comes from. */
export interface NewestSource<E, R> {
  /** From memory, else from the wire. */
  stream$(codes: readonly string[]): Observable<E>
  /** By REST: what it has of these codes. */
  fetch$(codes: readonly string[]): Observable<readonly R[]>
  keyOf(code: string): StreamKey
}

export interface NewestPorts {
  readonly environment: Environment
  /** Whether the entry is on the wire, or about to be. */
  isCarried(key: StreamKey): boolean
  /** Whether a newer state has been delivered. */
  isBehind(key: StreamKey, state: NewestHead): boolean
  /** A state is given to whoever asked. */
  given(key: StreamKey, state: NewestHead): void
  /** What REST gives has an account. */
  readonly counted$: <T>(events$: Observable<T>) => Observable<T>
  /** REST gave nothing, and why; the wire is asked instead. */
  failed(error: UpbitError): void
}

/** So long REST is alone; a host without REST that swallows calls must not cost a caller its time. */
const headStartMs = 1000
/** So long the wire has for a code that REST does not know: one that was just listed, perhaps. */
const unknownMs = 2000

/**
 * Emits at least one event of each code, and never completes before; errors with what the stream errors with, and with
 * `NOT_FOUND` where neither REST nor the wire knows a code.
 */
export function newestOfEach$<E extends { readonly code: string }, R extends RestEvent>(
  codes: readonly string[],
  source: NewestSource<E, R>,
  ports: NewestPorts,
): Observable<E | R> {
  return defer(() => {
    const missing = new Set(codes)
    const found = (event: E | R): void => {
      missing.delete(event.code)
      const state: object = event
      if (isState(state)) ports.given(source.keyOf(event.code), state)
    }
    const carried = codes.filter((code) => ports.isCarried(source.keyOf(code)))
    const endedSubject = new Subject<void>()
    const wire$ = (of: readonly string[]): Observable<E> => {
      if (of.length === 0) return EMPTY
      // With codes missing only the application ends it, and then there is nothing to wait for.
      const complete = (): void => {
        if (of.some((code) => missing.has(code))) endedSubject.next()
      }
      return source.stream$(of).pipe(tap({ next: (event) => found(event), complete }))
    }

    const restOverSubject = new Subject<void>()
    // Those that were carried from the beginning are listened to already.
    const byWire$ = defer(() => wire$([...missing].filter((code) => !carried.includes(code))))
    const byRest$ = defer(() => source.fetch$([...missing])).pipe(
      mergeMap((events) => from(events)),
      filter((event) => missing.has(event.code) && !isBehind(event, source, ports)),
      ports.counted$,
      tap((event) => found(event)),
      catchError((error: unknown) => {
        const failure = error as UpbitError
        ports.failed(failure)
        restOverSubject.next()
        if (!isUnknownCode(failure)) return EMPTY
        return ports.environment.timer$(unknownMs).pipe(
          map(() => {
            throw notFound(failure, [...missing])
          }),
          takeUntil(endedSubject),
        )
      }),
      tap({ complete: () => restOverSubject.next() }),
    )
    return merge(
      wire$(carried),
      // Memory may have had them all.
      defer(() =>
        missing.size === 0
          ? EMPTY
          : merge(
              merge(restOverSubject, ports.environment.timer$(headStartMs)).pipe(
                take(1),
                switchMap(() => byWire$),
              ),
              byRest$,
            ),
      ),
    )
  })
}

/** Trades have no order that a fetched one could break. */
function isState(event: object): event is NewestHead {
  return 'timestamp' in event && 'type' in event && event.type !== 'trade'
}

/** The exchange's own answer has the status as name; a gateway that has no such path has another one, or none. */
function isUnknownCode({ code, serverName }: UpbitError): boolean {
  return code === 'NOT_FOUND' && serverName === '404'
}

/** REST tells only that one of a list is unknown: those that the wire has not sent either are named. */
function notFound(cause: UpbitError, missing: readonly string[]): UpbitError {
  const shown = missing.slice(0, 10).join(', ') + (missing.length > 10 ? ` +${missing.length - 10}` : '')
  const { status, serverName, serverMessage } = cause
  return new UpbitError('NOT_FOUND', `REST does not know a code, and the wire sent nothing: ${shown}.`, {
    ...(status === undefined ? {} : { status }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(serverMessage === undefined ? {} : { serverMessage }),
    nextStep: 'Check the codes, and that the exchange of this region lists them.',
    cause,
  })
}

function isBehind<R extends RestEvent>(
  event: R,
  { keyOf }: Pick<NewestSource<unknown, R>, 'keyOf'>,
  ports: NewestPorts,
): boolean {
  // Trades have no order that a fetched one could break.
  return event.type !== 'trade' && ports.isBehind(keyOf(event.code), event)
}
