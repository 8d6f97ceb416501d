/** One ticker to many consumers, in the ways of `job.way`; each consumer reads one field and counts its calls. */
import { answer, cpuUsSince, fail, job } from '../job.mjs'
import { stampedFrames } from '../frames.mjs'
import { Subject } from '../libraries.mjs'
import { fakeClient } from './client.mjs'

const { way, consumers, warm, measured } = job
const frames = stampedFrames(job.frames, warm + measured)

/** The consumers: a closure each, as an application has them; cheap, so that nothing hides behind their own work. */
const calls = new Uint32Array(consumers)
const handlers = Array.from(calls, (_, i) => (event) => {
  if (event.trade_price > 0) calls[i]++
})

const ways = {
  /** What cannot be beaten: the functions in an array. */
  loop() {
    const events = parsed()
    return (i) => {
      const event = events[i]
      for (const handler of handlers) handler(event)
    }
  },
  subject() {
    const events = parsed()
    const subject = new Subject()
    for (const handler of handlers) subject.subscribe(handler)
    return (i) => subject.next(events[i])
  },
  handlers() {
    const { upbit, socket } = fakeClient()
    for (const handler of handlers) upbit.subscribeTicker('KRW-BTC', handler)
    return (i) => socket.receive(frames[i])
  },
  streams() {
    const { upbit, socket } = fakeClient()
    for (const handler of handlers) upbit.ticker$('KRW-BTC').subscribe(handler)
    return (i) => socket.receive(frames[i])
  },
}

function parsed() {
  return frames.map((bytes) => JSON.parse(bytes.toString()))
}

const one = ways[way]()
for (let i = 0; i < warm; i++) one(i)
const start = process.cpuUsage()
for (let i = warm; i < warm + measured; i++) one(i)
const cpuUs = cpuUsSince(start) / measured

const missed = calls.filter((count) => count !== warm + measured).length
if (missed > 0) fail(`${missed} consumers missed events`)
else answer({ cpuUs })
