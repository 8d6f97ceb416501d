/** A recording served over a real socket, with the recorded text untouched. */
import { checkExchangeOptions } from './options'
import type { Replay } from './replay-feed'
import { ReplayFeed } from './replay-feed'
import type { RecordingSummary } from './recording'
import { readRecording, summarizeRecording } from './recording'
import type { ServerOptions } from './server'
import { ExchangeServer } from './server'

/** Options of `startReplay`. */
export interface ReplayOptions extends Omit<ServerOptions, 'market' | 'markets' | 'rate'> {
  /** JSON Lines; see `recording.ts` for the two forms of a line. */
  readonly file: string
  /** 20 is twenty times as fast as it was recorded. Default 1. */
  readonly speed?: number
}

/** An exchange on a port of this machine that replays a recording. */
export class ReplayServer extends ExchangeServer {
  readonly replay: Replay

  constructor(options: ReplayOptions, summary: RecordingSummary) {
    const { file, speed = 1, ...serverOptions } = options
    const made: ReplayFeed[] = []
    super({ ...serverOptions, market: false }, (outlet, timers) => {
      const feed = new ReplayFeed(readRecording(file), summary, speed, outlet, timers)
      made.push(feed)
      return feed
    })
    const feed = made[0] as ReplayFeed
    feed.flushed = () => this.flushed()
    this.replay = feed
  }
}

/**
 * Serves a recording on a port of this machine. Its timeline begins with the first subscription; quiet connections
 * are not dropped while it runs, and `replay.done` resolves when all of it has left for the clients. Resolves when the
 * file has been read through once and the server listens; it holds the process until `close()`. Lines without a frame
 * are left out and counted in `replay.summary.unreadable`.
 *
 * @throws Error rejects with the system's own error when the file cannot be read, by `code`: `ENOENT` where it does not
 * exist, `EACCES` where it may not be read, `EISDIR` for a folder; and as `startExchange` when it cannot listen.
 *
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { startReplay } from 'upbit-rx/testing'
 * import { take } from 'rxjs'
 *
 * await using exchange = await startReplay({ file: 'recording.jsonl', speed: 20 })
 * const upbit = createUpbit({ url: exchange.url })
 * // As many as there are: `done` says that the last one has left, and it may still be on its way.
 * const { frames = 0 } = exchange.replay.summary.keys.find(({ type, code }) => type === 'trade' && code === 'KRW-BTC') ?? {}
 * await upbit.trade$('KRW-BTC').pipe(take(frames)).forEach((trade) => console.log(trade.trade_price))
 * await upbit.shutdown()
 * ```
 */
export async function startReplay(options: ReplayOptions): Promise<ReplayServer> {
  checkExchangeOptions(options, ['file', 'speed', 'port', 'host', 'environment'])
  const server = new ReplayServer(options, await summarizeRecording(options.file))
  await server.listen()
  return server
}
