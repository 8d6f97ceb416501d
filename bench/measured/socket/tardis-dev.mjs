/**
 * tardis-dev's normalised stream. It has no normaliser for Upbit's ticker: there its raw stream is taken, parsed and
 * unchecked, which flatters it.
 */
import { createRequire } from 'node:module'
import { countMessages, fail, job } from '../job.mjs'
import { look } from './look.mjs'

process.env.WSS_URL_UPBIT = `${job.url}/websocket/v1`
const { normalizeBookChanges, normalizeTrades, stream, streamNormalized } = createRequire(import.meta.url)(
  'tardis-dev',
)

const count = countMessages(job)
const exchange = 'upbit'
const symbols = ['KRW-BTC']
const common = { exchange, timeoutIntervalMS: 0, onError: fail }

const messages = {
  ticker: () => stream({ ...common, filters: [{ channel: 'ticker', symbols }] }),
  trade: () => streamNormalized({ ...common, symbols }, normalizeTrades),
  orderbook: () => streamNormalized({ ...common, symbols }, normalizeBookChanges),
}[job.type]()

for await (const message of messages) {
  look(message)
  count()
}
