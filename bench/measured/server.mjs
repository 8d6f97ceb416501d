/**
 * The exchange of the benchmarks, in a process of its own: it answers a subscription with so many frames of the asked
 * type and format. Frames are made ahead and written in large chunks with backpressure, so that the client is the
 * bottleneck; or, paced, one write a message.
 *
 * The harness says before each run how many frames there are to be (`prepare`).
 */
import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import { setImmediate, setTimeout } from 'node:timers'
import { performance } from 'node:perf_hooks'
import { FrameSource } from './frames.mjs'
import { WebSocketServer } from './libraries.mjs'

const chunkBytes = 256 * 1024
/** Between the warm-up, which is never paced, and the paced frames. */
const settleMs = 50

/** What some clients ask for before they subscribe. */
const marketList = Buffer.from(
  JSON.stringify([{ market: 'KRW-BTC', korean_name: '비트코인', english_name: 'Bitcoin' }]),
)

const { frameDirectory } = JSON.parse(process.argv[2])
const sources = new Map()
let plan = { warm: 0, measured: 0, perSecond: 0 }

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const http = createServer((request, response) => {
  const found = request.url.startsWith('/v1/market/all')
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
  response.end(found ? marketList : '{}')
})

http.on('upgrade', (request, stream, head) => {
  // A client ends by leaving.
  stream.on('error', () => {})
  sockets.handleUpgrade(request, stream, head, (socket) => {
    socket.on('error', () => {})
    socket.once('message', (data) => {
      const items = JSON.parse(data.toString())
      const { type } = items.find((item) => item.type !== undefined)
      const { format = 'DEFAULT' } = items.find((item) => item.format !== undefined) ?? {}
      void play(stream, sourceOf(type, format), plan)
    })
  })
})

function sourceOf(type, format) {
  const name = `${type}-${format}.jsonl`
  let source = sources.get(name)
  if (source === undefined) sources.set(name, (source = new FrameSource(`${frameDirectory}/${name}`)))
  return source
}

async function play(stream, source, { warm, measured, perSecond }) {
  stream.write(source.snapshot())
  if (perSecond === 0) return blast(stream, source, warm + measured - 1)
  await blast(stream, source, warm - 1)
  await new Promise((resolve) => setTimeout(resolve, settleMs))
  await pace(stream, source, measured, perSecond)
}

async function blast(stream, source, count) {
  for (let left = count; left > 0 && !stream.destroyed;) {
    const { bytes, frames } = source.chunk(left, chunkBytes)
    left -= frames
    if (!stream.write(bytes)) await drained(stream)
  }
}

function drained(stream) {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}

/**
 * Timers have milliseconds; a wait inside the turn has microseconds and leaves the core to the client. Lateness is not
 * made up for: two writes close together would be one wake-up of the client.
 */
async function pace(stream, source, count, perSecond) {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  let dueMs = performance.now()
  for (let sent = 0; sent < count && !stream.destroyed; sent++) {
    const waitMs = dueMs - performance.now()
    if (waitMs > 0) Atomics.wait(sleeper, 0, 0, waitMs)
    dueMs = Math.max(dueMs, performance.now()) + 1000 / perSecond
    stream.write(source.chunk(1, 0).bytes)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

process.on('message', (next) => {
  plan = next
  process.send({ prepared: true })
})
process.on('disconnect', () => process.exit())

http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }))
