/**
 * The client of row `reconnect`: wants all markets in three types, and says of each first event of an epoch how long ago
 * the server wrote it. Its clock runs faster than the wall's, so that a session is stable (C10.1) in half a second; what
 * is measured is no wait of it.
 */
import { performance } from 'node:perf_hooks'
import { job } from '../job.mjs'
import { ageUs } from '../load/clock.mjs'

const { createUpbit } = await import(job.build)
const { realEnvironment } = await import(job.internals)

const startMs = Date.now()
const environment = {
  ...realEnvironment,
  now: () => Math.floor(startMs + performance.now() * job.speed),
  timer$: (delayMs, options) => realEnvironment.timer$(delayMs / job.speed, options),
}
const upbit = createUpbit({ url: job.url, isolated: true, environment, logger: false })

let epoch = 0
upbit.ticker$(job.codes).subscribe((event) => {
  if (event.epoch === epoch) return
  epoch = event.epoch
  process.send({ deliveredUs: ageUs(event) })
})
upbit.trade$(job.codes).subscribe()
upbit.orderbook$(job.codes).subscribe()
