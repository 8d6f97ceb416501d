/** partysocket with its default options; on Node it is given `ws`, as its page says. */
import { WebSocket as PartySocket } from 'partysocket'
import { job } from '../job.mjs'
import { WebSocket } from '../libraries.mjs'
import { subscribeMessage } from '../socket/subscribe-message.mjs'

const socket = new PartySocket(`${job.url}/websocket/v1`, [], { WebSocket })
socket.addEventListener('open', () => socket.send(subscribeMessage({ type: 'ticker', format: 'DEFAULT' })))
// An error without a listener would end the process.
socket.addEventListener('error', () => {})
