/** The functions of what needs a token: the platform's, or where there is no place for keys functions that say so. */
import { UpbitError } from './base/errors'
import type { ChannelPorts } from './channels/channel-ports'
import { platform } from './platform'
import type { TokenChannels } from './private-side'

/** The functions of an account's streams and of indicators; in a browser each throws. */
export function privateChannels(ports: ChannelPorts): TokenChannels {
  return platform().privateSide?.createChannels(ports) ?? refusing
}

/** There are no keys, or no place for them. */
export function privateUnavailable(): UpbitError {
  const isHere = platform().privateSide !== undefined
  return new UpbitError(
    'PRIVATE_UNAVAILABLE',
    isHere
      ? 'There are no credentials for the streams of an account, nor for indicators.'
      : 'A page has no streams of an account, and no indicators.',
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

const refusing: TokenChannels = {
  myOrder$: refuse,
  myAsset$: refuse,
  announcement$: refuse,
  subscribeMyOrder: refuse,
  subscribeMyAsset: refuse,
  subscribeAnnouncement: refuse,
  indicator$: refuse,
  indicatorSignal$: refuse,
  subscribeIndicator: refuse,
  subscribeIndicatorSignal: refuse,
}
