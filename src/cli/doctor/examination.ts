/**
 * Takes steps one after another: times each, gives it a limit, and turns what it throws into a finding. A connection is
 * opened at most once a second, since whoever is examined may be near a limit already.
 */
import type { Observable } from 'rxjs'
import {
  EMPTY,
  EmptyError,
  firstValueFrom,
  ignoreElements,
  merge,
  mergeMap,
  Subscription,
  takeUntil,
  throwError,
} from 'rxjs'
import type { Environment } from '../../base/environment'
import type { Finding, StepName } from './finding'
import { Fault } from './finding'
import { faultOf } from './fault-words'

export interface ExaminationPorts {
  readonly environment: Environment
  /** How long a step may take. */
  readonly timeoutMs: number
  /** How far apart connections are opened. */
  readonly paceMs: number
  /** Emits when it is to end early. */
  readonly stop$: Observable<unknown>
  readonly tell: (finding: Finding) => void
}

export class Examination {
  /** What is open, and ends with the examination. */
  readonly open = new Subscription()
  private readonly findings: Finding[] = []
  private connectedAtMs = -Infinity
  private isStopped = false

  constructor(private readonly ports: ExaminationPorts) {
    this.open.add(ports.stop$.subscribe(() => (this.isStopped = true)))
  }

  get all(): readonly Finding[] {
    return this.findings
  }

  /** Takes a step; its text is what was found. Resolves with what `look` has, or `undefined` for a fault. */
  async step<T>(
    step: StepName,
    look: () => Promise<readonly [found: string, value: T]>,
  ): Promise<T | undefined> {
    // Rejects with `EmptyError`, as everything does that the end comes to.
    if (this.isStopped) await firstValueFrom(EMPTY)
    const { environment } = this.ports
    const startMs = environment.now()
    const took = (): { readonly ms: number } => ({ ms: Math.max(0, environment.now() - startMs) })
    try {
      const [found, value] = await look()
      this.note({ step, outcome: 'ok', found, ...took() })
      return value
    } catch (cause) {
      if (this.isStopped) throw cause
      const { message, advice } =
        cause instanceof Fault ? cause : faultOf(cause instanceof EmptyError ? closed() : cause)
      this.note({ step, outcome: 'fault', found: message, advice, ...took() })
      return undefined
    }
  }

  /** A step that opens a connection. It waits for its turn first, which is no part of its time. */
  async connecting<T>(
    step: StepName,
    look: () => Promise<readonly [found: string, value: T]>,
  ): Promise<T | undefined> {
    await this.turn()
    return this.step(step, look)
  }

  /** A finding that took no time. */
  note(finding: Finding): void {
    this.findings.push(finding)
    this.ports.tell(finding)
  }

  skip(step: StepName, found: string): void {
    this.note({ step, outcome: 'skipped', found })
  }

  /** The first value of `source$`; a fault when none comes in time, `EmptyError` when the examination ends early. */
  first<T>(source$: Observable<T>, what: string): Promise<T> {
    const { environment, timeoutMs, stop$ } = this.ports
    const late$ = environment.timer$(timeoutMs).pipe(
      mergeMap(() =>
        throwError(
          () =>
            new Fault(
              `${what} has not come within ${timeoutMs / 1000} s.`,
              'See whether a firewall lets it through, or give it longer with --timeout.',
            ),
        ),
      ),
      ignoreElements(),
    )
    return firstValueFrom(merge(source$, late$).pipe(takeUntil(stop$)))
  }

  /** Resolves when the next connection may be opened; `EmptyError` when the examination ends early. */
  private async turn(): Promise<void> {
    const { environment, paceMs, stop$ } = this.ports
    const leftMs = this.connectedAtMs + paceMs - environment.now()
    if (leftMs > 0) {
      await firstValueFrom(environment.timer$(leftMs).pipe(takeUntil(stop$)))
    }
    this.connectedAtMs = environment.now()
  }
}

/** What ended without an answer. */
function closed(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' })
}
