/** The checks of the options of each control, for its own call and for `fault`, which is to throw before it begins. */
import { checkNames } from '../base/check-names'
import { wireFormats } from '../protocol/wire'
import {
  bag,
  check,
  checkAnswer,
  checkBoolean,
  checkClose,
  checkDuration,
  checkGiven,
  checkOneOf,
  checkText,
  checkTimes,
  isText,
} from './control-checks'

export const cutNames = ['code', 'reason']
export const refuseNames = ['times', 'retryAfterMs', 'body']
export const acceptThenCloseNames = ['times', 'code', 'reason', 'afterMs']
export const disturbNames = ['doubled', 'reordered', 'withinMs', 'snapshotAfterRealtime']
export const refuseRestNames = ['times', 'retryAfterMs', 'path', 'body', 'method', 'when']

export function checkCut(options: unknown): void {
  checkNames(options, cutNames)
  checkClose(bag(options))
}

export function checkRefuse(answer: unknown, options: unknown): void {
  checkAnswer('answer', answer, ['reset', 'hang'])
  checkNames(options, refuseNames)
  checkRepeated(options)
  checkText('body', bag(options).body)
}

export function checkAcceptThenClose(options: unknown): void {
  checkNames(options, acceptThenCloseNames)
  checkTimes(bag(options).times)
  checkClose(bag(options))
  checkDuration('afterMs', bag(options).afterMs)
}

export function checkStall(options: unknown): void {
  checkNames(options, ['all'])
  checkBoolean('all', bag(options).all)
}

export function checkError(name: unknown, message: unknown): void {
  checkGiven(isText(name), 'name', name, "the name of an error, such as 'INVALID_PARAM'")
  checkText('message', message)
}

export function checkDisturb(options: unknown): void {
  checkNames(options, disturbNames)
  const { doubled, reordered, withinMs, snapshotAfterRealtime } = bag(options)
  check(isShare(doubled), 'doubled', doubled, 'a share from 0 to 1')
  check(isShare(reordered), 'reordered', reordered, 'a share from 0 to 1')
  checkDuration('withinMs', withinMs)
  checkBoolean('snapshotAfterRealtime', snapshotAfterRealtime)
}

export function checkStep(byMs: unknown): void {
  checkGiven(Number.isFinite(byMs), 'byMs', byMs, 'a number of milliseconds')
}

export function checkFormat(format: unknown): void {
  checkOneOf('format', format, wireFormats)
}

export function checkRefuseRest(fault: unknown, options: unknown): void {
  checkAnswer('fault', fault, ['reset', 'hang', 'invalid-json', 'truncated'])
  checkNames(options, refuseRestNames)
  checkRepeated(options)
  const { path, body, method, when } = bag(options)
  if (method !== undefined) checkOneOf('method', method, ['GET', 'POST', 'DELETE'])
  if (when !== undefined) checkOneOf('when', when, ['before', 'after'])
  check(isText(path) && path.startsWith('/'), 'path', path, "the beginning of a path, such as '/v1/ticker'")
  checkText('body', body)
}

function checkRepeated(options: unknown): void {
  checkTimes(bag(options).times)
  checkDuration('retryAfterMs', bag(options).retryAfterMs)
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}
