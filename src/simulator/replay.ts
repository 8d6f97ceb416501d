/** A recording served over a real socket, with the recorded text untouched. */
import { checkExchangeOptions } from './options'
import type { Replay, ReplayPace } from './replay-feed'
import { ReplayFeed } from './replay-feed'
import type { RecordingSummary } from './recording'
import { replayLines, summarizeRecording } from './recording'
import { fileSource } from './replay-source'
import type { ServerOptions } from './server'
import { ExchangeServer } from './server'

/** Options of `startReplay`. */
export interface ReplayOptions extends Omit<ServerOptions, 'market' | 'markets' | 'rate'>, ReplayPace {
  /** A recording of `record`, or any JSON Lines with a frame a line; gzip too; a rotated set by its name, or a list. */
  readonly file: string | readonly string[]
}

/** An exchange on a port of this machine that replays a recording. */
export class ReplayServer extends ExchangeServer {
  readonly replay: Replay

  constructor(options: ReplayOptions, summary: RecordingSummary) {
    const { file, speed, boundaries, ...serverOptions } = options
    const pace = {
      ...(speed === undefined ? {} : { speed }),
      ...(boundaries === undefined ? {} : { boundaries }),
    }
    const made: ReplayFeed[] = []
    super({ ...serverOptions, market: false }, (outlet, timers) => {
      const feed = new ReplayFeed(fileSource(replayLines(file)), summary, pace, outlet, timers)
      made.push(feed)
      return feed
    })
    const feed = made[0] as ReplayFeed
    feed.waits = { flushed: () => this.flushed(), arrived: () => this.arrived() }
    this.replay = feed
  }
}

/**
 * Serves a recording on a port of this machine. Its timeline begins with the first subscription; quiet connections
 * are not dropped while it runs, and `replay.done` resolves when the clients have got all of it. Resolves when the
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
 *
 * await using exchange = await startReplay({ file: 'recording.jsonl', speed: 20 })
 * const upbit = createUpbit({ url: exchange.url })
 * const subscription = upbit.trade$('KRW-BTC').subscribe(({ trade_price }) => console.log(trade_price))
 * await exchange.replay.done
 * subscription.unsubscribe()
 * await upbit.shutdown()
 * ```
 */
export async function startReplay(options: ReplayOptions): Promise<ReplayServer> {
  checkExchangeOptions(options, ['file', 'speed', 'boundaries', 'port', 'host', 'environment'])
  const server = new ReplayServer(options, await summarizeRecording(options.file))
  await server.listen()
  return server
}
