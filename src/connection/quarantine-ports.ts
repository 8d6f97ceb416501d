/** What the quarantine of refused entries needs, and whom it tells. */
import type { Environment } from '../base/environment'
import type { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { Registry } from '../registry/registry'
import type { StreamKey } from '../registry/stream-key'
import type { Probe } from './probe'
import type { ProbeTurns } from './probe-turns'

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
