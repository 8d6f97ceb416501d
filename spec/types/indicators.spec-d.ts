/** Indicators as types: what the table does not have does not compile, and what is asked for says what comes. */
import { expectTypeOf } from 'expect-type'
import type {
  GapEvent,
  IndicatorEvent,
  IndicatorName,
  IndicatorRequest,
  IndicatorSignalEvent,
  InfoChannels,
  Upbit,
  UpbitStream,
  WebSocketClientProxy,
} from 'upbit-rx'
import { indicator$, indicatorSignal$, subscribeIndicator, subscribeIndicatorSignal } from 'upbit-rx'

const rsi = { type: 'rsi', params: { period: 14 } } as const
const bands = { type: 'bollinger_bands', params: { period: 20, multiplier: 2 } } as const

expectTypeOf(indicator$('KRW-BTC', '5m', rsi)).toEqualTypeOf<UpbitStream<IndicatorEvent<'rsi'>>>()
expectTypeOf(indicator$(['KRW-BTC', 'KRW-ETH'], '1d', [rsi, bands])).toEqualTypeOf<
  UpbitStream<IndicatorEvent<'rsi' | 'bollinger_bands'>>
>()
expectTypeOf(indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 2 } })).toEqualTypeOf<
  UpbitStream<IndicatorEvent<'rsi'>>
>()
expectTypeOf(indicator$('KRW-BTC', '5m', rsi, { gaps: true })).toEqualTypeOf<
  UpbitStream<IndicatorEvent<'rsi'> | GapEvent>
>()
declare const any: IndicatorRequest
expectTypeOf(indicator$('KRW-BTC', '5m', any)).toEqualTypeOf<UpbitStream<IndicatorEvent<IndicatorName>>>()

export function told(event: IndicatorEvent<'rsi' | 'macd'>): number | null {
  return event.indicator === 'rsi' ? event.value.rsi : event.value.histogram
}

// @ts-expect-error no such timeframe
void indicator$('KRW-BTC', '1m', rsi)
// @ts-expect-error no such indicator
void indicator$('KRW-BTC', '5m', { type: 'stochastic', params: { period: 14 } })
// @ts-expect-error a period that the exchange does not have
void indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 15 } })
// @ts-expect-error a parameter of another indicator
void indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 14, multiplier: 2 } })
// @ts-expect-error a parameter is missing
void indicator$('KRW-BTC', '5m', { type: 'bollinger_bands', params: { period: 20 } })
// @ts-expect-error a number, and no text
void indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: '14' } })
// @ts-expect-error these values do not go together
void indicator$('KRW-BTC', '5m', { type: 'macd', params: { fast: 12, slow: 17, signal_period: 9 } })
void indicator$('KRW-BTC', '5m', [
  rsi,
  // @ts-expect-error one of a list
  { type: 'volume', params: { period: 14 } },
])
// @ts-expect-error a signal is asked for elsewhere
void indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 14 }, trigger: 'overbought' })

const overbought = { ...rsi, trigger: 'overbought', event_params: { threshold: 70 } } as const
const cross = {
  type: 'moving_average',
  params: { type: 'EMA', period: 20 },
  trigger: 'price_cross_above',
} as const
expectTypeOf(indicatorSignal$('KRW-BTC', '60m', overbought)).toEqualTypeOf<
  UpbitStream<IndicatorSignalEvent<'rsi'>>
>()
expectTypeOf(indicatorSignal$('KRW-BTC', '60m', [overbought, cross], { gaps: true })).toEqualTypeOf<
  UpbitStream<IndicatorSignalEvent<'rsi' | 'moving_average'> | GapEvent>
>()
// @ts-expect-error a threshold of the other trigger
void indicatorSignal$('KRW-BTC', '60m', { ...rsi, trigger: 'overbought', event_params: { threshold: 30 } })
// @ts-expect-error the trigger of another indicator
void indicatorSignal$('KRW-BTC', '60m', { ...rsi, trigger: 'golden_cross' })
// @ts-expect-error a period of values that signals do not have
void indicatorSignal$('KRW-BTC', '60m', { ...overbought, params: { period: 2 } })
// @ts-expect-error what the trigger needs is missing
void indicatorSignal$('KRW-BTC', '60m', { ...rsi, trigger: 'overbought' })
// @ts-expect-error no trigger
void indicatorSignal$('KRW-BTC', '60m', rsi)

// Values may coalesce, signals may not.
void indicator$('KRW-BTC', '5m', rsi, { buffer: { overflow: 'coalesce' } })
// @ts-expect-error every signal counts
void indicatorSignal$('KRW-BTC', '5m', overbought, { buffer: { overflow: 'coalesce' } })

subscribeIndicator('KRW-BTC', '5m', bands, (event) =>
  expectTypeOf(event).toEqualTypeOf<IndicatorEvent<'bollinger_bands'>>(),
)
subscribeIndicatorSignal('KRW-BTC', '5m', [cross], async (event) => {
  expectTypeOf(event).toEqualTypeOf<IndicatorSignalEvent<'moving_average'>>()
  await Promise.resolve(event)
})

expectTypeOf<Upbit>().toExtend<InfoChannels>()
expectTypeOf<WebSocketClientProxy>().toExtend<InfoChannels>()
