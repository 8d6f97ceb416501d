/** Who takes frames from a socket, and how many each is given. */
import type { Bench } from '../harness/bench'
import { runChild } from '../harness/child'
import type { Format, Type } from '../harness/frames'
import type { Contender } from '../harness/rounds'

export interface Client {
  /** Its file in `measured/socket/`. */
  readonly file: string
  readonly label: string
  readonly peer?: boolean
}

export const floor: Client = { file: 'ws-bytes', label: 'ws, bytes only' }
export const base: Client = { file: 'ws-json', label: 'ws + JSON.parse' }
export const ours: Client = { file: 'upbit-rx', label: 'upbit-rx' }
export const peers: readonly Client[] = [
  { file: 'ccxt', label: 'ccxt pro', peer: true },
  { file: 'tardis-dev', label: 'tardis-dev', peer: true },
]

export const idOf = (type: Type, { file }: Client, format: Format): string => `${type} ${file} ${format}`

interface Counts {
  readonly warm: number
  readonly measured: number
}

/**
 * Enough to be compiled: with a tenth of it ccxt costs six times as much. With 8,000 of trades and tickers half of all
 * runs of upbit-rx still held what the engine compiles beside them, which made two figures of one.
 */
export function blastCounts(type: Type, { file }: Client, quick: boolean): Counts {
  const slow = type === 'orderbook' || file === 'ccxt'
  if (slow) return { warm: 12_000, measured: quick ? 12_000 : 20_000 }
  return { warm: 50_000, measured: quick ? 40_000 : 60_000 }
}

export const pacedPerSecond = 5_000

/**
 * A program that gets one message at a time runs for hours, so what is compiled along the way is not its cost: here the
 * engine goes on compiling for longer, since a reader of bytes is more code than a call of `JSON.parse`.
 */
export function pacedCounts(quick: boolean): Counts {
  return { warm: 60_000, measured: quick ? 2_000 : 5_000 }
}

export function socketContender(
  bench: Bench,
  type: Type,
  client: Client,
  format: Format,
  counts: Counts,
  perSecond: number,
): Contender {
  const { file, peer = false } = client
  return {
    id: idOf(type, client, format),
    peer,
    async run() {
      if (peer && bench.peersMissing !== undefined) throw new Error(bench.peersMissing)
      await bench.server.prepare({ ...counts, perSecond })
      const job = { url: bench.server.url, type, format, ...counts, ...bench.workspace.build }
      return runChild(`socket/${file}.mjs`, job)
    },
  }
}
