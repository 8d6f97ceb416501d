#!/usr/bin/env node
/**
 * The command `upbit-rx`: arguments in, exit code out (C13). The process's own exit code is set only where this file is
 * the program; whoever imports `main` decides for itself.
 */
import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { version } from '../../package.json'
import { isUpbitError } from '../base/errors'
import { doctor } from './doctor/doctor'
import { ErrorLines } from './error-lines'
import { helpText } from './help'
import { Fatal } from './fatal'
import type { Host } from './host'
import { processHost } from './host'
import { faultText } from './messages'
import { OutletPipe } from './outlet-pipe'
import type { Command } from './parse-arguments'
import { parseArguments } from './parse-arguments'
import { record } from './record'
import { simulate } from './simulate'
import { UsageError } from './usage-error'
import { watch } from './watch'

/** Resolves with the exit code: 0 as asked, 1 a fault that nothing could mend, 2 wrong usage. Never rejects. */
export async function main(argv: readonly string[], host: Host = processHost()): Promise<number> {
  try {
    return await run(parseArguments(argv), host)
  } catch (fault) {
    const lines = new ErrorLines(host)
    lines.conclude(`upbit-rx: ${faultText(fault)}`)
    const isUsage = fault instanceof UsageError || (isUpbitError(fault) && fault.code === 'INVALID_OPTION')
    return isUsage ? 2 : 1
  }
}

async function run(command: Command, host: Host): Promise<number> {
  switch (command.kind) {
    case 'help':
      return print(helpText(command.topic), host)
    case 'version':
      return print(`${version}\n`, host)
    case 'watch':
      return watch(command, host)
    case 'record':
      return record(command, host)
    case 'simulate':
      return simulate(command, host)
    case 'doctor':
      return doctor(command, host)
  }
}

async function print(text: string, host: Host): Promise<number> {
  const pipe = new OutletPipe(host.stdout, host.environment)
  let fault: string | undefined
  const watching = pipe.broken$.subscribe(({ message }) => (fault = message))
  void pipe.write(text)
  await pipe.flushed()
  watching.unsubscribe()
  if (fault !== undefined) throw new Fatal(fault)
  return 0
}

const [, program] = process.argv
if (program !== undefined && import.meta.url === pathToFileURL(realpathSync(program)).href) {
  void main(process.argv.slice(2)).then((code) => (process.exitCode = code))
}
