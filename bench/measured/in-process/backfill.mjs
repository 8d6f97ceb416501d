/**
 * 250,000 trades that were missed, fetched in pages, read from their text, and delivered in order to one consumer: how long the loop was blocked
 * at most, by the clock and by the processor, and how long all took; or what is on the heap when all have been fetched.
 * Fails when anything is not delivered exactly once, in order.
 */
import { readFileSync } from 'node:fs'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { map, Observable } from 'rxjs'
import { answer, job } from '../job.mjs'

const { endpoints, Hub, readAnswer, streamKey, tradeEventsOf } = await import(job.internals)
const { aTrade, createVirtualExchange } = await import(job.testing)

const { count } = job
const code = 'KRW-BTC'
const exchange = createVirtualExchange()
const startMs = Date.now()
const idBase = 1_000_000_000

/** Trade `n` of five thousand a second, the last one now. */
const timeOf = (n) => Math.floor(startMs - (count - n) * 0.2)
const idOf = (n) => `1773240${idBase + n * 10}`

/** A row as the exchange writes it. */
function rowOf(n) {
  const [date, time] = new Date(timeOf(n)).toISOString().slice(0, 19).split('T')
  return (
    `{"market":"${code}","trade_date_utc":"${date}","trade_time_utc":"${time}","timestamp":${timeOf(n)},` +
    `"trade_price":${152_000_000 + (n % 999) * 1000},"trade_volume":${(n % 97) / 1e4 + 1e-8},` +
    `"prev_closing_price":151000000.0,"change_price":${(n % 999) * 1000},"ask_bid":"${n % 2 === 0 ? 'ASK' : 'BID'}",` +
    `"sequential_id":${idOf(n)}}`
  )
}

/** The answer, read as every answer is. */
function pageOf(from, size) {
  const rows = Array.from({ length: size }, (_, index) => rowOf(from - index))
  const { value } = readAnswer(endpoints.trades, `[${rows.join(',')}]`, () => undefined)
  return tradeEventsOf(value, startMs)
}

/** The newest first, a page a turn; the day before has none. */
const history = {
  trades$: ({ cursor, count: size, daysAgo }) =>
    environment.timer$(0).pipe(
      map(() => {
        if (daysAgo !== undefined) return []
        const from = cursor === undefined ? count : (Number(cursor.slice(7)) - idBase) / 10 - 1
        return pageOf(from, Math.min(size, from + 1))
      }),
    ),
}

/** What the main thread has had of the processor: on Linux of it alone, elsewhere with its helpers. */
function processorMs() {
  if (process.platform === 'linux')
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]) / 1e6
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

let processorBlockMs = 0
let isMeasuring = false
const real = exchange.options.environment
const environment = {
  ...real,
  timer$: (delayMs, options) =>
    new Observable((subscriber) =>
      real.timer$(delayMs, options).subscribe(() => {
        const beforeMs = processorMs()
        subscriber.next()
        subscriber.complete()
        if (isMeasuring) processorBlockMs = Math.max(processorBlockMs, processorMs() - beforeMs)
      }),
    ),
}

const hub = new Hub({
  environment,
  openSocket: exchange.options.openSocket,
  url: `${exchange.options.url}/websocket/v1`,
  format: 'DEFAULT',
  lingerMs: 0,
  error: () => undefined,
  gap: () => undefined,
  backfill: history,
})
const loop = monitorEventLoopDelay({ resolution: 1 })
let fetched = 0
let wrong = 0
let last = ''
let beganMs = 0
let isLive = false

/** All has been fetched, and nothing delivered. */
function weigh() {
  globalThis.gc()
  answer({ heapMb: process.memoryUsage().heapUsed / 1e6 })
}

function begin() {
  beganMs = performance.now()
  loop.enable()
  isMeasuring = true
}

function end(phase) {
  isMeasuring = false
  const tookMs = performance.now() - beganMs
  // The loop is asked once more, so that the last turn counts.
  setTimeout(() => {
    loop.disable()
    consumer.unsubscribe()
    if (phase !== 'closed' || wrong > 0 || fetched !== count - 1) {
      throw new Error(`the gap was ${phase} with ${fetched} trades, ${wrong} of them out of order`)
    }
    answer({ clockBlockMs: loop.max / 1e6, processorBlockMs, tookMs })
  }, 20)
}

const consumer = hub.enrol({
  kind: 'trade',
  keys: [streamKey('trade', code)],
  options: { backfill: 'ordered', gaps: true },
  owner: {},
  target: {
    next(event) {
      if (event.type === 'gap') return void (event.phase === 'opened' ? begin() : end(event.phase))
      if (event.source !== 'rest') return void (isLive ||= event.epoch > 1)
      if (fetched === 0 && job.isWeighed) weigh()
      if (isLive || event.sequential_id <= last) wrong++
      last = event.sequential_id
      fetched++
    },
    complete: () => undefined,
    error: (error) => {
      throw error
    },
  },
})

const snapshot = (n) => {
  exchange.snapshot(aTrade({ sequential_id: idOf(n), trade_timestamp: timeOf(n), stream_type: 'SNAPSHOT' }))
}
snapshot(0)
consumer.enter()
setTimeout(() => {
  snapshot(count)
  exchange.cut()
}, 600)
