/**
 * The entry point `upbit-rx`: market data as streams and handlers, clients, handles of components, and errors. Here for
 * Node: its platform, then everything; a bundler for browsers takes the same names with the browser's.
 *
 * @module upbit-rx
 */
import { nodePlatform } from './node'
import { installPlatform } from './platform'

installPlatform(nodePlatform)

export * from './api'
