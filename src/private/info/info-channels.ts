/**
 * The functions that a user calls for indicators: `indicator$` and `indicatorSignal$`, and the same as handlers. Wrong
 * arguments throw at the call; trouble at run time never does.
 */
import type { ChannelPorts } from '../../channels/channel-ports'
import type { Delivered } from '../../channels/consumer-config'
import type { UpbitSubscription } from '../../channels/handle'
import type { AnyHandler } from '../../channels/handler-target'
import type { IndicatorOptions, InfoChannels } from '../../channels/info-channel'
import { subscribeHandler } from '../../channels/subscribe-handler'
import type { What } from '../../channels/upbit-stream'
import { upbitStream$ } from '../../channels/upbit-stream'
import type { InfoEvent } from '../../protocol/info-events'
import type { InfoType } from '../../protocol/wire'
import { infoKeyIdOf } from './info-key'
import { checkedKeys, checkIndicatorOptions } from './info-options'

export function createInfoChannels(ports: ChannelPorts): InfoChannels {
  const streamsOf =
    (type: InfoType) =>
    (...given: Given) =>
      upbitStream$<Delivered>(ports.enrol, whatOf(type, ...given), ports.keeps)
  const handlersOf =
    (type: InfoType) =>
    (
      codes: unknown,
      timeframe: unknown,
      indicators: unknown,
      handler: AnyHandler,
      options?: IndicatorOptions,
    ): UpbitSubscription =>
      subscribeHandler(ports, whatOf(type, codes, timeframe, indicators, options), handler)
  return {
    // What comes follows from what is asked for, which no type can say of the keys.
    indicator$: streamsOf('indicator') as unknown as InfoChannels['indicator$'],
    indicatorSignal$: streamsOf('indicator_signal') as unknown as InfoChannels['indicatorSignal$'],
    subscribeIndicator: handlersOf('indicator'),
    subscribeIndicatorSignal: handlersOf('indicator_signal'),
  }
}

/** As it comes from a program, unchecked. */
type Given = [codes: unknown, timeframe: unknown, indicators: unknown, options?: IndicatorOptions]

function whatOf(type: InfoType, ...[codes, timeframe, indicators, options = {}]: Given): What {
  return {
    kind: type,
    keys: checkedKeys(type, codes, timeframe, indicators),
    options: checkIndicatorOptions(type, options),
    // What is received is of its keys.
    identityOf: (event) => infoKeyIdOf(event as InfoEvent),
  }
}
