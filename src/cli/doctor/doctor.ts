/** `upbit-rx doctor`: what stands between this machine and the exchange, step by step, and what to do about it. */
import { EmptyError } from 'rxjs'
import { createUpbit } from '../../index'
import { shownEndpoint } from '../../base/shown-url'
import { ErrorLines } from '../error-lines'
import type { Host } from '../host'
import { interrupted$ } from '../interrupts'
import { OutletPipe } from '../outlet-pipe'
import type { DoctorArguments } from './doctor-arguments'
import { Examination } from './examination'
import type { Finding } from './finding'
import { stepNames } from './finding'
import { examineNetwork, targetOf } from './network'
import { examineRest } from './rest'
import { examineSession } from './session'
import { examineSurroundings } from './surroundings'

const defaultTimeoutMs = 10_000
/** The exchange counts connects by the second. */
const defaultPaceMs = 1000

const marks = { ok: '✓', fault: '✗', skipped: '–' } as const
const nameWidth = Math.max(...stepNames.map((name) => name.length))

/** Resolves with the exit code: 1 where a step found a fault. Throws `UsageError` and `UpbitError` for wrong options. */
export async function doctor(args: DoctorArguments, host: Host, paceMs = defaultPaceMs): Promise<number> {
  const { environment } = host
  const { url, region, timeoutMs = defaultTimeoutMs, json } = args
  const lines = new ErrorLines(host)
  const pipe = new OutletPipe(host.stdout, environment)
  const interrupts$ = interrupted$(host)
  // Only for its options: nothing is subscribed, so nothing is opened. No step needs an account, so keys of the
  // surroundings are not looked at: half of a pair is no fault here.
  const upbit = createUpbit({
    environment,
    isolated: true,
    credentials: { tokenProvider: () => Promise.reject(new Error('No step needs a token.')) },
    ...(url === undefined ? {} : { url }),
    ...(region === undefined ? {} : { region }),
  })
  const { options } = upbit.manager
  const target = targetOf(options.url)
  const examination = new Examination({
    environment,
    timeoutMs,
    paceMs,
    stop$: interrupts$,
    tell: (finding) => {
      if (!json) void pipe.write(`${lineOf(finding)}\n`)
    },
  })
  if (!json) void pipe.write(`${shownEndpoint(options.url)}\n`)
  let isInterrupted = false
  try {
    examineSurroundings(examination, host.nodeVersion, host.env)
    if (await examineNetwork(examination, target)) {
      await examineSession(examination, target, options.openSocket, environment)
      await examineRest(examination, options.restUrl, environment)
    } else {
      for (const step of ['handshake', 'ping', 'frame', 'rest', 'limits', 'clock'] as const) {
        examination.skip(step, 'The exchange cannot be reached.')
      }
    }
  } catch (fault) {
    if (!(fault instanceof EmptyError)) throw fault
    isInterrupted = true
  } finally {
    examination.open.unsubscribe()
    await upbit.shutdown()
  }
  const faults = examination.all.filter(({ outcome }) => outcome === 'fault')
  if (json) {
    const told = {
      ok: faults.length === 0 && !isInterrupted,
      ...(isInterrupted ? { interrupted: true } : {}),
      url: shownEndpoint(options.url),
      steps: examination.all,
    }
    void pipe.write(`${JSON.stringify(told)}\n`)
  }
  await pipe.flushed()
  if (!json) lines.conclude(isInterrupted ? interruption(examination.all) : conclusionOf(faults))
  return faults.length === 0 ? 0 : 1
}

function lineOf({ step, outcome, found, advice, ms }: Finding): string {
  const time = ms === undefined ? '' : ` ${Math.round(ms)} ms`
  const line = `${marks[outcome]} ${step.padEnd(nameWidth)} ${found}${time}`
  return advice === undefined ? line : `${line}\n  ${' '.repeat(nameWidth)} ${advice}`
}

/** What was not looked at may be what is wrong. */
function interruption(all: readonly Finding[]): string {
  const faults = all.filter(({ outcome }) => outcome === 'fault').length
  const found = faults === 0 ? 'no fault in them' : `${faults} of them with a fault`
  return `upbit-rx: Interrupted after ${all.length} of ${stepNames.length} steps, ${found}.`
}

function conclusionOf(faults: readonly Finding[]): string {
  const [first] = faults
  if (first === undefined) return 'upbit-rx: Nothing is wrong between here and the exchange.'
  const others = faults.length === 1 ? '' : ` ${faults.length - 1} more above.`
  return `upbit-rx: ${first.found} ${first.advice ?? ''}${others}`
}
