/** How a placement ends without an order. */
import { UpbitError } from '../../base/errors'
import { usedNonceToo } from '../../protocol/used-nonce'
import type { RestOrder } from '../rows/order-row'

const anew = 'Place it again if it is still wanted, with another identifier.'

/** `first`: why its outcome is not known, where `cause` is only the end of its time. */
export function unknown(what: string, identifier: string, cause: UpbitError, first = cause): UpbitError {
  if (cause.code === 'ORDER_UNKNOWN') return cause
  return new UpbitError(
    'ORDER_UNKNOWN',
    `${what} was sent, and whether the order was placed is not known: ${cause.message}`,
    {
      identifier,
      cause,
      nextStep: `Do not place it again before rest.getOrder({ identifier: '${identifier}' }) tells: an order, or NOT_FOUND ten seconds after this error.${usedNonceToo(first.serverName)}`,
    },
  )
}

/** What is there is surely another order, and the exchange takes an identifier once. */
export function taken(what: string, identifier: string, order: RestOrder, cause: UpbitError): UpbitError {
  return new UpbitError(
    'ORDER_NOT_PLACED',
    `${what} was not placed: '${identifier}' is the identifier of ${nameOf(order)}; ${cause.message}`,
    { identifier, cause, nextStep: anew },
  )
}

export function alike(what: string, identifier: string, order: RestOrder, cause: UpbitError): UpbitError {
  return new UpbitError(
    'ORDER_UNKNOWN',
    `${what} was sent, and whether the order was placed is not known: '${identifier}' is the identifier of ${nameOf(order)}; ${cause.message}`,
    {
      identifier,
      cause,
      nextStep: `Look whether order ${order.uuid} is the one that was meant, or an older one.`,
    },
  )
}

function nameOf({ market, side, ord_type, price, volume, created_at }: RestOrder): string {
  const amounts = [volume, price].filter((amount) => amount !== undefined).join(' at ')
  return `an order ${market} ${side} ${ord_type} ${amounts} of ${created_at}`
}

export function notPlaced(what: string, identifier: string, afterMs: number, cause: UpbitError): UpbitError {
  const seconds = afterMs / 1000
  return new UpbitError(
    'ORDER_NOT_PLACED',
    `${what} was sent and not placed: for ${seconds} s the exchange has had no order '${identifier}'; ${cause.message}`,
    { identifier, cause, nextStep: anew },
  )
}
