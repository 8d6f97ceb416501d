/** A tool of `node_modules/.bin` that says what is wrong by itself. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export function tool(root: string, name: string, args: readonly string[]): readonly string[] {
  const bin = join(root, 'node_modules', '.bin', name)
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd: root, encoding: 'utf8' })
  if (status !== 0) return [`${name}:\n${stdout}${stderr}`]
  console.log(`${name}: no errors`)
  return []
}
