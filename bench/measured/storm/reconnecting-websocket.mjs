/** reconnecting-websocket with its default options; on Node it is given `ws`, as its page says. */
import { createRequire } from 'node:module'
import { job } from '../job.mjs'
import { WebSocket } from '../libraries.mjs'
import { subscribeMessage } from '../socket/subscribe-message.mjs'

const ReconnectingWebSocket = createRequire(import.meta.url)('reconnecting-websocket')

const socket = new ReconnectingWebSocket(`${job.url}/websocket/v1`, [], { WebSocket })
socket.addEventListener('open', () => socket.send(subscribeMessage({ type: 'ticker', format: 'DEFAULT' })))
socket.addEventListener('error', () => {})
