/**
 * The read path on frames of one type in DEFAULT, up to a stage (`job.stage`). Each stage does what the one before does
 * and one thing more, or one thing alone, so that the row can tell what a feature costs.
 */
import { answer, cpuUsSince, fail, failUnlessTiming, job } from '../job.mjs'
import { stampedFrames } from '../frames.mjs'
import { accountFault, fakeClient } from './client.mjs'
import { fakeSocket } from './fake-socket.mjs'

const { stage, type, warm, measured } = job
const total = warm + measured
const frames = stampedFrames(job.frames, total)
const internals = await import(job.internals)
const { createDecoder, FusedReader, newCounters, realEnvironment, streamKey } = internals

const key = streamKey(type, 'KRW-BTC')
let delivered = 0
let verify = () => undefined

const stages = {
  /** Bytes to text to object, nothing checked. */
  parse: () => (i) => {
    if (JSON.parse(frames[i].toString()) !== undefined) delivered++
  },
  /** Bytes to a checked, exact, stamped event, without code from text. */
  guard: () => decoding({}),
  /** The same by the fused reader. */
  read: () => decoding({ reader: new FusedReader() }),
  /** Read and counted: the clock, the sign of life, counters by outcome and type, drift. */
  count() {
    const { openSocket, receive } = fakeSocket()
    const record = new internals.SessionRecord(0)
    const ports = {
      endpoint: internals.publicEndpoint,
      environment: realEnvironment,
      counters: newCounters(),
      reader: new FusedReader(),
      connectionTap: { frame() {} },
      reports: { undecodable: fail, drift: fail },
      failed: fail,
      listed: fail,
    }
    openSocket().subscribe((socket) =>
      internals.inbound$(socket, 1, record, ports).subscribe(() => delivered++),
    )
    return (i) => receive(frames[i])
  },
  /** Counted, of a session, tagged with its epoch, switched and shared. */
  connect() {
    const { openSocket, receive } = fakeSocket()
    const registry = internals.createRegistry()
    registry.add([key])
    const nothing = () => {}
    const connection = internals.createConnection({
      endpoint: internals.publicEndpoint,
      environment: realEnvironment,
      openSocket,
      url: 'ws://bench.invalid',
      format: 'DEFAULT',
      createReader: () => new FusedReader(),
      lingerMs: 5000,
      registry,
      reports: {
        opened: nothing,
        lost: fail,
        ended: nothing,
        sent: nothing,
        rejected: fail,
        undecodable: fail,
        drift: fail,
        silent: nothing,
        error: failUnlessTiming,
      },
      received: () => delivered++,
    })
    connection.events$.subscribe()
    return (i) => receive(frames[i])
  },
  /** The rule of order and identity alone, on decoded events; memory too. */
  judge() {
    const events = decodeAll()
    const route = router(() => {}).open(key)
    return (i) => {
      if (route.judge(events[i]) === 'pass') delivered++
    }
  },
  /** Judged, found its route, and called one consumer without an account. */
  route() {
    const events = decodeAll()
    const routes = router((fanOut, event) => fanOut.run(event))
    const consumer = {
      isPatient: false,
      offer: () => void delivered++,
      offerLatest: fail,
      returned: fail,
      threw: fail,
    }
    routes.open(key).add(consumer)
    return (i) => routes.dispatch(events[i])
  },
  /** Judged and routed to a consumer with its account, under the watch for slow ones. */
  account() {
    const events = decodeAll()
    const slow = new internals.SlowConsumers(realEnvironment, failUnlessTiming)
    const routes = router((fanOut, event) => slow.fanOut(fanOut, event))
    const target = { next: () => void delivered++, failed: fail, complete() {}, error: fail }
    const host = {
      environment: realEnvironment,
      enter() {},
      leave() {},
      over() {},
      lost: fail,
      problem: fail,
    }
    const config = { kind: type, keys: [key], options: {}, target, owner: host }
    const consumer = new internals.Consumer(config, host, 1)
    const route = routes.open(key)
    route.add(consumer)
    consumer.sit(route.fanOut)
    verify = () => (consumer.tally.delivered === total ? undefined : JSON.stringify(consumer.tally))
    return (i) => routes.dispatch(events[i])
  },
  /** Everything between a frame of the socket and a subscriber of the stream. */
  whole() {
    const { upbit, socket } = fakeClient()
    upbit[`${type}$`]('KRW-BTC').subscribe(() => delivered++)
    verify = () => accountFault(upbit, total)
    return (i) => socket.receive(frames[i])
  },
}

function decoding(options) {
  const decoder = createDecoder(
    { event: () => delivered++, control: fail, rejected: fail, drift: fail },
    options,
  )
  const way = options.reader === undefined ? 'guarded' : 'fused'
  verify = () =>
    decoder.counts[way] === total ? undefined : `not all were ${way}: ${JSON.stringify(decoder.counts)}`
  return (i) => decoder.decode(frames[i], 1, i)
}

function decodeAll() {
  const events = []
  const sink = { event: (event) => events.push(event), control: fail, rejected: fail, drift: fail }
  const decoder = createDecoder(sink, { reader: new FusedReader() })
  for (const frame of frames) decoder.decode(frame, 1, realEnvironment.now())
  return events
}

function router(fanOut) {
  return new internals.Router({ counters: newCounters(), stepped: fail, resumed() {}, fanOut })
}

const one = stages[stage]()
for (let i = 0; i < warm; i++) one(i)
const start = process.cpuUsage()
for (let i = warm; i < total; i++) one(i)
const cpuUs = cpuUsSince(start) / measured

const wrong = verify() ?? (delivered === total ? undefined : `${delivered} of ${total} delivered`)
if (wrong === undefined) answer({ cpuUs })
else fail(wrong)
