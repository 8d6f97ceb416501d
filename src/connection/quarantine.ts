/**
 * Entries that are kept off the main connection because a request with them was refused, until it is known which of them
 * are to blame (C9.6). Those that are not go back one group after another, each accepted before the next, so that a
 * set which is refused only as a whole costs the least.
 */
import type { Observable } from 'rxjs'
import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  merge,
  startWith,
  Subject,
  tap,
} from 'rxjs'
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { Registry } from '../registry/registry'
import type { StreamKey } from '../registry/stream-key'
import type { Findings } from './poison-search'
import { PoisonSearch } from './poison-search'
import type { Probe } from './probe'
import type { ProbeWork } from './probe-session'
import type { ProbeTurns } from './probe-turns'
import { ReleaseQueue } from './release-queue'
import { steadyClock } from '../base/steady-clock'

export interface QuarantinePorts {
  readonly environment: Environment
  readonly registry: Pick<Registry, 'desired' | 'changes$'>
  readonly probe: Pick<Probe, 'run$'>
  readonly turns: ProbeTurns
  /** The exchange refuses these; their consumers must go. */
  rejected(keys: readonly StreamKey[], error: ServerError): void
  /** Whether these are to blame cannot be found out any more. */
  failed(keys: readonly StreamKey[], error: UpbitError): void
  /** The exchange refuses these together, and none of them alone. */
  together(keys: readonly StreamKey[], error: ServerError): void
  /** Entries may go on the main connection now that might not before. */
  released(): void
}

/** Between dials of a probe: of the process's six in ten seconds some are left for connections. */
const spacingMs = 2000
/** What was found guilty and is wanted again is probed, not sent: who retries blindly must cost nobody's session. */
const guiltyForMs = 600_000
const guiltySpacingMs = 30_000
const mostGuilty = 1000

export class Quarantine implements ProbeWork {
  private readonly search = new PoisonSearch<StreamKey>()
  private readonly releases: ReleaseQueue
  /** Found guilty, until when that is remembered. */
  private readonly guilty = new Map<string, number>()
  private readonly suspectedSubject = new Subject<void>()
  /** The main session ends because of a refusal: no probe is to be before the next one. */
  private isEnding = false
  private readonly now: () => number
  readonly changes$: Observable<unknown>

  constructor(private readonly ports: QuarantinePorts) {
    this.now = steadyClock(ports.environment)
    this.changes$ = ports.registry.changes$
    this.releases = new ReleaseQueue(
      (id) => this.isWanted(id),
      () => ports.released(),
    )
  }

  /** Those of the wanted entries that may go on the main connection. */
  sift(keys: readonly StreamKey[]): readonly StreamKey[] {
    this.refresh()
    this.suspectKnown()
    const held = this.held
    return held.size === 0 ? keys : keys.filter(({ id }) => !held.has(id))
  }

  /** Entries that are wanted, and kept off the main connection. */
  get held(): ReadonlySet<string> {
    const { waiting } = this.releases
    if (waiting.length === 0) return this.search.suspects
    return new Set([...this.search.suspects, ...waiting.map(({ id }) => id)])
  }

  /**
   * The main connection's message that added these was refused; `isAlone`: all else in it had been accepted in that very
   * session. Returns whether one of them can be to blame.
   */
  blame(added: readonly StreamKey[], error: ServerError, isAlone: boolean): boolean {
    this.isEnding = true
    const suspects = added.filter(({ id }) => !this.releases.isCleared(id))
    if (suspects.length > 0) {
      const isCertain = isAlone && suspects.length === added.length
      this.conclude(this.search.suspect(suspects, isCertain ? error : undefined))
      return true
    }
    if (!isAlone) return false
    // They pass a probe, and not this connection: what is there already leaves no room for them.
    this.releases.forget(() => true)
    this.ports.rejected(added, error)
    return true
  }

  /** The main connection's message with these was accepted. */
  accepted(ids: ReadonlySet<string>): void {
    this.releases.accepted(ids)
  }

  /** Probes whenever there is something to probe, while the main connection is live. Never emits, never ends. */
  readonly probing$: Observable<never> = defer(() => {
    this.isEnding = false
    const { turns, probe } = this.ports
    const left$ = this.changes$.pipe(tap(() => this.refresh()))
    const probes$ = this.suspectedSubject.pipe(
      startWith(undefined),
      filter(() => !this.isEnding && !this.isOver),
      exhaustMap(() =>
        turns.inTurn$(probe.run$(this)).pipe(catchError((error) => this.giveUp$(error as UpbitError))),
      ),
    )
    return merge(left$.pipe(ignoreElements()), probes$)
  })

  get spacingMs(): number {
    const isNew = [...this.search.suspects].some((id) => !this.guilty.has(id))
    return isNew ? spacingMs : guiltySpacingMs
  }

  get isOver(): boolean {
    return this.search.suspects.size === 0
  }

  next(): readonly StreamKey[] | undefined {
    return this.search.next()
  }

  passed(): void {
    this.conclude(this.search.passed())
  }

  refused(error: ServerError): void {
    this.conclude(this.search.refused(error))
  }

  private conclude({ innocent, guilty, together }: Findings<StreamKey>): void {
    for (const { id } of innocent) this.guilty.delete(id)
    for (const { keys, error } of together) this.ports.together(keys, error)
    for (const { key, error } of guilty) {
      this.remember(key.id)
      this.ports.rejected([key], error)
    }
    this.releases.add(innocent)
  }

  private refresh(): void {
    if (!this.isOver) this.conclude(this.search.retain((id) => this.isWanted(id)))
    this.releases.forget((id) => !this.isWanted(id))
  }

  /** Those found guilty a while ago, if somebody wants them again. */
  private suspectKnown(): void {
    if (this.guilty.size === 0) return
    const { entries } = this.ports.registry.desired
    const wanted: StreamKey[] = []
    for (const [id, untilMs] of this.guilty) {
      const key = entries.get(id)?.key
      if (untilMs <= this.now()) this.guilty.delete(id)
      else if (key !== undefined && !this.search.has(id)) wanted.push(key)
    }
    if (wanted.length === 0) return
    this.search.suspect(wanted)
    this.suspectedSubject.next()
  }

  private remember(id: string): void {
    // Begun anew rather than grown for ever; what is forgotten is refused once more.
    if (this.guilty.size === mostGuilty) this.guilty.clear()
    this.guilty.set(id, this.now() + guiltyForMs)
  }

  private giveUp$(error: UpbitError): Observable<never> {
    const keys = [...this.search.suspects].flatMap(
      (id) => this.ports.registry.desired.entries.get(id)?.key ?? [],
    )
    this.search.retain(() => false)
    this.ports.failed(keys, error)
    return EMPTY
  }

  private isWanted(id: string): boolean {
    return this.ports.registry.desired.entries.has(id)
  }
}
