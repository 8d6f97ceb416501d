/**
 * Runs one command to its end, its output in a file, in a process group of its own: at the limit, at an interruption
 * and at the end the whole group is ended, so that no server and no browser of a check outlives it.
 */
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Command {
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  readonly log: string
  readonly limitSeconds: number
  /** How long what it started may outlive it: a browser's processes end some moments after it was told to. */
  readonly graceMs?: number
}

const running = new Set<number>()
const defaultGraceMs = 3_000

/** `undefined` when all went well, else what went wrong in a few words. */
export async function runCommand({
  argv,
  cwd,
  log,
  limitSeconds,
  graceMs = defaultGraceMs,
}: Command): Promise<string | undefined> {
  const [program, ...rest] = argv
  const output = openSync(log, 'a')
  const child = spawn(program, rest, {
    cwd,
    env: consumerEnvironment(),
    stdio: ['ignore', output, output],
    detached: true,
  })
  closeSync(output)
  const group = child.pid
  if (group !== undefined) running.add(group)
  const limit = AbortSignal.timeout(limitSeconds * 1000)
  limit.addEventListener('abort', () => {
    if (group !== undefined && running.has(group)) endGroup(group)
  })
  const wrong = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => {
      resolve(`${program}: ${error.message}`)
    })
    child.once('exit', (code, name) => {
      resolve(code === 0 ? undefined : `exit ${code ?? String(name)}`)
    })
  })
  if (group === undefined) return wrong
  const hasTimedOut = limit.aborted
  const isAlone = await isGone(group, graceMs)
  if (!isAlone) {
    endGroup(group)
    await isGone(group, defaultGraceMs)
  }
  running.delete(group)
  if (hasTimedOut) return `not over after ${limitSeconds} s`
  return wrong ?? (isAlone ? undefined : 'it left processes running')
}

/** Ends what still runs; for an interruption. */
export function endAll(): void {
  for (const group of running) endGroup(group)
  running.clear()
}

/** Whether nobody of the group is left, at once or some moments later. */
async function isGone(group: number, graceMs: number): Promise<boolean> {
  const endMs = performance.now() + graceMs
  while (performance.now() < endMs) {
    if (!signal(group, 0)) return true
    await sleep(50)
  }
  return false
}

function endGroup(group: number): void {
  signal(group, 'SIGKILL')
}

/** Whether somebody of the group was there to get it. */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name)
  } catch {
    return false
  }
}

/**
 * The user's own environment, without what this project's `npm run` and its tools put there. The registry, proxies and
 * the cache stay as they are set.
 */
function consumerEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath|config_(local_prefix|prefix))$|INIT_CWD$|NODE_OPTIONS$|NODE_ENV$|TSX_|ESBK_|UPBIT_)/
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return {
    ...Object.fromEntries(kept),
    CI: '1',
    NO_COLOR: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  }
}
