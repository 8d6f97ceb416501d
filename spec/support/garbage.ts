/** Garbage collection at a spec's word, as `node --expose-gc` gives it to a program. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Collects what nobody holds, and lets every registry be told. */
export async function collectGarbage(): Promise<void> {
  // What was looked at in this turn is held until its end; what it held itself, until the next collection.
  for (let round = 0; round < 3; round++) {
    await turn()
    collect()
  }
  await turn()
}
