/**
 * The frames of the embedded exchange's seeded market, as it writes them on the wire: every public type, SNAPSHOT and
 * REALTIME, in all four formats, in virtual time.
 */
import { defer, EMPTY, merge, mergeMap, VirtualTimeScheduler } from 'rxjs'
import { publicTypes, wireFormats } from '../../src/protocol/wire'
import { createVirtualExchange } from '../../src/testing'

/** Of all three quote currencies, whose numbers differ in size. */
const markets = 9
const codes = ['KRW-BTC', 'BTC-ETH', 'USDT-BTC', 'KRW-ETH', 'KRW-XRP', 'USDT-ETH']
const virtualMs = 60_000
/** Of each type in each format. */
const mostOfAKind = 24

/** One text a frame; all ASCII. */
export function exchangeFrames(seed = 1): readonly string[] {
  const scheduler = new VirtualTimeScheduler()
  const exchange = createVirtualExchange(scheduler, { market: true, seed, markets, limits: false })
  const frames: string[] = []
  for (const format of wireFormats) {
    const counts = new Map<string, number>()
    const items = publicTypes.map((type) => ({ type, codes }))
    const grouped = { type: 'orderbook', codes: ['KRW-BTC'], level: 10_000 }
    const request = JSON.stringify([{ ticket: 'fuzz' }, ...items, grouped, { format }])
    exchange.options
      .openSocket({ url: `${exchange.options.url}/websocket/v1` })
      .pipe(
        mergeMap((socket) =>
          merge(
            socket.frames$,
            defer(() => (socket.send(request), EMPTY)),
          ),
        ),
      )
      .subscribe({
        next(raw) {
          const frame = typeof raw === 'string' ? raw : Buffer.from(raw).toString()
          const kind = /"(?:type|ty)":"([^"]+)"/.exec(frame)?.[1]
          if (kind === undefined) throw new Error(`the exchange sent ${frame}`)
          const count = counts.get(kind) ?? 0
          counts.set(kind, count + 1)
          if (count < mostOfAKind) frames.push(frame)
        },
        // The close below ends it so.
        error() {},
      })
  }
  // The market acts for as long as somebody listens.
  scheduler.schedule(() => void exchange.close(), virtualMs)
  scheduler.flush()
  return frames
}
