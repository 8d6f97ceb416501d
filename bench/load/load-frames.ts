/**
 * The frames of the load: two for each of 855 markets and each type, from the embedded exchange's seeded market in
 * virtual time, in an order drawn once and then kept: every market gets its turn, and none gets two.
 */
import { writeFileSync } from 'node:fs'
import { VirtualTimeScheduler } from 'rxjs'
import type { createVirtualExchange as CreateVirtualExchange } from '../../src/testing'
import { seededRandom } from '../../src/base/seeded-random'
import { listings } from '../../src/simulator/market/codes'
import type { Type } from '../harness/frames'

export interface LoadFrames {
  readonly file: string
  /** Every key gets a frame once in so many. */
  readonly keys: number
  readonly codes: readonly string[]
}

/** As many as the exchange lists (2026-09). */
export const markets = 855
/** So many different frames a key. */
const passes = 2
/** The busy markets move in it; of a quiet one its SNAPSHOT is taken, and called what it would be. */
const virtualMs = 10_000

export async function makeLoadFrames(
  testingUrl: string,
  directory: string,
  types: readonly Type[],
): Promise<LoadFrames> {
  const { createVirtualExchange } = (await import(testingUrl)) as {
    readonly createVirtualExchange: typeof CreateVirtualExchange
  }
  const scheduler = new VirtualTimeScheduler()
  const exchange = createVirtualExchange(scheduler, { market: true, markets, limits: false })
  const codes = listings(markets).map(({ code }) => code)
  const byKey = new Map<string, string[]>()
  exchange.options.openSocket({ url: `${exchange.options.url}/websocket/v1` }).subscribe({
    next(socket) {
      socket.frames$.subscribe((raw) => {
        const frame = Buffer.from(raw).toString()
        const [, type = '', code = ''] = /"type":"([^"]+)","code":"([^"]+)"/.exec(frame) ?? []
        const key = `${type} ${code}`
        const ofKey = byKey.get(key) ?? []
        byKey.set(key, ofKey)
        if (ofKey.length < passes) ofKey.push(frame.replace('"SNAPSHOT"', '"REALTIME"'))
      })
      const items = types.map((type) => ({ type, codes }))
      socket.send(JSON.stringify([{ ticket: 'load' }, ...items, { format: 'DEFAULT' }]))
    },
    // The close below ends it so.
    error() {},
  })
  scheduler.schedule(() => void exchange.close(), virtualMs)
  scheduler.flush()

  const keys = shuffled([...byKey.keys()])
  if (keys.length !== markets * types.length) throw new Error(`frames of ${keys.length} keys`)
  const file = `${directory}/load-${types.join('-')}.jsonl`
  const lines = Array.from({ length: passes }, (_, pass) =>
    keys.map((key) => {
      const ofKey = byKey.get(key) ?? []
      return ofKey[pass] ?? ofKey[0]
    }),
  )
  writeFileSync(file, lines.flat().join('\n'))
  return { file, keys: keys.length, codes }
}

function shuffled<T>(items: T[]): T[] {
  const random = seededRandom('load')
  for (let left = items.length - 1; left > 0; left--) {
    const at = Math.floor(random() * (left + 1))
    const item = items[left] as T
    items[left] = items[at] as T
    items[at] = item
  }
  return items
}
