/** The info endpoint: indicators of markets and their signals. A combination is one entry, whoever asks for it. */
import type { Endpoint } from '../../connection/endpoint'
import type { InfoEvent } from '../../protocol/info-events'
import { infoVocabulary } from '../../protocol/info-events'
import { createLosslessDecoder } from '../../protocol/lossless-decoder'
import { privateSubscribeText } from '../../protocol/private-request'
import { infoDifference } from './info-difference'
import { infoItems } from './info-items'
import type { InfoKey } from './info-key'
import { infoKeyIdOf } from './info-key'

export const infoEndpoint: Endpoint<InfoEvent> = {
  createDecoder: (sink, { counts } = {}) => createLosslessDecoder(infoVocabulary, sink, counts),
  rights: 'which rights they have is all the same here',
  keyIdOf: infoKeyIdOf,
  // Its registry is given no others.
  subscribeText: (keys, format) => privateSubscribeText(infoItems(keys as readonly InfoKey[]), format),
  difference: (keys, listed) => infoDifference(keys as readonly InfoKey[], listed),
}
