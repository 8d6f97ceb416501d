/** The error of a call that was not sent, because its turn cannot come in its time. */
import { UpbitError } from '../base/errors'
import type { TurnTooLate } from '../rate-limit/turn-too-late'
import { readErrorBody } from './error-body'
import { detailsOf, saidBy } from './said-by'

/** `cause` is what was seen before, if anything was. */
export function turnError(what: string, { waitMs, refusal }: TurnTooLate, cause?: UpbitError): UpbitError {
  const seconds = Math.ceil(waitMs / 1000)
  const details = cause === undefined ? {} : { cause }
  const nextStep = `Call again in ${seconds} s, less often, or with a longer timeoutMs.`
  if (refusal === undefined) {
    const text = `${what} was not sent: the limit has no room for it for ${seconds} s.`
    return new UpbitError('RATE_LIMITED', text, { ...details, nextStep })
  }
  const body = readErrorBody(refusal.body ?? '')
  const why = `the exchange takes nothing for ${seconds} s, since it answered with ${saidBy(refusal.status, body)}`
  return new UpbitError('RATE_LIMITED', `${what} was not sent: ${why}`, {
    ...detailsOf(refusal.status, body),
    ...details,
    nextStep,
  })
}
