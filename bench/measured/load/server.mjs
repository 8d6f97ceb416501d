/**
 * The exchange of the load: it answers a subscription with frames at a steady rate, of a schedule that it keeps. What
 * a late turn left out is written in the next one, unless too much waits already for a client that does not read.
 */
import { createServer } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setImmediate, setTimeout } from 'node:timers'
import { FrameSource } from '../frames.mjs'
import { WebSocketServer } from '../libraries.mjs'

/** More is not written until the client has read: the rate is then not kept, and says so. */
const mostWaitingBytes = 64 * 1024 * 1024
/** A write of its own for each frame up to so many a second, as the exchange does; above, a write a millisecond. */
const mostWrites = 10_000
const longestSleepMs = 1
/** However late: a write that is larger than all buffers takes longer than it waits. */
const mostAtOnce = 1_000

const { frames, keys, perSecond, totalMs } = JSON.parse(process.argv[2])
const source = new FrameSource(frames, { clock: true })
const single = perSecond <= mostWrites
const sleeper = new Int32Array(new SharedArrayBuffer(4))

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const http = createServer((_, response) => response.writeHead(404).end())
http.on('upgrade', (request, stream, head) => {
  // A client ends by leaving.
  stream.on('error', () => {})
  sockets.handleUpgrade(request, stream, head, (socket) => {
    socket.on('error', () => {})
    socket.once('message', () => void play(stream))
  })
})

async function play(stream) {
  const lastMs = new Float64Array(keys).fill(-1)
  const startMs = performance.now()
  let [written, mostBytes, longestWaitMs, held] = [0, 0, 0, 0]
  let nowMs = startMs
  while (nowMs - startMs < totalMs && !stream.destroyed) {
    const due = Math.min(Math.floor(((nowMs - startMs) * perSecond) / 1000) - written, mostAtOnce)
    if (due > 0 && stream.writableLength <= mostWaitingBytes) {
      if (single) for (let i = 0; i < due; i++) stream.write(source.chunk(1, 0).bytes)
      else stream.write(source.chunk(due, Infinity).bytes)
      for (let i = written; i < written + due; i++) {
        // The order of the keys never changes, so each has its turn after all the others.
        const key = i % keys
        if (lastMs[key] !== -1) longestWaitMs = Math.max(longestWaitMs, nowMs - lastMs[key])
        lastMs[key] = nowMs
      }
      written += due
      mostBytes = Math.max(mostBytes, stream.writableLength)
    } else if (due > 0) held++
    await untilNext(stream, startMs + ((written + 1) * 1000) / perSecond)
    nowMs = performance.now()
  }
  process.send({
    written,
    elapsedMs: nowMs - startMs,
    mostBytes,
    longestWaitMs,
    held,
    left: stream.destroyed,
  })
}

/**
 * Timers have milliseconds; a wait inside the turn has microseconds and leaves the core to the client. But while
 * something waits to be sent, only the event loop sends it.
 */
async function untilNext(stream, dueMs) {
  if (!single || stream.writableLength > 0) return new Promise((resolve) => setTimeout(resolve, 1))
  const waitMs = Math.min(dueMs - performance.now(), longestSleepMs)
  if (waitMs > 0) Atomics.wait(sleeper, 0, 0, waitMs)
  return new Promise((resolve) => setImmediate(resolve))
}

process.on('disconnect', () => process.exit())
http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }))
