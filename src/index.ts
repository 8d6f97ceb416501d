/** The entry point `upbit-rx` for Node: the platform, then everything. */
import { nodePlatform } from './node'
import { installPlatform } from './platform'

installPlatform(nodePlatform)

export * from './api'
