/** The report of a callback that threw or rejected (C4.7). */
import { UpbitError } from '../base/errors'

export function handlerFailed(consumer: string, cause: unknown): UpbitError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return new UpbitError('HANDLER_FAILED', `The handler of ${consumer} failed: ${said.slice(0, 200)}`, {
    consumer,
    cause,
    nextStep: 'Mend the handler; it stays subscribed and gets the next event.',
  })
}
