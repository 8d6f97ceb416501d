/**
 * The frames of all rows: the embedded exchange's seeded market in virtual time, as it writes them on the wire, the
 * same events in all four formats. One file a type and format, one frame a line.
 */
import { writeFileSync } from 'node:fs'
import { VirtualTimeScheduler } from 'rxjs'
import type { createVirtualExchange as CreateVirtualExchange } from '../../src/testing'

export const types = ['ticker', 'trade', 'orderbook'] as const
export const formats = ['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'] as const
export type Type = (typeof types)[number]
export type Format = (typeof formats)[number]

/** So many different frames a file: more than a branch predictor learns by heart, few enough to stay in a cache. */
export const framesPerFile = 512
/** Virtual time until each type has so many; KRW-BTC trades twice a second. */
const virtualMs = 400_000

export const frameFile = (directory: string, type: Type, format: Format): string =>
  `${directory}/${type}-${format}.jsonl`

export async function makeFrames(testingUrl: string, directory: string): Promise<void> {
  const { createVirtualExchange } = (await import(testingUrl)) as {
    readonly createVirtualExchange: typeof CreateVirtualExchange
  }
  const scheduler = new VirtualTimeScheduler()
  const exchange = createVirtualExchange(scheduler, { market: true, markets: 1, limits: false })
  const collected = formats.map((format) => {
    const frames: string[] = []
    exchange.options.openSocket({ url: `${exchange.options.url}/websocket/v1` }).subscribe({
      next(socket) {
        socket.frames$.subscribe((frame) => frames.push(Buffer.from(frame).toString()))
        const items = types.map((type) => ({ type, codes: ['KRW-BTC'] }))
        socket.send(JSON.stringify([{ ticket: 'bench' }, ...items, { format }]))
      },
      // The close below ends it so.
      error() {},
    })
    return { format, frames }
  })
  // The market acts for as long as somebody listens.
  scheduler.schedule(() => void exchange.close(), virtualMs)
  scheduler.flush()
  for (const { format, frames } of collected) {
    for (const type of types) {
      const ofType = frames
        .filter((frame) => frame.includes(`"${type}"`) && frame.includes('"REALTIME"'))
        .slice(0, framesPerFile)
      if (ofType.length < framesPerFile) throw new Error(`${ofType.length} frames of ${type} ${format}`)
      writeFileSync(frameFile(directory, type, format), ofType.join('\n'))
    }
  }
}
