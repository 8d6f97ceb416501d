/** What a manager's clients receive through: the hub of all streams, the lanes that need a token, and what consumers and snapshots get of it. */
import type { UpbitError } from './base/errors'
import type { ConsumePorts } from './channels/consume'
import type { Hub } from './channels/hub'
import type { Owner } from './channels/owner'
import { GivenStates } from './given-states'
import type { ManagerReports } from './manager-reports'
import { createTokenLanes } from './manager-account'
import { createManagerHub } from './manager-hub'
import type { AccountLane } from './private-side'
import type { ResolvedOptions } from './resolved-options'
import type { Account } from './rest/account'
import type { RestCalls } from './rest/rest-calls'
import type { SnapshotUse } from './snapshot-ports'
import type { SocketTap } from './transport/socket-taps'
import { SocketTaps } from './transport/socket-taps'

export class ManagerStreams {
  readonly hub: Hub
  /** Absent without credentials, and where there is no place for them. */
  readonly account: AccountLane | undefined
  /** What went wrong with it last. */
  accountError: UpbitError | undefined
  readonly #options: ResolvedOptions
  readonly #calls: RestCalls
  readonly #reports: ManagerReports
  readonly #taps = new SocketTaps()
  readonly #given = new GivenStates()

  constructor(
    options: ResolvedOptions,
    calls: RestCalls,
    reports: ManagerReports,
    account: Account | undefined,
  ) {
    this.#options = options
    this.#calls = calls
    this.#reports = reports
    const taps = this.#taps
    const failed = (error: UpbitError): void => {
      this.accountError = error
    }
    const lanes = account && createTokenLanes(options, { account, calls, reports, taps, failed })
    this.account = lanes?.account
    const sides = lanes === undefined ? [] : [lanes.account, lanes.info]
    this.hub = createManagerHub(options, { calls, reports, taps, sides })
    reports.observatory.watch(this.hub)
  }

  /** What `consume` needs: a name, a place in the account, and where to tell. */
  consumePorts(owner: Owner): ConsumePorts {
    return {
      environment: this.#options.environment,
      error: this.#reports.error,
      lost: this.#reports.lost,
      nextName: () => this.hub.nameOf(owner, 'consume'),
      count: (counted, end) => this.hub.count(counted, { owner, end }),
    }
  }

  /** What a snapshot needs. */
  snapshotUse(owner: Owner): SnapshotUse {
    const { environment, snapshotsByRest } = this.#options
    return {
      environment,
      calls: snapshotsByRest ? this.#calls : undefined,
      isCarried: (key) => this.hub.has(key),
      isBehind: (key, state) => this.hub.isBehind(key, state) || this.#given.isBehind(key, state),
      given: (key, state) => this.#given.given(key, state, environment.now()),
      count: this.consumePorts(owner).count,
    }
  }

  /** Shows `tap` what crosses the sockets of all connections, later ones too; returns what ends that. */
  tap(tap: SocketTap): () => void {
    return this.#taps.add(tap, this.#options.environment.now())
  }
}
