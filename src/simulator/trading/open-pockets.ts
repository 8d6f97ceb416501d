/** The accounts of an exchange by their keys. */
import { invalidOption } from '../../base/invalid-option'
import type { AccountOptions } from './account'
import type { PocketKey } from './pocket'
import { Pocket } from './pocket'

export function openPockets(
  accounts: readonly AccountOptions[],
  listenedTo: (pocket: Pocket) => void,
): ReadonlyMap<string, PocketKey> {
  const keys = new Map<string, PocketKey>()
  for (const options of accounts) {
    const pocket = new Pocket(options, listenedTo)
    for (const key of pocket.keys) {
      // A key is not shown, not even one of a test.
      if (keys.has(key.accessKey)) throw invalidOption('accounts.accessKey', '…', 'a key of one account')
      keys.set(key.accessKey, { pocket, key })
    }
  }
  return keys
}
