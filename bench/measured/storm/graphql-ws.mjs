/** graphql-ws with its default options (five retries, then it gives up) and one subscription; on Node it is given `ws`. */
import { createClient } from 'graphql-ws'
import { job } from '../job.mjs'
import { WebSocket } from '../libraries.mjs'

const client = createClient({ url: `${job.url}/websocket/v1`, webSocketImpl: WebSocket })
client.subscribe(
  { query: 'subscription { ticker }' },
  {
    next: () => {},
    error: (error) =>
      process.send({ note: `gave up: ${error?.message ?? error?.reason ?? error?.code ?? error}` }),
    complete: () => process.send({ note: 'ended' }),
  },
)
// What is left of it holds no process.
setInterval(() => {}, 60_000)
