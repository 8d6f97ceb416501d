/**
 * The chaos on a network of its own: the part over sockets, once more, inside a network namespace that this process
 * makes and takes away again, with faults of the link instead of the proxy's. Where the machine does not allow that, it
 * says so, and nothing has failed.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface NetnsResult {
  readonly text: string
  /** Promises that were broken. */
  readonly failures: number
}

export interface NetnsPlan {
  readonly seed: number
  readonly faults: number
  readonly seconds: number
  readonly speed: number
  /** The network that is not to be touched: `/proc/self/ns/net` of who asks. */
  readonly outside?: string
}

const run = promisify(execFile)
const boundMs = 240_000
const child = join(import.meta.dirname, '..', 'chaos-in-namespace.ts')

export async function runNetns(plan: NetnsPlan): Promise<NetnsResult> {
  const name = `upbit-rx-chaos-${process.pid}`
  const reason = await makeNamespace(name)
  if (reason !== undefined) return { text: `not possible here: ${reason}`, failures: 0 }
  const remove = (): void => {
    try {
      execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore', timeout: 5000 })
    } catch {
      // It is gone already.
    }
  }
  process.once('exit', remove)
  try {
    return await inNamespace(name, plan)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

/** Why there can be none; `undefined` when it is there. */
async function makeNamespace(name: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return `${process.platform} has no network namespaces`
  if (process.getuid?.() !== 0) return 'only root makes a network namespace'
  for (const tool of [
    ['ip', '-V'],
    ['tc', '-V'],
  ] as const) {
    try {
      await run(tool[0], [tool[1]], { timeout: 5000 })
    } catch {
      return `there is no \`${tool[0]}\``
    }
  }
  try {
    await run('ip', ['netns', 'add', name], { timeout: 5000 })
    return undefined
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    return `\`ip netns add\` fails: ${(stderr ?? String(error)).trim().split('\n')[0]}`
  }
}

function inNamespace(name: string, plan: NetnsPlan): Promise<NetnsResult> {
  const node = [
    process.execPath,
    '--import',
    'tsx',
    child,
    JSON.stringify({ ...plan, outside: readlinkSync('/proc/self/ns/net') }),
  ]
  return new Promise((resolve) => {
    const running = spawn('ip', ['netns', 'exec', name, ...node], { stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => running.kill('SIGKILL'), boundMs)
    let out = ''
    let errors = ''
    running.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    running.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)))
    running.once('close', (code) => {
      clearTimeout(timer)
      if (code === 0) resolve({ text: out.trimEnd(), failures: 0 })
      else resolve({ text: `${out}\n${errors}`.trim(), failures: 1 })
    })
  })
}
