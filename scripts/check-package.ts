/**
 * The shape of the built package: publint and attw, then what neither can see. Each entry loads in a plain Node both
 * ways, the one for browsers too; a bundle keeps its platform; what a page gets has nothing of Node in it, makes no code
 * at run time and stays within its budget; the command answers. Needs `npm run build`.
 */
import { join } from 'node:path'
import { browserEntry } from './check-package/browser-entry'
import { browserSize } from './check-package/browser-size'
import { bundles } from './check-package/bundles'
import { command } from './check-package/command'
import { loads } from './check-package/loads'
import { tool } from './check-package/tool'

const root = join(import.meta.dirname, '..')

const problems = [
  ...tool(root, 'publint', ['--strict']),
  // Node 10's resolution knows no `exports`; every Node that the package runs on does.
  ...tool(root, 'attw', ['--pack', '.', '--profile', 'node16', '--no-definitely-typed', '--format', 'ascii']),
  ...loads(root),
  ...(await bundles(root)),
  ...(await browserEntry(root)),
  ...(await browserSize(root)),
  ...command(root),
]

for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'package: as it should be' : `package: ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1
