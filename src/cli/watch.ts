/**
 * `upbit-rx watch`: a source, a client of its own, an output; then it waits for whatever ends it first, and takes all of
 * them down in the order in which nothing is lost.
 */
import type { Observable } from 'rxjs'
import { filter, merge, NEVER, Subscription, take } from 'rxjs'
import type { Upbit, UpbitErrorCode } from '../api'
import type { Accounting } from '../observe/accounting'
import { boardOutput } from './board-output'
import type { Ending } from './ending'
import { endingAfter$ } from './ending'
import { ErrorLines } from './error-lines'
import type { Host } from './host'
import { interrupted$ } from './interrupts'
import { jsonOutput } from './json-output'
import { problemText } from './messages'
import { onSource } from './on-source'
import type { Output, OutputConfig } from './output'
import { plainOutput } from './plain-output'
import { leftOut } from './left-out'
import { replayEnd$ } from './replay-end'
import type { Source } from './sources'
import type { Summary } from './summary'
import { summaryInWords, summaryOf } from './summary'
import { wantedByDefault, wantedOfRecording } from './wanted'
import type { WatchArguments } from './watch-arguments'

interface Result {
  readonly ending: Ending
  readonly summary: Summary
  /** `false`: a part of the output is stuck, and the process would wait for it for ever. */
  readonly isOut: boolean
}

/** Resolves with the exit code. Throws `UsageError` and `Fatal`. */
export async function watch(args: WatchArguments, host: Host): Promise<number> {
  const lines = new ErrorLines(host)
  const interrupts$ = interrupted$(host)
  const running = new Subscription()
  // Told to the last: what the close of the client brings is a problem of this run too.
  const { result, closeFault } = await onSource(args, host, (upbit, source) =>
    run(args, upbit, source, host, lines, interrupts$, running),
  ).finally(() => running.unsubscribe())
  const { ending, summary, isOut } = result
  if (ending.message !== undefined) lines.tell(ending.message)
  if (closeFault !== undefined) lines.tell(closeFault)
  lines.conclude(args.json ? JSON.stringify(summary) : summaryInWords(summary))
  const code = closeFault === undefined ? ending.code : 1
  if (!isOut) host.exit(code)
  return code
}

async function run(
  args: WatchArguments,
  upbit: Upbit,
  source: Source,
  host: Host,
  lines: ErrorLines,
  interrupts$: Observable<Ending>,
  running: Subscription,
): Promise<Result> {
  const { replay } = source
  const wanted = replay === undefined ? wantedByDefault(args) : wantedOfRecording(args, replay.summary.keys)
  const makeOutput = outputFor(args, host)
  const problems$ = upbit.errors$.pipe(filter(({ code }) => isWorthTelling(code, replay !== undefined)))
  if (makeOutput !== boardOutput) running.add(problems$.subscribe((error) => lines.tell(problemText(error))))
  if (replay !== undefined) for (const line of leftOut(replay.summary)) lines.tell(line)
  // Before the output, whose first subscription is what begins a replay.
  const asked$ = merge(
    interrupts$,
    endOf$(source, upbit, host),
    endingAfter$(args.durationMs, host.environment),
  )
  const output = makeOutput({ upbit, wanted, source, host, problems$ })
  const { ending, counts } = await firstEnding(merge(output.ended$, asked$), output, upbit, running)
  const isOut = await output.flush(ending)
  return { ending, summary: summaryOf(counts, output.tally, output.gaps), isOut }
}

function isWorthTelling(code: UpbitErrorCode, isReplay: boolean): boolean {
  // The consumers are this command's own: whoever calls it can do nothing about their speed.
  if (code === 'SLOW_CONSUMER') return false
  // In a recording a market that is silent for a while is as it was.
  return !isReplay || code !== 'SILENT_CODE'
}

function outputFor({ json }: WatchArguments, { stdout, env }: Host): (config: OutputConfig) => Output {
  if (json) return jsonOutput
  // A dumb terminal cannot move its cursor.
  return stdout.isTTY === true && env['TERM'] !== 'dumb' ? boardOutput : plainOutput
}

function endOf$({ replay }: Source, upbit: Upbit, { environment }: Host): Observable<Ending> {
  return replay === undefined ? NEVER : replayEnd$(replay, () => upbit.accounting().data, environment)
}

/** The ending that comes first, and the account of that very turn: what arrives afterwards is nobody's. */
function firstEnding(
  endings$: Observable<Ending>,
  output: Output,
  upbit: Upbit,
  running: Subscription,
): Promise<{ readonly ending: Ending; readonly counts: Accounting }> {
  return new Promise((resolve) => {
    running.add(
      endings$.pipe(take(1)).subscribe((ending) => {
        output.leave()
        resolve({ ending, counts: upbit.accounting() })
      }),
    )
  })
}
