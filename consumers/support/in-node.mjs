/** A page's bundle without a browser: a process with a `WebSocket` and a `location`, which refuses code from text. */
import { spawn } from 'node:child_process'
import { resolve as absolute } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const limitMs = 20_000

export function runInNode(script, exchangeUrl, isDone) {
  const program = `
    globalThis.location = { search: '?exchange=' + encodeURIComponent(${JSON.stringify(exchangeUrl)}) }
    await import(${JSON.stringify(pathToFileURL(absolute(script)).href)})`
  // Node 20 has a browser's `WebSocket` behind a flag, later ones without.
  const flags = 'WebSocket' in globalThis ? [] : ['--experimental-websocket']
  const child = spawn(
    process.execPath,
    [...flags, '--no-warnings', '--disallow-code-generation-from-strings', '--input-type=module', '--eval', program],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  return new Promise((resolve, reject) => {
    const lines = []
    const over = (settle, value) => {
      clearTimeout(limit)
      child.kill()
      settle(value)
    }
    const limit = setTimeout(() => over(reject, new Error(`not done: ${lines.join('\n')}`)), limitMs)
    child.once('exit', (code) => {
      if (!isDone(lines)) over(reject, new Error(`exit ${code} after: ${lines.join('\n')}`))
    })
    createInterface(child.stderr).on('line', (line) => over(reject, new Error(line)))
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      if (isDone(lines)) over(resolve, lines)
    })
  })
}
