/** The stages of the read path, each alone (`job.stage`), on frames of one type in DEFAULT. */
import { answer, cpuUsSince, fail, failUnlessTiming, job } from '../job.mjs'
import { stampedFrames } from '../frames.mjs'
import { fakeClient } from './client.mjs'

const { stage, type, warm, measured } = job
const total = warm + measured
const frames = stampedFrames(job.frames, total)
const { Consumer, createDecoder, newCounters, realEnvironment, Router, SlowConsumers, streamKey } =
  await import(job.internals)

let delivered = 0
const stages = {
  /** Bytes to text to object, nothing checked. */
  parse: () => (i) => {
    if (JSON.parse(frames[i].toString()) !== undefined) delivered++
  },
  /** Bytes to a checked, exact, stamped event. */
  decode() {
    const decoder = createDecoder({ event: () => delivered++, control: fail, rejected: fail, drift: fail })
    verify = () => (decoder.slowFrames === 0 ? undefined : `${decoder.slowFrames} frames went the slow way`)
    return (i) => decoder.decode(frames[i], 1, realEnvironment.now())
  },
  /** A decoded event to its consumer: order, identity, memory, buffer, account. */
  deliver() {
    const events = decodeAll()
    const key = streamKey(type, 'KRW-BTC')
    const slow = new SlowConsumers(realEnvironment, failUnlessTiming)
    const router = new Router({
      counters: newCounters(),
      stepped: fail,
      resumed() {},
      fanOut: (fanOut, event) => slow.fanOut(fanOut, event),
    })
    const target = { next: () => void delivered++, failed: fail, complete() {}, error: fail }
    const host = {
      environment: realEnvironment,
      enter() {},
      leave() {},
      over() {},
      lost: fail,
      problem: fail,
    }
    const consumer = new Consumer({ kind: type, keys: [key], options: {}, target, owner: host }, host, 1)
    const route = router.open(key)
    route.add(consumer)
    consumer.sit(route.fanOut)
    verify = () => (consumer.tally.delivered === total ? undefined : JSON.stringify(consumer.tally))
    return (i) => router.dispatch(events[i])
  },
  /** Everything between a frame of the socket and a subscriber of the stream. */
  whole() {
    const { upbit, socket } = fakeClient()
    upbit[`${type}$`]('KRW-BTC').subscribe(() => delivered++)
    return (i) => socket.receive(frames[i])
  },
}

let verify = () => undefined

function decodeAll() {
  const events = []
  const decoder = createDecoder({
    event: (event) => events.push(event),
    control: fail,
    rejected: fail,
    drift: fail,
  })
  for (const frame of frames) decoder.decode(frame, 1, realEnvironment.now())
  return events
}

const one = stages[stage]()
for (let i = 0; i < warm; i++) one(i)
const start = process.cpuUsage()
for (let i = warm; i < total; i++) one(i)
const cpuUs = cpuUsSince(start) / measured

const wrong = verify() ?? (delivered === total ? undefined : `${delivered} of ${total} delivered`)
if (wrong === undefined) answer({ cpuUs })
else fail(wrong)
