/** The functions of an account's streams: the platform's, or where there is no place for keys functions that say so. */
import { UpbitError } from './base/errors'
import type { ChannelPorts } from './channels/channel-ports'
import type { PrivateChannels } from './channels/private-channel'
import { platform } from './platform'

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
