/**
 * 250,000 trades that were missed, fetched in pages and delivered in order: how long the event loop was blocked at most,
 * and what it took. `npx tsx scripts/backfill.ts [COUNT]`; ends with 1 when a block was longer than 50 ms, or anything
 * was not delivered exactly once, in order.
 */
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { map, Observable } from 'rxjs'
import type { Environment } from '../src/base/environment'
import type { BackfillSource, TradePage } from '../src/channels/backfill-source'
import type { Delivered } from '../src/channels/consumer-config'
import { Hub } from '../src/channels/hub'
import type { RestTradeEvent } from '../src/protocol/rest-event'
import { streamKey } from '../src/registry/stream-key'
import { aTrade, createVirtualExchange } from '../src/testing'

const longestMs = 50
const count = Number(process.argv[2] ?? 250_000)
const code = 'KRW-BTC'
const exchange = createVirtualExchange()
const startMs = Date.now()

/** Trade `n` of five thousand a second, the last one now. */
function idOf(n: number): string {
  return `1773240${String(1_000_000_000 + n * 10)}`
}

function rowOf(n: number): RestTradeEvent {
  const atMs = startMs - (count - n) * 0.2
  const {
    timestamp: _t,
    stream_type: _s,
    ...trade
  } = aTrade({
    code,
    trade_timestamp: Math.floor(atMs),
    sequential_id: idOf(n),
  })
  return { ...trade, epoch: 0, received_at: startMs, source: 'rest' }
}

const history: BackfillSource = {
  trades$: ({ cursor, count: size, daysAgo }: TradePage) =>
    environment.timer$(0).pipe(
      map(() => {
        if (daysAgo !== undefined) return []
        const from = cursor === undefined ? count : (Number(cursor.slice(7)) - 1_000_000_000) / 10 - 1
        return Array.from({ length: Math.min(size, from + 1) }, (_, index) => rowOf(from - index))
      }),
    ),
  candles$: () => {
    throw new Error('none')
  },
}

/** What the main thread has had of the processor: on Linux of it alone, elsewhere with its helpers. */
function processorMs(): number {
  if (process.platform === 'linux')
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The longest turn in the time of the processor: on a machine with other work the clock says little. */
let longestCpuMs = 0
let measuring = false
const environment: Environment = {
  ...exchange.options.environment,
  timer$: (delayMs, options) =>
    new Observable((subscriber) =>
      exchange.options.environment.timer$(delayMs, options).subscribe(() => {
        const beforeMs = processorMs()
        subscriber.next()
        subscriber.complete()
        if (measuring) longestCpuMs = Math.max(longestCpuMs, processorMs() - beforeMs)
      }),
    ),
}

const hub = new Hub({
  environment,
  openSocket: exchange.options.openSocket,
  url: `${exchange.options.url}/websocket/v1`,
  format: 'DEFAULT',
  lingerMs: 0,
  error: (error) => console.error(error.message),
  gap: () => undefined,
  backfill: history,
})

const loop = monitorEventLoopDelay({ resolution: 1 })
let fetched = 0
let wrong = 0
let last = ''
let beganMs = 0
let live = false
/** What a consumer does with each: little, so that the blocks are ours. */
let volume = 0

const consumer = hub.enrol({
  kind: 'trade',
  keys: [streamKey('trade', code)],
  options: { backfill: 'ordered', gaps: true },
  owner: {},
  target: {
    next(event: Delivered) {
      if (event.type === 'gap') {
        if (event.phase === 'opened') begin()
        else end(event.phase)
        return
      }
      if (event.type !== 'trade') return
      volume += event.trade_volume
      if (event.source !== 'rest') {
        live ||= event.epoch > 1
        return
      }
      if (live || event.sequential_id <= last) wrong++
      last = event.sequential_id
      fetched++
    },
    complete: () => undefined,
    error: (error) => console.error(error.message),
  },
})

function begin(): void {
  beganMs = performance.now()
  global.gc?.()
  loop.enable()
  measuring = true
}

function end(phase: string): void {
  // The loop is asked once more, so that the last turn counts.
  measuring = false
  setTimeout(() => {
    loop.disable()
    const blockMs = loop.max / 1e6
    const heapMb = process.memoryUsage().heapUsed / 1e6
    console.log(
      `${fetched.toLocaleString('en-US')} back-filled trades in order, gap ${phase}: longest block ` +
        `${longestCpuMs.toFixed(1)} ms of the processor (bar ${longestMs} ms), ${blockMs.toFixed(1)} ms by the clock, p99 ${(loop.percentile(99) / 1e6).toFixed(1)} ms, ` +
        `${((performance.now() - beganMs) / 1000).toFixed(2)} s, heap ${heapMb.toFixed(0)} MB, volume ${volume.toFixed(2)}`,
    )
    consumer.unsubscribe()
    const isRight = phase === 'closed' && wrong === 0 && fetched === count - 1 && longestCpuMs <= longestMs
    process.exitCode = isRight ? 0 : 1
  }, 20)
}

const first = rowOf(0)
exchange.snapshot(
  aTrade({
    sequential_id: first.sequential_id,
    trade_timestamp: first.trade_timestamp,
    stream_type: 'SNAPSHOT',
  }),
)
consumer.enter()
setTimeout(() => {
  const { sequential_id, trade_timestamp } = rowOf(count)
  exchange.snapshot(aTrade({ sequential_id, trade_timestamp, stream_type: 'SNAPSHOT' }))
  exchange.cut()
}, 600)
