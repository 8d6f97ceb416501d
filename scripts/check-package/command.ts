/** The command of the package starts and says what it can. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export function command(root: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), '--help'], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (status !== 0 || !stdout.includes('upbit-rx'))
    return [`dist/cli/main.js --help: exit ${String(status)}\n${stdout}${stderr}`]
  console.log('command: --help answers')
  return []
}
