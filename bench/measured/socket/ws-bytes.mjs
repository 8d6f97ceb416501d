/** The floor: `ws` receives the bytes and nobody looks at them. */
import { countMessages, job } from '../job.mjs'
import { WebSocket } from '../libraries.mjs'
import { subscribeMessage } from './subscribe-message.mjs'

const count = countMessages(job)
const socket = new WebSocket(`${job.url}/websocket/v1`, {
  perMessageDeflate: false,
  skipUTF8Validation: true,
})
socket.on('open', () => socket.send(subscribeMessage(job)))
socket.on('message', () => count())
