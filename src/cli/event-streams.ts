/** The wanted streams of a client as one Observable. */
import type { Observable } from 'rxjs'
import { merge } from 'rxjs'
import type { Channels, WithGaps } from '../channels/channel'
import type { ConsumerOptions } from '../channels/consumer-options'
import type { PublicEvent } from '../protocol/events'
import type { CandleUnit, PublicType } from '../protocol/wire'
import type { Wanted } from './wanted'

/** How a consumer of the tools is set up; none asks for gaps in band. */
export type StreamOptions = ConsumerOptions & WithGaps<false>

/**
 * Every event of every wanted stream, each type a consumer of its own with the options that it is given. In the order of
 * arrival over all types, unless the options put a queue between.
 */
export function events$(
  upbit: Channels,
  wanted: readonly Wanted[],
  optionsOf: (type: PublicType) => StreamOptions = () => ({}),
): Observable<PublicEvent> {
  return merge(
    ...wanted.map((ofType) =>
      stream$(upbit, ofType, { name: `watch ${ofType.type}`, ...optionsOf(ofType.type) }),
    ),
  )
}

function stream$(upbit: Channels, { type, codes }: Wanted, options: StreamOptions): Observable<PublicEvent> {
  switch (type) {
    case 'ticker':
      return upbit.ticker$(codes, options)
    case 'trade':
      return upbit.trade$(codes, options)
    case 'orderbook':
      return upbit.orderbook$(codes, options)
    default:
      return upbit.candle$(codes, type.slice('candle.'.length) as CandleUnit, options)
  }
}
