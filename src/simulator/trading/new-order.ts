/** What an order asks for, read from the members of a request. Names and rules: docs.upbit.com `new-order`, read 2026-11. */
import { parseExact } from './exact'
import type { Exact } from './exact'
import { isWholeVolume } from './order'
import type { OrderSide, OrderTerms, OrderType, SmpType, TimeInForce } from './order'
import { orderRefusals } from './order-refusal'

/** An order as it is asked for: the members of `POST /v1/orders`, as decimal strings, whether or not they fit together. */
export interface NewOrder {
  /** `KRW-BTC`. */
  readonly market: string
  readonly side: 'ask' | 'bid'
  /** `price` buys for an amount at the market, `market` sells a volume there, `best` takes the best price. */
  readonly ord_type: 'limit' | 'price' | 'market' | 'best'
  readonly volume?: string
  /** Of a buy by `price` or `best` the amount. */
  readonly price?: string
  readonly time_in_force?: 'ioc' | 'fok' | 'post_only'
  readonly identifier?: string
  readonly smp_type?: 'reduce' | 'cancel_maker' | 'cancel_taker' | 'none'
}

/** A member of a request with its text; one that is empty counts as left out. */
export type Member = (name: string) => string | undefined

const types: readonly string[] = ['limit', 'price', 'market', 'best'] satisfies OrderType[]
const timesInForce: readonly string[] = ['ioc', 'fok', 'post_only'] satisfies TimeInForce[]
const smpTypes: readonly string[] = ['reduce', 'cancel_maker', 'cancel_taker', 'none'] satisfies SmpType[]

/** Throws the exchange's refusal of a malformed order. */
export function termsOf(member: Member): OrderTerms {
  const market = member('market')
  if (market === undefined) throw orderRefusals.validation('market')
  const side = oneOf<OrderSide>(member, 'side', ['ask', 'bid'])
  const type = oneOf<OrderType>(member, 'ord_type', types)
  if (side === undefined) throw orderRefusals.validation('side')
  if (type === undefined) throw orderRefusals.validation('ord_type')
  const price = amount(member, 'price')
  const volume = amount(member, 'volume')
  const timeInForce = oneOf<TimeInForce>(member, 'time_in_force', timesInForce)
  const smpType = oneOf<SmpType>(member, 'smp_type', smpTypes)
  const identifier = identifierOf(member)
  const terms: OrderTerms = {
    market,
    side,
    type,
    ...(price === undefined ? {} : { price }),
    ...(volume === undefined ? {} : { volume }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
    ...(identifier === undefined ? {} : { identifier }),
    ...(smpType === undefined ? {} : { smpType }),
  }
  checkForm(terms)
  return terms
}

/** Throws the exchange's refusal of one that is too long. */
export function identifierOf(member: Member): string | undefined {
  const identifier = member('identifier')
  if (identifier !== undefined && identifier.length > 64) throw orderRefusals.validation('identifier')
  return identifier
}

/** Which members an order of a type has. */
function checkForm({ type, side, price, volume, timeInForce, smpType }: OrderTerms): void {
  const buysForAmount = side === 'bid' && type !== 'limit'
  const sellsAtMarket = side === 'ask' && type !== 'limit'
  const wrongSide = (type === 'price' && side === 'ask') || (type === 'market' && side === 'bid')
  const wrongPrice = (price === undefined) !== sellsAtMarket
  const wrongVolume = (volume === undefined) !== buysForAmount
  if (wrongSide || wrongPrice || wrongVolume) throw orderRefusals.malformed(side)
  if (timeInForce === 'post_only' && (type !== 'limit' || (smpType !== undefined && smpType !== 'none'))) {
    throw orderRefusals.postOnly()
  }
  // The best price needs one, an order at the market has none.
  const wrongTime =
    type === 'best' ? timeInForce === undefined : type !== 'limit' && timeInForce !== undefined
  if (wrongTime) throw orderRefusals.validation('time_in_force')
}

function oneOf<T extends string>(member: Member, name: string, words: readonly string[]): T | undefined {
  const word = member(name)
  if (word !== undefined && !words.includes(word)) throw orderRefusals.validation(name)
  return word as T | undefined
}

function amount(member: Member, name: string): Exact | undefined {
  const text = member(name)
  if (text === undefined) return undefined
  const value = parseExact(text)
  if (value === undefined || value <= 0n || !isWholeVolume(value)) throw orderRefusals.validation(name)
  return value
}
