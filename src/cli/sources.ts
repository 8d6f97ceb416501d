/**
 * Where the events of `watch` come from: the exchange, any url, the embedded exchange or a recording. The last two are
 * served over a real socket of this machine, so what is watched has taken the way that real traffic takes.
 */
import { basename } from 'node:path'
import type { Environment } from '../base/environment'
import type { Replay } from '../simulator/replay-feed'
import { startReplay } from '../simulator/replay'
import { startExchange } from '../simulator/server'
import { Fatal } from './fatal'
import { systemReason } from './messages'
import { oneLine } from './one-line'
import type { SourceArguments } from './watch-arguments'

export interface Source {
  /** What to connect to; `undefined` is the exchange itself. */
  readonly url?: string
  /** What is to be shown in a badge: nobody must take an invented price for a real one. */
  readonly badges: readonly string[]
  /** What it is, in words; beside it stands the host. */
  readonly title?: string
  readonly replay?: Replay & { readonly speed: number }
  close(): Promise<void>
}

/** Throws `Fatal` when there is no such source. */
export async function openSource(source: SourceArguments, environment: Environment): Promise<Source> {
  switch (source.kind) {
    case 'live':
      return { badges: [], close: () => Promise.resolve() }
    case 'url':
      return { url: source.url, badges: [], close: () => Promise.resolve() }
    case 'simulate': {
      const exchange = await startExchange({ environment })
      return {
        url: exchange.url,
        badges: ['SIMULATED'],
        title: 'embedded exchange',
        close: () => exchange.close(),
      }
    }
    case 'replay':
      return openReplay(source.file, source.speed, environment)
  }
}

async function openReplay(file: string, speed: number, environment: Environment): Promise<Source> {
  const exchange = await startReplay({ file, speed, environment }).catch((fault: unknown) => {
    throw new Fatal(`${oneLine(file)} cannot be replayed: ${systemReason(fault)}.`)
  })
  const { replay } = exchange
  if (replay.summary.frames === 0) {
    await exchange.close()
    throw new Fatal(`${oneLine(file)} cannot be replayed: no line of it holds a frame.`)
  }
  return {
    url: exchange.url,
    badges: ['REPLAY'],
    title: oneLine(basename(file)),
    replay: { progress$: replay.progress$, done: replay.done, summary: replay.summary, speed },
    close: () => exchange.close(),
  }
}
