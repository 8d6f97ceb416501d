/** Clients of the endpoints that need a token, on an exchange with two accounts. */
import type { AccountOptions } from '../../../src/testing'
import type { VirtualClient, VirtualRun } from './virtual-client'
import { accessKey, bearer, secretKey } from './token'

export const otherKey = 'otherAccessKey'

export const accounts: readonly AccountOptions[] = [
  { accessKey, secretKey },
  { accessKey: otherKey, secretKey },
]

/** Dials with a fresh token of `key`. */
export function dialPrivate(
  { client }: Pick<VirtualRun, 'client'>,
  key = accessKey,
  endpoint: 'private' | 'info' = 'private',
): VirtualClient {
  return client(`/websocket/v1/${endpoint}`, bearer({ key }))
}

/** A message of items as they are. */
export function ask(...items: readonly object[]): readonly object[] {
  return [{ ticket: 't' }, ...items]
}
