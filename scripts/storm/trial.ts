/** One client against one kind of server for some seconds, counted by the server from its first dial on. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { startChild } from '../../bench/harness/child'
import type { StormClient } from './clients'
import type { Treatment } from './storm-server'
import { StormServer } from './storm-server'

export interface Trial {
  readonly treatment: Treatment
  /** When each dial came, ms since the first. */
  readonly dialsAtMs: readonly number[]
  /** What the client said of its end, or how its process ended before its time. */
  readonly note: string | undefined
  /** Why there is nothing to count. */
  readonly failure: string | undefined
}

/** A client may have to compile itself first, on a busy machine. */
const firstDialMs = 30_000

export interface TrialPlan {
  readonly client: StormClient
  readonly treatment: Treatment
  readonly seconds: number
  /** Where upbit-rx is imported from. */
  readonly build: string
}

export async function runTrial({ client, treatment, seconds, build }: TrialPlan): Promise<Trial> {
  const server = await StormServer.start(treatment)
  const job = { url: server.url, managers: client.managers, build }
  const child = startChild(
    `storm/${client.file}.mjs`,
    job,
    client.peer ? [] : ['--import', import.meta.resolve('tsx')],
  )
  const life = watch(child)
  const over = new AbortController()
  try {
    const begun = await Promise.race([
      server.firstDial.then(() => true),
      life.ended.then(() => false),
      wait(firstDialMs, false, { signal: over.signal }),
    ])
    if (!begun) {
      const failure = life.reason() ?? `no dial within ${firstDialMs / 1000} s`
      return { treatment, dialsAtMs: [], note: undefined, failure }
    }
    // Whoever gives up has won: the server goes on counting that nothing comes.
    await wait(seconds * 1000, undefined, { signal: over.signal })
    const [firstMs = 0] = server.dialsAtMs
    const dialsAtMs = server.dialsAtMs.map((atMs) => atMs - firstMs).filter((ms) => ms < seconds * 1000)
    return { treatment, dialsAtMs, note: life.reason(), failure: undefined }
  } finally {
    over.abort()
    child.kill('SIGKILL')
    await life.ended
    await server.stop()
  }
}

interface Life {
  readonly ended: Promise<unknown>
  /** The last thing that it said, else how it ended, if it has. */
  reason(): string | undefined
}

function watch(child: ChildProcess): Life {
  let said: string | undefined
  let ending: string | undefined
  let errors = ''
  child.on('message', (message: { readonly note?: string; readonly failure?: string }) => {
    said = message.note ?? message.failure?.split('\n')[0] ?? said
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)))
  const ended = once(child, 'close').then(([code]: (number | null)[]) => {
    ending = `process ended with ${code ?? 'a signal'}${errors === '' ? '' : `: ${lastLine(errors)}`}`
  })
  return { ended, reason: () => said ?? ending }
}

function lastLine(text: string): string {
  return (text.split('\n').find((line) => /error/i.test(line)) ?? text.trim()).trim().slice(0, 120)
}
