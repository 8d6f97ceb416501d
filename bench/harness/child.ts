/**
 * One measurement: a fresh process, so that no contender runs on code that another one's use has shaped. It is bounded
 * in time, and ended by its own id when it does not end by itself.
 */
import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'

export type Values = Readonly<Record<string, number>>

const limitMs = 60_000
const measured = new URL('../measured/', import.meta.url).pathname

const running = new Set<ChildProcess>()

/** Starts a file of `measured/` with its job; the output of a child is only kept to explain a failure. */
export function startChild(file: string, job: object, execArgv: readonly string[] = []): ChildProcess {
  const child = fork(measured + file, [JSON.stringify(job)], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/** Runs a file of `measured/` to its answer; rejects with its reason when there is none. */
export function runChild(file: string, job: object, execArgv: readonly string[] = []): Promise<Values> {
  return answerOf<Values>(startChild(file, job, execArgv), limitMs)
}

/** The answer of a child, however long it may take. */
export function answerOf<Answer>(child: ChildProcess, boundMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let errors = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`no answer within ${boundMs / 1000} s`))
    }, boundMs)
    let answer: { readonly values?: Answer; readonly failure?: string } = {}
    child.on('message', (message: typeof answer) => (answer = message))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (answer.values !== undefined) return resolve(answer.values)
      const reason = answer.failure ?? (errors.trim() || `ended with ${String(signal ?? code)}`)
      reject(new Error(reason))
    })
  })
}

/** Ends whatever is still running. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL')
}
