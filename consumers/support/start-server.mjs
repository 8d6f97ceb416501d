/** A server of a consumer as a process of its own; ready when it has written its address. */
import { spawn } from 'node:child_process'

const limitMs = 60_000

export async function startServer(args, environment) {
  const own = { ...process.env }
  delete own.NODE_TEST_CONTEXT
  const child = spawn(process.execPath, args, {
    env: { ...own, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  /** The exit code, or the signal that ended it. */
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
  const url = await new Promise((resolve, reject) => {
    const fail = (what) => reject(new Error(`the server ${what}:\n${output}`))
    const limit = setTimeout(() => fail(`said no address in ${limitMs} ms`), limitMs)
    void ended.then((how) => fail(`ended with ${how}`))
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
        const [address] = /http:\/\/[^\s/]+:\d+/.exec(output) ?? []
        if (address === undefined) return
        clearTimeout(limit)
        resolve(address)
      })
  })
  return {
    url,
    ended,
    output: () => output,
    signal: (name) => child.kill(name),
    end: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}
