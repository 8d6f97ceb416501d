/** Runs a program as a process of its own, to its end. One that does not end by itself has no exit code. */
import { execFile } from 'node:child_process'

export function runNode(args, environment = {}, limitMs = 60_000) {
  // What a test runner tells its children is not for a user's program.
  const own = { ...process.env }
  delete own.NODE_TEST_CONTEXT
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { env: { ...own, ...environment }, timeout: limitMs },
      (error, stdout, stderr) =>
        resolve({
          code: error === null ? 0 : error.killed ? 'none: it did not end' : error.code,
          stdout,
          stderr,
        }),
    )
    child.stdin.end()
  })
}
