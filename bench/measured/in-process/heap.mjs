/**
 * Heap of idle consumers of one code, after garbage collection, before and after they come (`--expose-gc`): kB per
 * 1,000. The first of them are not counted: with them comes what is made once.
 */
import { answer, fail, job } from '../job.mjs'
import { Subject } from '../libraries.mjs'
import { fakeClient } from './client.mjs'

const { way, consumers, warm } = job
/** One function for all, so that what is counted is the library's. */
const idle = () => {}

const ways = {
  subject() {
    const subject = new Subject()
    return { add: () => subject.subscribe(idle), count: () => subject.observers.length }
  },
  handlers() {
    const { upbit } = fakeClient()
    return { add: () => upbit.subscribeTicker('KRW-BTC', idle), count: () => upbit.consumers().length }
  },
  streams() {
    const { upbit } = fakeClient()
    return { add: () => upbit.ticker$('KRW-BTC').subscribe(idle), count: () => upbit.consumers().length }
  },
}

const { add, count } = ways[way]()
const kept = new Array(consumers + warm)
for (let i = 0; i < warm; i++) kept[i] = add()
const beforeBytes = heapBytes()
for (let i = warm; i < consumers + warm; i++) kept[i] = add()
const kB = (heapBytes() - beforeBytes) / consumers
if (count() !== consumers + warm || kept.length !== consumers + warm) fail('not all consumers are there')
else answer({ kB })

function heapBytes() {
  for (let i = 0; i < 4; i++) globalThis.gc()
  return process.memoryUsage().heapUsed
}
