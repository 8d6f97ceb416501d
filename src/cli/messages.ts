/** Problems in words: what a person reads on stderr or on the board, always one line. */
import type { UpbitError } from '../base/errors'
import { isUpbitError } from '../base/errors'
import { oneLine } from './one-line'

/** A problem at run time: its code, what happened, what to do. */
export function problemText({ code, message, nextStep }: UpbitError): string {
  // Some messages end with their next step already.
  const advice = nextStep === undefined || message.includes(nextStep) ? '' : ` ${nextStep}`
  return oneLine(`${code}: ${message}${advice}`)
}

/** What ended a command, whatever was thrown. */
export function faultText(fault: unknown): string {
  if (isUpbitError(fault)) return problemText(fault)
  return oneLine(fault instanceof Error ? fault.message : String(fault))
}

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
  EADDRINUSE: 'it is in use',
}

/** Why the system refused, in words, as far as they are known. */
export function systemReason(fault: unknown): string {
  const code = (fault as NodeJS.ErrnoException | null)?.code
  return (code === undefined ? undefined : systemErrors[code]) ?? faultText(fault)
}
