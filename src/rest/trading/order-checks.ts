/**
 * Orders, checked at the call: a wrong one would cost a round trip at best, and at worst the exchange would take it for
 * another kind of order. What comes out are the members of the body, in the order in which they are sent and hashed.
 */
import { checkNames } from '../../base/check-names'
import { invalidOption } from '../../base/invalid-option'
import type { OrderRequest, ReplaceRequest } from '../order-request'
import type { Parameter } from '../query'
import { checkId, checkOneCode } from '../rest-checks'

/** The members of a body. */
export type Body = Readonly<Record<string, Parameter>>

type Values = Readonly<Record<string, unknown>>

interface Kind {
  readonly sides: readonly string[]
  /** The amounts that it has; of `best`, one of the two. */
  readonly amounts: readonly ('price' | 'volume')[]
  readonly times: readonly string[]
}

/** docs.upbit.com `new-order`, read 2026-11. */
const kinds: Readonly<Record<string, Kind>> = {
  limit: { sides: ['bid', 'ask'], amounts: ['price', 'volume'], times: ['ioc', 'fok', 'post_only'] },
  price: { sides: ['bid'], amounts: ['price'], times: [] },
  market: { sides: ['ask'], amounts: ['volume'], times: [] },
  best: { sides: ['bid', 'ask'], amounts: ['price', 'volume'], times: ['ioc', 'fok'] },
}
const smpTypes = ['cancel_maker', 'cancel_taker', 'reduce', 'none']

const terms = ['ord_type', 'price', 'volume', 'time_in_force', 'smp_type', 'identifier'] as const

/** The body of an order without its identifier, which stands apart. Throws `INVALID_OPTION` or `INVALID_CODE`. */
export function checkOrder(order: OrderRequest): {
  readonly body: Body
  readonly identifier: string | undefined
} {
  checkNames(order, ['market', 'side', ...terms], 'order')
  const values = order as unknown as Values
  const { ord_type, ...rest } = checkTerms(values, '', values.side)
  const market = checkOneCode(values.market, 'order.market')
  return {
    body: { market, side: values.side as string, ord_type, ...rest },
    identifier: identifierOf(values, ''),
  }
}

/** As `checkOrder`, of an order that replaces another one. */
export function checkReplacement(order: ReplaceRequest): {
  readonly body: Body
  readonly identifier: string | undefined
} {
  const ids = ['prev_order_uuid', 'prev_order_identifier'] as const
  checkNames(order, [...ids, ...terms.map((term) => `new_${term}`)], 'order')
  const { name, id } = checkId(ids, order)
  const values = order as unknown as Values
  const identifier = identifierOf(values, 'new_')
  if (identifier !== undefined && identifier === order.prev_order_identifier) {
    throw invalidOption('order.new_identifier', identifier, 'another one than that of the old order')
  }
  return { body: { [name]: id, ...checkTerms(values, 'new_', undefined) }, identifier }
}

/** What the kind of an order has, and nothing else. Of a replacement the side is not known. */
function checkTerms(values: Values, prefix: '' | 'new_', side: unknown): Body {
  const at = (term: string): string => `${prefix}${term}`
  const refuse = (term: string, allowed: string, nextStep?: string): never => {
    throw invalidOption(`order.${at(term)}`, values[at(term)], allowed, undefined, nextStep)
  }
  const type = values[at('ord_type')]
  const kind = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (kind === undefined) return refuse('ord_type', listed(Object.keys(kinds)))
  if (prefix === '' && !kind.sides.includes(side as string)) refuse('side', listed(kind.sides))
  const time = values[at('time_in_force')]
  const smp = values[at('smp_type')]
  for (const amount of ['price', 'volume'] as const) {
    const value = values[at(amount)]
    const isNeeded =
      type === 'best' ? isNeededOfBest(values, at, amount, side) : kind.amounts.includes(amount)
    if (!isNeeded && value !== undefined) {
      refuse(
        amount,
        `nothing here: '${type as string}' ${typeof side === 'string' ? `on side '${side}' ` : ''}has none`,
      )
    }
    if (
      isNeeded &&
      !(value === 'remain_only' && prefix === 'new_' && amount === 'volume') &&
      !isAmount(value)
    ) {
      refuse(amount, "a decimal above 0 as text, as '0.0005'", hintOf(value))
    }
  }
  if (time === undefined ? type === 'best' : !kind.times.includes(time as string)) {
    refuse(
      'time_in_force',
      kind.times.length === 0 ? `nothing here: '${type as string}' has none` : listed(kind.times),
    )
  }
  if (smp !== undefined && !smpTypes.includes(smp as string)) refuse('smp_type', listed(smpTypes))
  if (time === 'post_only' && smp !== undefined && smp !== 'none') {
    refuse('smp_type', "'none', or nothing: 'post_only' goes with no other")
  }
  return Object.fromEntries(
    ['ord_type', 'price', 'volume', 'time_in_force', 'smp_type']
      .map((term) => [at(term), values[at(term)]] as const)
      .filter(([, value]) => value !== undefined),
  ) as Body
}

/** A best order buys for an amount and sells a volume; without a side, whichever of the two is given. */
function isNeededOfBest(
  values: Values,
  at: (term: string) => string,
  amount: string,
  side: unknown,
): boolean {
  if (side === 'bid' || side === 'ask') return amount === (side === 'bid' ? 'price' : 'volume')
  const isPriced = values[at('price')] !== undefined
  return amount === (isPriced ? 'price' : 'volume')
}

/** Digits as they are sent; longer ones are no amount. */
function isAmount(value: unknown): value is string {
  return typeof value === 'string' && /^(0|[1-9]\d{0,19})(\.\d{1,20})?$/.test(value) && /[1-9]/.test(value)
}

function hintOf(value: unknown): string | undefined {
  if (typeof value === 'number') return `Write '${value}': a number may have lost digits on its way here.`
  return value === undefined ? 'This kind of order needs it.' : 'Write digits alone, with one point at most.'
}

const longestIdentifier = 64

function identifierOf(values: Values, prefix: string): string | undefined {
  const identifier = values[`${prefix}identifier`]
  if (identifier === undefined) return undefined
  const isFine =
    typeof identifier === 'string' &&
    identifier !== '' &&
    identifier.length <= longestIdentifier &&
    !/\p{Surrogate}/u.test(identifier)
  if (isFine) return identifier
  throw invalidOption(
    `order.${prefix}identifier`,
    identifier,
    `a text of 1 to ${longestIdentifier} characters`,
  )
}

function listed(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ')
}
