/**
 * Entries that are kept off the main connection because a request with them was refused, until it is known which of them
 * are to blame (C9.6). Those that are not go back one group after another, each accepted before the next, so that a
 * set which is refused only as a whole costs the least. Who is refused there all the same is probed beside what is there.
 */
import type { Observable } from 'rxjs'
import {
  catchError,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  ignoreElements,
  merge,
  startWith,
  Subject,
  tap,
} from 'rxjs'
import type { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { StreamKey } from '../registry/stream-key'
import { steadyClock } from '../base/steady-clock'
import type { Findings } from './poison-search'
import type { ProbeQuestion, ProbeWork } from './probe-session'
import type { QuarantinePorts } from './quarantine-ports'
import type { Surroundings } from './refusal-memory'
import { RefusalMemory } from './refusal-memory'
import { ReleaseQueue } from './release-queue'
import { Suspects } from './suspects'

/** Between dials of a probe: of the process's six in ten seconds some are left for connections. */
const spacingMs = 2000
/** What was found guilty and is wanted again is probed, not sent: who retries blindly must cost nobody's session. */
const guiltySpacingMs = 30_000

export class Quarantine implements ProbeWork {
  private readonly memory: RefusalMemory
  private readonly suspects: Suspects
  private readonly releases: ReleaseQueue
  private readonly suspectedSubject = new Subject<void>()
  /** The main session ends because of a refusal: no probe is to be before the next one. */
  private isEnding = false
  /** What this main session has: it was accepted a moment ago, so that a refusal beside it is not for it. */
  private company: ReadonlySet<string> | undefined
  readonly changes$: Observable<unknown>

  constructor(private readonly ports: QuarantinePorts) {
    this.memory = new RefusalMemory(steadyClock(ports.environment))
    this.suspects = new Suspects(this.memory)
    this.changes$ = ports.registry.changes$
    this.releases = new ReleaseQueue(
      (id) => this.isWanted(id),
      () => ports.released(),
    )
  }

  /** Those of the wanted entries that may go on the main connection. */
  sift(keys: readonly StreamKey[]): readonly StreamKey[] {
    this.refresh()
    if (this.suspects.suspectProven((ids) => this.keysOf(ids))) this.probe()
    const held = this.held
    return held.size === 0 ? keys : keys.filter(({ id }) => !held.has(id))
  }

  /** Entries that are wanted, and kept off the main connection. */
  get held(): ReadonlySet<string> {
    const { waiting } = this.releases
    if (waiting.length === 0) return this.suspects.ids
    return new Set([...this.suspects.ids, ...waiting.map(({ id }) => id)])
  }

  /**
   * The main connection's message that added these was refused; `isAlone`: all else in it had been accepted in that very
   * session.
   */
  blame(added: readonly StreamKey[], error: ServerError, isAlone: boolean): void {
    this.isEnding = true
    const fresh = added.filter(({ id }) => !this.releases.isCleared(id))
    if (fresh.length > 0) {
      const isCertain = isAlone && fresh.length === added.length
      this.conclude(this.suspects.suspect(fresh, isCertain ? error : undefined))
    } else {
      this.releases.forget(() => true)
      this.conclude(this.suspects.suspectBack(added, isAlone ? error : undefined))
    }
  }

  /** The main connection's message with these was accepted. */
  accepted(ids: ReadonlySet<string>): void {
    this.company = ids
    this.memory.accepted(ids)
    this.releases.accepted(ids)
    this.probe()
  }

  /** Probes whenever there is something to probe, while the main connection is live. Never emits, never ends. */
  readonly probing$: Observable<never> = defer(() => {
    this.isEnding = false
    const { turns, probe } = this.ports
    const left$ = this.changes$.pipe(
      tap(() => {
        this.refresh()
        this.probe()
      }),
    )
    const probes$ = this.suspectedSubject.pipe(
      startWith(undefined),
      filter(() => !this.isEnding && !this.isOver),
      exhaustMap(() =>
        turns.inTurn$(probe.run$(this)).pipe(catchError((error) => this.giveUp$(error as UpbitError))),
      ),
    )
    return merge(left$.pipe(ignoreElements()), probes$).pipe(
      // Not at the beginning: a session may begin with what is accepted already.
      finalize(() => (this.company = undefined)),
    )
  })

  get spacingMs(): number {
    return this.suspects.areKnown ? guiltySpacingMs : spacingMs
  }

  get isOver(): boolean {
    return this.turn === undefined
  }

  next(): ProbeQuestion | undefined {
    const { turn } = this
    const keys = turn && this.suspects.next(turn)
    return keys && { keys, company: turn === 'alone' ? [] : this.keysOf(this.company ?? []) }
  }

  passed(): void {
    this.conclude(this.suspects.passed())
  }

  refused(error: ServerError): void {
    this.conclude(this.suspects.refused(error))
  }

  /** Which of the searches goes on: the shorter one, so that one entry does not wait for hundreds of others. */
  private get turn(): Surroundings | undefined {
    const [alone, inCompany] = [this.suspects.of('alone').size, this.suspects.of('in company').size]
    if (inCompany > 0 && (alone === 0 || inCompany < alone) && this.isCompanyKnown) return 'in company'
    return alone > 0 ? 'alone' : undefined
  }

  /** Whether this main session has accepted what it has, and nothing is on its way back there. */
  private get isCompanyKnown(): boolean {
    if (!this.releases.isIdle) return false
    return this.company !== undefined || this.ports.registry.desired.entries.size === this.held.size
  }

  private probe(): void {
    if (!this.isOver) this.suspectedSubject.next()
  }

  private conclude({ innocent, guilty, together }: Findings<StreamKey>): void {
    for (const { keys, error } of together) this.ports.together(keys, error)
    for (const { key, error } of guilty) this.ports.rejected([key], error)
    this.releases.add(innocent)
  }

  private refresh(): void {
    if (this.suspects.ids.size > 0)
      for (const found of this.suspects.retain((id) => this.isWanted(id))) this.conclude(found)
    this.releases.forget((id) => !this.isWanted(id))
  }

  private giveUp$(error: UpbitError): Observable<never> {
    const keys = this.keysOf(this.suspects.ids)
    this.suspects.retain(() => false)
    this.ports.failed(keys, error)
    return EMPTY
  }

  private keysOf(ids: Iterable<string>): readonly StreamKey[] {
    const { entries } = this.ports.registry.desired
    return [...ids].flatMap((id) => entries.get(id)?.key ?? [])
  }

  private isWanted(id: string): boolean {
    return this.ports.registry.desired.entries.has(id)
  }
}
