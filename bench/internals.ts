/**
 * Parts of the package that it does not export, for the rows that measure a part alone. They are built together with
 * the entry points, so that both measure the same code.
 */
export { realEnvironment } from '../src/base/environment'
export { Consumer } from '../src/channels/consumer'
export { Hub } from '../src/channels/hub'
export { Router } from '../src/channels/router'
export { SlowConsumers } from '../src/channels/slow-consumers'
export { createConnection } from '../src/connection/connection'
export { newCounters } from '../src/connection/counters'
export { publicEndpoint } from '../src/connection/endpoint'
export { inbound$ } from '../src/connection/inbound'
export { SessionRecord } from '../src/connection/session-record'
export { createDecoder } from '../src/protocol/decode'
export { FusedReader } from '../src/protocol/fused/fused-reader'
export { createRegistry } from '../src/registry/registry'
export { streamKey } from '../src/registry/stream-key'
export { endpoints } from '../src/rest/endpoints'
export { readAnswer } from '../src/rest/read-answer'
export { tradeEventsOf } from '../src/rest/rest-events'
