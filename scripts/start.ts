/**
 * `npm start`: the command line's `watch` from the sources. It shows the embedded exchange unless the arguments name
 * another source, so that a first look needs neither a network nor an account.
 */
import { main } from '../src/cli/main'

const sources = ['--live', '--url', '--replay', '--simulate']
const args = process.argv.slice(2)
const named = args.some((arg) => sources.some((source) => arg === source || arg.startsWith(`${source}=`)))

process.exitCode = await main(['watch', ...args, ...(named ? [] : ['--simulate'])])
