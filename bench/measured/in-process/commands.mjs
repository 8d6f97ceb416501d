/**
 * What a subscription command costs with 855 codes in the set: the fold of the registry alone, and a whole call of
 * `subscribeTicker` with its `unsubscribe` on a client with a live connection.
 */
import { answer, cpuUsSince, fail, job } from '../job.mjs'
import { fakeClient } from './client.mjs'

const { createRegistry, streamKey } = await import(job.internals)
const { codes, warm, measured } = job

const inSet = codes.map((code) => streamKey('ticker', code))
const outside = codes.map((code) => streamKey('trade', code))

/** CPU µs a command; every turn of the loop is two of them. */
function perCommand(registry, keys) {
  const turns = (count) => {
    for (let i = 0; i < count; i++) {
      const key = [keys[i % keys.length]]
      registry.add(key)
      registry.remove(key)
    }
  }
  turns(warm)
  const start = process.cpuUsage()
  turns(measured)
  return cpuUsSince(start) / measured / 2
}

const registry = createRegistry()
registry.add(inSet)
let changes = 0
// As a live connection listens.
registry.changes$.subscribe(() => changes++)

const stays = perCommand(registry, inSet)
if (changes !== 0) fail(`${changes} changes by commands that change nothing`)
const crosses = perCommand(registry, outside)
if (changes !== 2 * (warm + measured))
  fail(`${changes} changes by ${2 * (warm + measured)} commands that change the set`)
if (registry.desired.entries.size !== codes.length) fail(`${registry.desired.entries.size} entries left`)

const { upbit, socket } = fakeClient()
upbit.subscribeTicker(codes, () => {})
if (socket.sent.length !== 1) fail(`${socket.sent.length} messages by one subscription`)
const calls = (count) => {
  for (let i = 0; i < count; i++) upbit.subscribeTicker(codes[i % codes.length], () => {}).unsubscribe()
}
calls(warm / 10)
const start = process.cpuUsage()
calls(measured / 10)
const call = cpuUsSince(start) / (measured / 10) / 2

answer({ stays, crosses, call })
