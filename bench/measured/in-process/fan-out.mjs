/** One ticker to many consumers, in the ways of `job.way`; each consumer reads one field and counts its calls. */
import { answer, cpuUsSince, fail, job } from '../job.mjs'
import { stampedFrames } from '../frames.mjs'
import { Subject } from '../libraries.mjs'
import { accountFault, fakeClient } from './client.mjs'

const { way, consumers, warm, measured } = job
const frames = stampedFrames(job.frames, warm + measured)

/** The consumers: a closure each, as an application has them; cheap, so that nothing hides behind their own work. */
const calls = new Uint32Array(consumers)
const handlers = Array.from(calls, (_, i) => (event) => {
  if (event.trade_price > 0) calls[i]++
})

let verify = () => undefined

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
  handlers: () => ofClient((upbit, handler) => upbit.subscribeTicker('KRW-BTC', handler)),
  streams: () => ofClient((upbit, handler) => upbit.ticker$('KRW-BTC').subscribe(handler)),
  /** A plain observer a consumer. */
  observers: () => ofClient((upbit, handler) => upbit.ticker$('KRW-BTC').subscribe({ next: handler })),
}

function ofClient(subscribe) {
  const { upbit, socket } = fakeClient()
  for (const handler of handlers) subscribe(upbit, handler)
  verify = () => accountFault(upbit, consumers * (warm + measured))
  return (i) => socket.receive(frames[i])
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
const wrong = missed > 0 ? `${missed} consumers missed events` : verify()
if (wrong === undefined) answer({ cpuUs })
else fail(wrong)
