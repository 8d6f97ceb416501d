/**
 * A page's bundle without a browser: a process with a `WebSocket`, a `location` and as much of a `document` as bundlers
 * look for, which refuses code from text.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve as absolute } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const limitMs = 20_000

export async function runInNode(script, { exchangeUrl, isDone, beforeEnd }) {
  const program = `
    globalThis.location = { search: '?exchange=' + encodeURIComponent(${JSON.stringify(exchangeUrl)}) }
    globalThis.document = {
      getElementById: () => null,
      createElement: () => ({ relList: { supports: () => true } }),
    }
    await import(${JSON.stringify(pathToFileURL(absolute(script)).href)})`
  // Node 20 has a browser's `WebSocket` behind a flag, later ones without.
  const flags = 'WebSocket' in globalThis ? [] : ['--experimental-websocket']
  const child = spawn(
    process.execPath,
    [
      ...flags,
      '--no-warnings',
      '--disallow-code-generation-from-strings',
      '--input-type=module',
      '--eval',
      program,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = once(child, 'exit')
  const lines = []
  const errors = []
  try {
    await new Promise((resolve, reject) => {
      const fail = (what) =>
        reject(
          new Error(
            `${what}; so far:\n${[...lines, ...errors.map((line) => line.slice(0, 500))].join('\n')}`,
          ),
        )
      AbortSignal.timeout(limitMs).addEventListener('abort', () => fail(`not done after ${limitMs} ms`))
      child.once('exit', (code) => fail(`it ended with exit ${code}`))
      createInterface(child.stderr).on('line', (line) => {
        // What went wrong is mostly in the lines behind the first.
        if (errors.push(line) === 1) setTimeout(() => fail('it wrote of an error'), 500)
      })
      createInterface(child.stdout).on('line', (line) => {
        lines.push(line)
        if (isDone(lines)) resolve()
      })
    })
    await beforeEnd()
    if (errors.length > 0) throw new Error(errors.join('\n'))
    return lines
  } finally {
    child.kill()
    await ended
  }
}
