/** The shared instance: what `ticker$` and its siblings use without any set-up, and what sets its options. */
import { Upbit } from './client'
import { alreadyConfigured, checkOptions, differingOption, type UpbitOptions } from './options'
import { configured } from './manager'
import { realmSlot } from './realm'

/** The client behind the top-level functions, from its first use on. */
const slot = (): { client: Upbit | undefined } => realmSlot('shared', () => ({ client: undefined }))

/** The shared client, made at its first use. */
export function sharedClient(): Upbit {
  return (slot().client ??= new Upbit(configured().options))
}

/**
 * Sets the options of the shared instance, before its first use; what is left out comes from the environment variables
 * `UPBIT_URL` and `UPBIT_REGION` on Node, then from the defaults. A later call with the same options does nothing.
 *
 * @throws UpbitError `INVALID_OPTION` for an option out of range; `ALREADY_CONFIGURED` after first use, naming the
 * option that differs.
 * @example
 * import { configureUpbit } from 'upbit-rx'
 * configureUpbit({ region: 'sg', lingerMs: 10_000 })
 */
export function configureUpbit(options: UpbitOptions): void {
  checkOptions(options)
  if (options.isolated === true) throw alreadyConfigured('isolated')
  const { client } = slot()
  const current = configured()
  if (client === undefined) {
    current.options = { ...current.options, ...options }
    return
  }
  const differing = differingOption(options, client.manager.options)
  if (differing !== undefined) throw alreadyConfigured(differing)
}

/**
 * Ends the shared instance and forgets its options, so that the next test starts afresh.
 *
 * @example
 * import { resetShared } from 'upbit-rx/testing'
 * afterEach(() => resetShared())
 */
export async function resetShared(): Promise<void> {
  const shared = slot()
  const { client } = shared
  shared.client = undefined
  configured().options = {}
  await client?.shutdown()
}
