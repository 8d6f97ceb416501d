/** Which streams to subscribe to: the arguments, filled up with the defaults or with what a recording holds. */
import type { MarketCode } from '../protocol/market-code'
import { isMarketCode } from '../protocol/market-code'
import type { PublicType } from '../protocol/wire'
import { publicTypes } from '../protocol/wire'
import type { RecordingSummary } from '../simulator/recording'
import { Fatal } from './fatal'
import { nearest } from '../base/nearest'
import { UsageError } from './usage-error'
import type { WatchArguments } from './watch-arguments'

/** The codes that are wanted of one type. */
export interface Wanted {
  readonly type: PublicType
  readonly codes: readonly MarketCode[]
}

const defaultCodes = ['KRW-BTC', 'KRW-ETH', 'KRW-XRP'] as MarketCode[]
const defaultTypes: readonly PublicType[] = ['ticker', 'trade', 'orderbook']

type Asked = Pick<WatchArguments, 'codes' | 'types'>

export function wantedByDefault({ codes, types }: Asked): readonly Wanted[] {
  const wantedCodes = codes.length === 0 ? defaultCodes : codes
  return (types.length === 0 ? defaultTypes : types).map((type) => ({ type, codes: wantedCodes }))
}

/** Throws `UsageError` for what the recording does not hold, since it would be waited for in vain. */
export function wantedOfRecording(
  { codes, types }: Asked,
  keys: RecordingSummary['keys'],
): readonly Wanted[] {
  const held = keys.filter(({ type, code }) => isPublicType(type) && isMarketCode(code))
  if (held.length === 0) throw new Fatal('The recording holds no public events of a market.')
  const heldTypes = publicTypes.filter((type) => held.some((key) => key.type === type))
  const heldCodes = [...new Set(held.map(({ code }) => code as MarketCode))]
  for (const code of codes) demand(code, heldCodes, 'markets')
  for (const type of types) demand(type, heldTypes, 'types')
  const wanted = (types.length === 0 ? heldTypes : types).map((type) => ({
    type,
    codes: (codes.length === 0 ? heldCodes : codes).filter((code) =>
      held.some((key) => key.type === type && key.code === code),
    ),
  }))
  const some = wanted.filter((ofType) => ofType.codes.length > 0)
  if (some.length === 0) {
    throw new UsageError(
      `The recording holds no ${types.join(' or ')} of ${codes.join(' or ')}; leave one of them out.`,
    )
  }
  return some
}

/** The markets, each once. */
export function codesOf(wanted: readonly Wanted[]): readonly MarketCode[] {
  return [...new Set(wanted.flatMap(({ codes }) => codes))]
}

/** Whether frames of this type and code are among them. */
export function isWanted(wanted: readonly Wanted[], type: string, code: string): boolean {
  return wanted.some((ofType) => ofType.type === type && (ofType.codes as readonly string[]).includes(code))
}

const listedAtMost = 12

function demand(asked: string, held: readonly string[], what: string): void {
  if (held.includes(asked)) return
  const meant = nearest(asked, held)
  const more = held.length > listedAtMost ? ` and ${held.length - listedAtMost} more` : ''
  throw new UsageError(
    meant === undefined
      ? `${asked} is not in the recording; its ${what} are ${held.slice(0, listedAtMost).join(', ')}${more}.`
      : `${asked} is not in the recording; did you mean ${meant}?`,
  )
}

function isPublicType(type: string): type is PublicType {
  return (publicTypes as readonly string[]).includes(type)
}
