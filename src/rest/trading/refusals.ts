/** What an error says of the request that it ends: refused, refused unread, or nothing. */
import { isUpbitError, UpbitError } from '../../base/errors'
import { usedNonce } from '../../protocol/used-nonce'
import { noOrder } from '../rest-verdict'

/** HTTP's 4xx are refusals, save those that tell of time or of a result elsewhere. */
const unclear = [303, 408, 499]

/**
 * Whether the exchange surely did nothing of it. `nonce_used` is none: a request that was delivered twice is answered so,
 * and its first copy may have been taken.
 */
export function isRefusal({ status = 0, serverName }: UpbitError): boolean {
  return status >= 300 && status <= 499 && !unclear.includes(status) && serverName !== usedNonce
}

/** An answer that came and tells nothing of what was done; who calls REST does not repeat it, since it is no stumble. */
export function isUnclear(error: UpbitError): boolean {
  const { code } = error
  return code === 'UNDECODABLE' || ((code === 'REST_REFUSED' || code === 'AUTH_REFUSED') && !isRefusal(error))
}

/** Refused by a limit before anything was read of it, or for its token alone (docs.upbit.com `rest-api-guide`). */
export function isRefusedUnread({ status, serverName }: UpbitError): boolean {
  return status === 429 || status === 418 || serverName === usedNonce
}

/** A caller errors with nothing else; what a callback of ours throws is a fault like any other. */
export function asUpbitError(error: unknown): UpbitError {
  return isUpbitError(error) ? error : new UpbitError('REST_FAILED', String(error), { cause: error })
}

/** No order of these ids, in the exchange's own words: a gateway's 404 says nothing of orders. */
export function isNoOrder(error: unknown): boolean {
  return isUpbitError(error) && error.code === 'NOT_FOUND' && error.serverName === noOrder
}
