/**
 * 10,000 commands in one turn, against the embedded exchange over a real socket, with 855 codes in the set: how many
 * messages reach the exchange?
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { performance } from 'node:perf_hooks'
import { answer, fail, failUnlessTiming, job } from '../job.mjs'

const { createUpbit } = await import(job.build)
const { startExchange } = await import(job.testing)
const { codes, commands, watchMs } = job

const exchange = await startExchange({ market: false })
const upbit = createUpbit({ url: exchange.url, isolated: true })
upbit.errors$.subscribe(failUnlessTiming)

const messages = () => exchange.received.filter(({ text }) => text.includes('ticket')).length
upbit.subscribeTicker(codes, () => {})
await exchange.until(() => messages() === 1)
// Accepted a second after it was sent, since no frame of it comes; nothing is sent before that.
await sleep(1500)

const before = messages()
const startMs = performance.now()
const kept = new Map()
for (let i = 0; i < commands; i++) {
  const code = codes[i % codes.length]
  const handle = kept.get(code)
  if (handle === undefined)
    kept.set(
      code,
      upbit.subscribeTrade(code, () => {}),
    )
  else {
    handle.unsubscribe()
    kept.delete(code)
  }
}
const burstMs = performance.now() - startMs
// Longer than a removal may wait for an addition to ride with.
await sleep(watchMs)

const sent = messages() - before
const last = JSON.parse(exchange.received.at(-1).text)
const trades = last.find(({ type }) => type === 'trade')?.codes.length ?? 0
if (trades !== kept.size) fail(`the exchange was asked for ${trades} codes, wanted were ${kept.size}`)
await upbit.shutdown()
await exchange.close()
answer({ messages: sent, burstMs })
