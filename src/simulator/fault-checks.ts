/** The check of a script of faults: whole and at the call, since a fault that is wrong would strike nobody later. */
import { checkNames } from '../base/check-names'
import {
  bag,
  check,
  checkEvents,
  checkGiven,
  checkGivenDuration,
  checkOneOf,
  checkTrades,
} from './control-checks'
import {
  acceptThenCloseNames,
  checkAcceptThenClose,
  checkCut,
  checkDisturb,
  checkError,
  checkFormat,
  checkRefuse,
  checkRefuseRest,
  checkStall,
  checkStep,
  cutNames,
  disturbNames,
  refuseNames,
  refuseRestNames,
} from './control-options'
import { endpoints } from './endpoint'
import type { Fault } from './fault'
import { malformedShapes } from './malformed'

type Bag = Readonly<Record<string, unknown>>

/** What a kind of fault may say beside `atMs` and `kind`, and whether it says it right. */
interface Kind {
  readonly names: readonly string[]
  readonly check: (fault: Bag, options: Bag) => void
}

const plain: Kind = { names: [], check: () => {} }

/** The kinds that may say which endpoint they mean. */
const ofEndpoints: ReadonlySet<unknown> = new Set<Fault['kind']>([
  'cut',
  'error',
  'refuse',
  'accept-then-close',
  'accept',
  'stall',
  'resume',
  'malformed',
  'status',
  'flip-format',
])

const kinds: Readonly<Record<Fault['kind'], Kind>> = {
  cut: { names: cutNames, check: (_fault, options) => checkCut(options) },
  error: { names: ['name', 'message'], check: ({ name, message }) => checkError(name, message) },
  refuse: {
    names: ['answer', ...refuseNames],
    check: ({ answer }, { answer: _, ...options }) => checkRefuse(answer, options),
  },
  'accept-then-close': {
    names: acceptThenCloseNames,
    check: (_fault, options) => checkAcceptThenClose(options),
  },
  accept: plain,
  stall: { names: ['all'], check: (_fault, options) => checkStall(options) },
  resume: plain,
  'pause-market': plain,
  'resume-market': plain,
  malformed: { names: ['shape'], check: ({ shape }) => checkOneOf('shape', shape, malformedShapes) },
  status: plain,
  emit: { names: ['events', 'accessKey'], check: ({ events }) => checkEvents(events) },
  execute: { names: ['trades'], check: ({ trades }) => checkTrades(trades) },
  disturb: { names: disturbNames, check: (_fault, options) => checkDisturb(options) },
  calm: plain,
  'step-clock': { names: ['byMs'], check: ({ byMs }) => checkStep(byMs) },
  'flip-format': { names: ['format'], check: ({ format }) => checkFormat(format) },
  'refuse-rest': {
    names: ['answer', ...refuseRestNames],
    check: ({ answer }, { answer: _, ...options }) => checkRefuseRest(answer, options),
  },
  'accept-rest': plain,
  'delay-rest': { names: ['delayMs'], check: ({ delayMs }) => checkGivenDuration('delayMs', delayMs) },
  burst: { names: ['frames', 'perSecond', 'make'], check: checkBurst },
}

export function checkFaults(script: unknown, options: unknown): void {
  checkGiven(Array.isArray(script), 'script', script, 'a list of faults')
  for (const fault of script as readonly unknown[]) checkFault(bag(fault))
  checkNames(options, ['from'])
  const { from } = bag(options)
  if (from !== undefined) checkOneOf('from', from, ['now', 'subscribe'])
}

function checkFault(fault: Bag): void {
  checkOneOf('kind', fault.kind, Object.keys(kinds))
  const kind = kinds[fault.kind as Fault['kind']]
  checkNames(fault, ['atMs', 'kind', ...(ofEndpoints.has(fault.kind) ? ['endpoint'] : []), ...kind.names])
  checkGivenDuration('atMs', fault.atMs)
  const { atMs: _atMs, kind: _kind, endpoint, ...options } = fault
  if (endpoint !== undefined) checkOneOf('endpoint', endpoint, endpoints)
  kind.check(fault, options)
}

function checkBurst({ frames, perSecond, make }: Bag): void {
  const isCount = Number.isSafeInteger(frames) && (frames as number) >= 1
  checkGiven(isCount, 'frames', frames, 'a whole number from 1')
  check(typeof perSecond === 'number' && perSecond > 0, 'perSecond', perSecond, 'a number above 0')
  checkGiven(typeof make === 'function', 'make', make, 'a function')
}
