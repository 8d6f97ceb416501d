/**
 * The server of row `reconnect`, in a process of its own: notes how long after its answer to an upgrade the request comes,
 * answers with one event that carries the clock, and ends the connection when it has been open long enough.
 */
import { Buffer } from 'node:buffer'
import { createServer } from 'node:http'
import { setTimeout } from 'node:timers'
import { clockSeconds } from '../frames.mjs'
import { job } from '../job.mjs'
import { WebSocketServer } from '../libraries.mjs'

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const http = createServer()
const nowUs = () => Math.round(clockSeconds() * 1e6)

http.on('upgrade', (request, stream, head) => {
  stream.on('error', () => {})
  // Just before the answer is written: what the kernel takes for it counts too.
  const answeredUs = nowUs()
  sockets.handleUpgrade(request, stream, head, (socket) => {
    socket.on('error', () => {})
    socket.once('message', (data) => {
      process.send({ resentUs: nowUs() - answeredUs, bytes: data.length })
      const { frame } = job
      // The clock of the machine, in a field that nobody else reads here.
      const text = frame.replace('"acc_trade_volume_24h":0', `"acc_trade_volume_24h":${clockSeconds()}`)
      socket.send(Buffer.from(text), { binary: true })
      setTimeout(() => socket.terminate(), job.openMs)
    })
  })
})

http.listen(0, '127.0.0.1', () => process.send({ port: http.address().port }))
