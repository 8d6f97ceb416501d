/**
 * Work that takes time: the handler is asynchronous, gets one event at a time, and what it cannot take waits in a bounded
 * buffer. The account says exactly what became of every event.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { subscribeTrade } from 'upbit-rx'

const saved: string[] = []
using subscription = subscribeTrade(
  ['KRW-BTC', 'KRW-ETH'],
  async ({ code, sequential_id }) => {
    await sleep(200) // a slow database
    saved.push(`${code} ${sequential_id}`)
  },
  { name: 'trade saver', buffer: { capacity: 4, overflow: 'drop-oldest' } },
)

await sleep(3000)
const { offered, delivered, dropped, pending } = subscription.tally
console.log(`saved ${saved.length} trades`)
console.log(`offered ${offered} = delivered ${delivered} + dropped ${dropped} + pending ${pending}`)
