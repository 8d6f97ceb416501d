/** The peers, installed by their lock file, and only when that has changed since the last time. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)
const installLimitMs = 180_000

/** Returns why the peers are missing, or `undefined` when they are there. */
export async function installPeers(bench: string): Promise<string | undefined> {
  const wanted = createHash('sha256')
    .update(readFileSync(`${bench}/package-lock.json`))
    .digest('hex')
  const stamp = `${bench}/node_modules/.installed-lock`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return undefined
  try {
    await run('npm', ['ci', '--prefix', bench, '--no-audit', '--no-fund'], {
      cwd: bench,
      timeout: installLimitMs,
    })
    writeFileSync(stamp, wanted)
    return undefined
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    const lines = (stderr ?? String(error)).split('\n')
    const reason = lines.find((line) => /npm (error|ERR!)/.test(line)) ?? lines[0] ?? 'unknown'
    return `npm ci failed: ${reason.slice(0, 160)}`
  }
}
