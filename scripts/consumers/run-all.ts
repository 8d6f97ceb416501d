/** All that was asked for, in a temporary folder that is gone at the end, also when the user interrupts. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AskedRun } from './arguments'
import { endAll } from './command'
import { packPackage } from './pack'
import { Progress } from './progress'
import { runConsumer } from './run'

const interruptions = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Whether all are as they should be; what is not has been told. */
export async function runAll(root: string, { consumers, build, keep }: AskedRun): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'upbit-rx-consumers-'))
  const clear = (): void => {
    endAll()
    if (keep) console.log(`kept: ${folder}`)
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  // Not `once`: a second signal, which npm and tsx may pass on, would end the process in the middle of this.
  for (const [signal, code] of Object.entries(interruptions))
    process.on(signal, () => {
      clear()
      process.exit(code)
    })
  const progress = new Progress()
  try {
    const tarball = await packPackage(root, folder, build, progress)
    const failed: string[] = []
    for (const consumer of consumers) {
      const isGood = await runConsumer({ consumer, folder, tarball, progress, keep })
      if (!isGood) failed.push(consumer.name)
    }
    const total = `${consumers.length} consumers in ${progress.totalSeconds()} s`
    const [first] = failed
    if (first === undefined) console.log(`${total}: all as they should be`)
    else
      console.log(
        `${total}: ${failed.join(', ')} failed${keep ? '' : `; to look into it: npm run consumers -- ${first} --keep`}`,
      )
    return first === undefined
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return false
  } finally {
    clear()
  }
}
