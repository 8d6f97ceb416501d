/**
 * A browser in the process group of its check, so that whoever ends the check ends it too; what would start it for us
 * gives it a group of its own. All that it writes stands in the consumer's folder, which
 * goes when all of its processes are gone: some write for a moment longer.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const limitMs = 30_000

/** Nothing is contacted but loopback. */
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-breakpad',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--remote-debugging-port=0',
]

/** Its first context, for as long as `use` takes. */
export async function withChromium(executablePath, use) {
  const folder = process.cwd()
  const profile = mkdtempSync(join(folder, 'chromium-'))
  const child = spawn(executablePath, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child))
    try {
      await use(browser.contexts()[0])
    } finally {
      await browser.close()
    }
  } finally {
    child.kill()
    const limit = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(limit)
  }
}

/** Where it listens, which it says once. */
function addressOf(child) {
  let output = ''
  return new Promise((resolve, reject) => {
    const fail = (what) => reject(new Error(`Chromium ${what}:\n${output}`))
    const limit = setTimeout(() => fail(`said no address in ${limitMs} ms`), limitMs)
    const over = (settle, value) => {
      clearTimeout(limit)
      settle(value)
    }
    child.once('error', (error) => over(reject, error))
    child.once('exit', (code, signal) => over(fail, `ended with ${code ?? signal}`))
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text
      const [, address] = /DevTools listening on (ws:\S+)/.exec(output) ?? []
      if (address !== undefined) over(resolve, address)
    })
  })
}
