/**
 * The port behind which an account's streams are: there on Node, and not in a browser, which has no place for keys and
 * sends no token with a dial.
 */
import type { Observable } from 'rxjs'
import { UpbitError } from './base/errors'
import type { Balance, OpenOrder, PrivateStatus } from './channels/account-view'
import type { ChannelPorts } from './channels/channel-ports'
import type { SideLane } from './channels/hub'
import type { PrivateChannels } from './channels/private-channel'
import type { ManagerReports } from './manager-reports'
import { platform } from './platform'
import type { ResolvedOptions } from './resolved-options'
import type { Account } from './rest/account'
import type { RestCalls } from './rest/rest-calls'
import type { SocketTaps } from './transport/socket-taps'

/** The lane of an account, and what is shown of it. */
export interface AccountLane extends SideLane {
  readonly status$: Observable<PrivateStatus>
  readonly status: PrivateStatus
  readonly openOrders$: Observable<readonly OpenOrder[]>
  readonly balances$: Observable<readonly Balance[]>
}

export interface AccountLanePorts {
  readonly account: Account
  readonly calls: RestCalls
  readonly reports: ManagerReports
  readonly taps: SocketTaps
}

export interface PrivateSide {
  createChannels(ports: ChannelPorts): PrivateChannels
  createLane(options: ResolvedOptions, ports: AccountLanePorts): AccountLane
}

/** The functions of an account's streams; in a browser each throws. */
export function privateChannels(ports: ChannelPorts): PrivateChannels {
  return platform().privateSide?.createChannels(ports) ?? refusing
}

/** There are no keys, or no place for them. */
export function privateUnavailable(): UpbitError {
  const isHere = platform().privateSide !== undefined
  return new UpbitError(
    'PRIVATE_UNAVAILABLE',
    isHere
      ? 'There are no credentials for the streams of an account.'
      : 'A page has no streams of an account.',
    {
      option: 'credentials',
      nextStep: isHere
        ? 'Give credentials to configureUpbit or createUpbit, or set UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY.'
        : "Let a server of yours, a gateway, receive them and pass on what the page may see: a key in a page is everybody's.",
    },
  )
}

const refuse = (): never => {
  throw privateUnavailable()
}

const refusing: PrivateChannels = {
  myOrder$: refuse,
  myAsset$: refuse,
  announcement$: refuse,
  subscribeMyOrder: refuse,
  subscribeMyAsset: refuse,
  subscribeAnnouncement: refuse,
}
