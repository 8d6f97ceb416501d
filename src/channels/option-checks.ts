/**
 * The checks that the options of clients and of consumers are made of. A wrong option is a mistake in the program: it
 * throws at the call, and names the option, the value and what is allowed (C2.2).
 */
import { isObservable } from 'rxjs'
import { invalidOption } from '../base/invalid-option'

export function checkOneOf(option: string, value: unknown, allowed: readonly string[], from?: string): void {
  if (value !== undefined && !allowed.includes(value as string)) {
    throw invalidOption(option, value, allowed.map((item) => `'${item}'`).join(', '), from)
  }
}

export function checkWhole(option: string, value: unknown, least: number): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && (value as number) >= least)) {
    throw invalidOption(option, value, `a whole number from ${least}`)
  }
}

/** A duration above 0; `Infinity` is one. */
export function checkMs(option: string, value: unknown): void {
  if (value !== undefined && !(typeof value === 'number' && value > 0)) {
    throw invalidOption(option, value, 'a number of milliseconds above 0')
  }
}

export function checkBoolean(option: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw invalidOption(option, value, 'true, false')
}

export function checkText(option: string, value: unknown): void {
  if (value !== undefined && (typeof value !== 'string' || value === '')) {
    throw invalidOption(option, value, 'a text of at least one character')
  }
}

/** By its members: an `AbortSignal` of another realm, of a frame or of a test environment, is one too. */
export function checkSignal(signal: unknown): void {
  if (signal !== undefined && !hasMembers(signal, ['aborted', 'addEventListener', 'removeEventListener'])) {
    throw invalidOption('signal', signal, 'an AbortSignal')
  }
}

export function checkDeliver(deliver: unknown): void {
  if (deliver === undefined || deliver === 'sync' || deliver === 'task') return
  if (isObservable(deliver) || hasMembers(deliver, ['schedule', 'now'])) return
  throw invalidOption('deliver', deliver, "'sync', 'task', a scheduler, an Observable")
}

export function checkHandler(handler: unknown): void {
  if (typeof handler !== 'function') throw invalidOption('handler', handler, 'a function')
}

/** Whether `value` is an object that has these members. */
export function hasMembers(value: unknown, members: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && members.every((member) => member in value)
}
