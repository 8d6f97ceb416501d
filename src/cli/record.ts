/** `upbit-rx record`: a source, a client of its own that only receives, and a recording of what it receives. */
import type { Observable } from 'rxjs'
import { catchError, ignoreElements, merge, of, repeat, Subscription, take } from 'rxjs'
import type { Upbit } from '../api'
import type { Accounting } from '../observe/accounting'
import type { Recording, RecordingTotals } from '../record/record'
import { record as startRecording } from '../record/record'
import type { Ending } from './ending'
import { endingAfter$ } from './ending'
import { ErrorLines } from './error-lines'
import { events$ } from './event-streams'
import type { Host } from './host'
import { interrupted$ } from './interrupts'
import { faultText, problemText } from './messages'
import { oneLine } from './one-line'
import { onSource } from './on-source'
import { OutletPipe } from './outlet-pipe'
import type { RecordArguments } from './record-arguments'
import { wantedByDefault } from './wanted'

interface Result {
  readonly ending: Ending
  readonly counts: Accounting
  readonly totals: RecordingTotals
}

/** Resolves with the exit code. Throws `Fatal`, and `UpbitError` when the file cannot be opened. */
export async function record(args: RecordArguments, host: Host): Promise<number> {
  const lines = new ErrorLines(host)
  const interrupts$ = interrupted$(host)
  const { result, closeFault } = await onSource(args, host, (upbit) => {
    const running = new Subscription()
    return run(args, upbit, host, lines, interrupts$, running).finally(() => running.unsubscribe())
  })
  const { ending, counts, totals } = result
  if (ending.message !== undefined) lines.tell(ending.message)
  if (closeFault !== undefined) lines.tell(closeFault)
  lines.conclude(args.json ? JSON.stringify(accountOf(totals, counts)) : inWords(totals))
  return totals.lost > 0 || closeFault !== undefined ? 1 : ending.code
}

async function run(
  args: RecordArguments,
  upbit: Upbit,
  host: Host,
  lines: ErrorLines,
  interrupts$: Observable<Ending>,
  running: Subscription,
): Promise<Result> {
  const { out, rotate, durationMs, json } = args
  const recording = startRecording(upbit, out, rotate === undefined ? {} : { rotate })
  running.add(
    upbit.errors$.subscribe((error) => {
      // What ends the command is told at its end.
      if (error.code !== 'SLOW_CONSUMER' && error.code !== 'RECORDING_FAILED') lines.tell(problemText(error))
    }),
  )
  if (!json) running.add(tellProgress(recording, host))
  const received$ = events$(upbit, wantedByDefault(args)).pipe(
    ignoreElements(),
    catchError((fault: unknown) => of<Ending>({ code: 1, message: faultText(fault) })),
  )
  const ending = await new Promise<Ending>((resolve) => {
    const endings$ = merge(received$, interrupts$, endingAfter$(durationMs, host.environment))
    running.add(endings$.pipe(take(1)).subscribe(resolve))
    recording.done.catch((fault: unknown) => resolve({ code: 1, message: faultText(fault) }))
  })
  const counts = upbit.accounting()
  // One that has failed has its last figures.
  const totals = await recording.stop().catch(() => recording)
  return { ending, counts, totals }
}

const lookEveryMs = 1000
/** Where it is no terminal, a line now and then is enough. */
const linesEvery = 10

/** On a terminal one line that changes, elsewhere a line every ten seconds. */
function tellProgress(recording: Recording, { stdout, env, environment }: Host): Subscription {
  const isTerminal = stdout.isTTY === true && env['TERM'] !== 'dumb'
  const pipe = new OutletPipe(stdout, environment)
  let looks = 0
  const telling = environment
    .timer$(lookEveryMs)
    .pipe(repeat())
    .subscribe(() => {
      if (pipe.isFull || (!isTerminal && ++looks % linesEvery > 0)) return
      void pipe.write(isTerminal ? `\r\u001b[K${inWords(recording)}` : `${inWords(recording)}\n`)
    })
  telling.add(() => {
    if (isTerminal) void pipe.write('\r\u001b[K')
  })
  return telling
}

const groups = new Intl.NumberFormat('en-US')

function inWords({ frames, bytes, lost, files }: RecordingTotals): string {
  const last = oneLine(files.at(-1) ?? '')
  const into = files.length === 1 ? last : `${files.length} files up to ${last}`
  const losses = lost === 0 ? '' : `, ${groups.format(lost)} lost`
  return `${groups.format(frames)} frames, ${groups.format(bytes)} bytes${losses}, in ${into}.`
}

/** The account of `--json`. */
function accountOf({ frames, bytes, lost, files }: RecordingTotals, counts: Accounting): object {
  const { data, rejected, events, gaps, epochs, byType } = counts
  return { frames, bytes, lost, files, received: data, rejected, events, gaps, epochs, byType }
}
