/**
 * Parts of the package that it does not export, for the rows that measure a part alone. They are built together with
 * the entry points, so that both measure the same code.
 */
export { realEnvironment } from '../src/base/environment'
export { Consumer } from '../src/channels/consumer'
export { Router } from '../src/channels/router'
export { SlowConsumers } from '../src/channels/slow-consumers'
export { newCounters } from '../src/connection/counters'
export { createDecoder } from '../src/protocol/decode'
export { createRegistry } from '../src/registry/registry'
export { streamKey } from '../src/registry/stream-key'
