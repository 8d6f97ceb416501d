/** Upbit's own words for what can be asked for. Source: docs.upbit.com, `websocket-guide`, read 2026-11. */

/** The lengths of candles that the exchange has. */
export const candleUnits = ['1s', '1m', '3m', '5m', '10m', '15m', '30m', '60m', '240m'] as const
/** A length of candles, `'1m'`. */
export type CandleUnit = (typeof candleUnits)[number]
/** The wire's name for candles of a unit, `'candle.1m'`. */
export type CandleType = `candle.${CandleUnit}`

/** The type of a public event, as the wire names it. */
export type PublicType = 'ticker' | 'trade' | 'orderbook' | CandleType

export const candleTypes = candleUnits.map((unit): CandleType => `candle.${unit}`)
export const publicTypes: readonly PublicType[] = ['ticker', 'trade', 'orderbook', ...candleTypes]

/** What the private connection carries: the account's orders and balances, and the exchange's announcements. */
export const privateTypes = ['myOrder', 'myAsset', 'announcement'] as const
/** The type of a private event, as the wire names it. */
export type PrivateType = (typeof privateTypes)[number]

/** What the info connection carries. */
export const infoTypes = ['indicator', 'indicator_signal'] as const
/** The type of an event of the info connection, as the wire names it. */
export type InfoType = (typeof infoTypes)[number]

/** The type of any event, as the wire names it. */
export type AnyType = PublicType | PrivateType | InfoType

/** How the exchange spells a frame: full or short keys, bare or in a list. A property of the connection. */
export const wireFormats = ['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'] as const
/** One of `wireFormats`. */
export type WireFormat = (typeof wireFormats)[number]

/** Whether a frame shows the state at subscription or a change. Others may be added: tolerate them. */
export type StreamType = 'SNAPSHOT' | 'REALTIME' | (string & {})
