/** What everybody writes first: `ws` and `JSON.parse`, nothing checked. All ratios are to this one. */
import { countMessages, job } from '../job.mjs'
import { WebSocket } from '../libraries.mjs'
import { look } from './look.mjs'
import { subscribeMessage } from './subscribe-message.mjs'

const count = countMessages(job)
const socket = new WebSocket(`${job.url}/websocket/v1`, {
  perMessageDeflate: false,
  skipUTF8Validation: true,
})
socket.on('open', () => socket.send(subscribeMessage(job)))
socket.on('message', (data) => {
  look(JSON.parse(data.toString()))
  count()
})
