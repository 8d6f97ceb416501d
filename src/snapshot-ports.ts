/** What a snapshot needs of whoever makes it. */
import type { ConsumePorts } from './channels/consume'
import type { NewestPorts } from './fetched-first'
import type { PromisePorts } from './promise-options'
import type { RestCalls } from './rest/rest-calls'

export interface SnapshotUse extends Pick<NewestPorts, 'environment' | 'isCarried' | 'isBehind' | 'given'> {
  /** Absent where the wire is preferred. */
  readonly calls: RestCalls | undefined
  /** What is fetched is counted as a consumer's. */
  readonly count: ConsumePorts['count']
}

export interface SnapshotPorts extends PromisePorts {
  /** Asked when a snapshot begins: it is a use of the client. */
  use(): SnapshotUse
}
