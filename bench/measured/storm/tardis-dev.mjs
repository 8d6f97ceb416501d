/** tardis-dev's stream of normalised trades, which reconnects by itself. */
import { createRequire } from 'node:module'
import { job } from '../job.mjs'

process.env.WSS_URL_UPBIT = `${job.url}/websocket/v1`
const { normalizeTrades, streamNormalized } = createRequire(import.meta.url)('tardis-dev')

const messages = streamNormalized({ exchange: 'upbit', symbols: ['KRW-BTC'] }, normalizeTrades)
for await (const message of messages) void message
