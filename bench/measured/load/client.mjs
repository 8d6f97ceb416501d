/**
 * The client of the load, in a process of its own: the built package and its public API. It warms up, measures for so
 * long, waits for the last frame that the server wrote, and answers with its accounts.
 */
import { once } from 'node:events'
import { createHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { answer, cpuUsSince, failUnlessTiming, job } from '../job.mjs'
import { ageUs } from './clock.mjs'
import { accountsByGroup, attach } from './consumers.mjs'

const { createUpbit } = await import(job.build)
const { warmMs, measuredMs, heapSamples } = job
const lagResolutionMs = 5
/** After the last frame was written: what has not come by then does not come. */
const drainMs = 10_000
const settleMs = 250
const longestUs = 600_000_000

// The server may be done before we look.
const serverDone = once(process, 'message')

const upbit = createUpbit({ url: job.url, isolated: true, format: 'DEFAULT' })
upbit.errors$.subscribe(failUnlessTiming)

const latency = createHistogram({ lowest: 1, highest: longestUs, figures: 3 })
/** By market and type: when it was last delivered. */
const deliveredMs = new Map()
let measuring = false
let longestSilenceMs = 0

let begun
const firstEvent = new Promise((resolve) => (begun = resolve))
/** Only of a screen: there every market has its delivery in each turn. */
const watchesSilence = job.consumers === 'screen'

const calls = attach(upbit, job, (event) => {
  begun()
  if (!measuring) return
  latency.record(ageUs(event))
  if (!watchesSilence) return
  const nowMs = performance.now()
  longestSilenceMs = Math.max(longestSilenceMs, nowMs - (deliveredMs.get(event.code) ?? nowMs))
  deliveredMs.set(event.code, nowMs)
})

await firstEvent
await sleep(warmMs)

const heap = [heapNow(0)]
// What waited for the collection is not what is measured.
await sleep(settleMs)
const lag = monitorEventLoopDelay({ resolution: lagResolutionMs })
lag.enable()
measuring = true
const before = upbit.accounting()
const startMs = performance.now()
const startCpu = process.cpuUsage()
for (let sample = 1; sample <= heapSamples; sample++) {
  await sleep(startMs + (measuredMs * sample) / heapSamples - performance.now())
  // The last one when the rest is measured: what is forced is not what users have.
  if (sample < heapSamples) heap.push(heapNow(performance.now() - startMs))
}
const cpuUs = cpuUsSince(startCpu)
const elapsedMs = performance.now() - startMs
const after = upbit.accounting()
measuring = false
lag.disable()
heap.push(heapNow(elapsedMs))

const [{ written }] = await serverDone
const drainStartMs = performance.now()
while (upbit.accounting().frames < written && performance.now() - drainStartMs < drainMs) await sleep(10)
const drainedMs = performance.now() - drainStartMs
const { byType, drift, ...total } = upbit.accounting()

answer({
  elapsedMs,
  cpuUs,
  heap,
  latencyUs: percentiles(latency, (us) => us),
  lagMs: percentiles(lag, (nanoseconds) => Math.max(0, nanoseconds / 1e6 - lagResolutionMs)),
  longestSilenceMs,
  window: differences(after, before),
  total,
  byType,
  drift,
  groups: accountsByGroup(upbit),
  calls: calls(),
  drainedMs,
})

function heapNow(atMs) {
  globalThis.gc()
  return { atMs, usedBytes: process.memoryUsage().heapUsed }
}

function percentiles(histogram, unit) {
  const at = (percentile) => unit(histogram.percentile(percentile))
  return { p50: at(50), p90: at(90), p99: at(99), max: unit(histogram.max), count: histogram.count }
}

function differences(later, earlier) {
  const numbers = Object.entries(later).filter(([, value]) => typeof value === 'number')
  return Object.fromEntries(numbers.map(([name, value]) => [name, value - earlier[name]]))
}
