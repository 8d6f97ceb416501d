/**
 * The copies of `ws` and `rxjs` that upbit-rx itself uses, for whoever is compared with it: the peers bring a `ws` of
 * their own into this package's `node_modules`.
 */
import { createRequire } from 'node:module'

const fromRoot = createRequire(new URL('../../package.json', import.meta.url))

export const { WebSocket, WebSocketServer } = fromRoot('ws')
export const { interval, NEVER, Observable, share, Subject } = fromRoot('rxjs')
