/**
 * The port behind which an account's streams are: there on Node, and not in a browser, which has no place for keys and
 * sends no token with a dial.
 */
import type { Observable } from 'rxjs'
import type { Balance, OpenOrder, PrivateStatus } from './channels/account-view'
import type { ChannelPorts } from './channels/channel-ports'
import type { SideLane } from './channels/hub'
import type { InfoChannels } from './channels/info-channel'
import type { LanePorts } from './channels/lane'
import type { PrivateChannels } from './channels/private-channel'
import type { Account } from './rest/account'
import type { RestCalls } from './rest/rest-calls'
import type { RestOrder } from './rest/rows/order-row'

/** The lane of an account, and what is shown of it. */
export interface AccountLane extends SideLane {
  readonly status$: Observable<PrivateStatus>
  readonly status: PrivateStatus
  readonly openOrders$: Observable<readonly OpenOrder[]>
  readonly balances$: Observable<readonly Balance[]>
  /** An order that this application made: it is open from now on, whenever the first event of it comes. */
  expect(order: RestOrder): void
}

/** What every lane needs whose dials carry a token. */
export interface TokenLaneConfig extends Pick<
  LanePorts,
  | 'environment'
  | 'openSocket'
  | 'url'
  | 'format'
  | 'lingerMs'
  | 'wakeUps$'
  | 'taps'
  | 'error'
  | 'gap'
  | 'metering'
> {
  readonly account: Account
}

export interface AccountLaneConfig extends TokenLaneConfig {
  /** Absent where REST cannot be had. */
  readonly calls: RestCalls | undefined
}

/** The functions of what needs a token: the streams of an account, and those of indicators. */
export type TokenChannels = PrivateChannels & InfoChannels

export interface PrivateSide {
  createChannels(ports: ChannelPorts): TokenChannels
  createLane(config: AccountLaneConfig): AccountLane
  createInfoLane(config: TokenLaneConfig): SideLane
}
