/** The shared instance: what `ticker$` and its siblings use without any set-up, and what sets its options. */
import { realmSlot } from './base/realm'
import { Upbit } from './client'
import { GlobalWebSocketManager } from './manager'
import { configureShared, forgetShared } from './manager-pool'
import { sharedProxyNames } from './proxy-names'
import { checkOptions, type UpbitOptions } from './options'
import { invalidOption } from './base/invalid-option'

/** The client behind the top-level functions, from its first use on. */
const clientSlot = (): { client: Upbit | undefined } =>
  realmSlot('client', (): { client: Upbit | undefined } => ({ client: undefined }))

/** The shared client, made at its first use. */
export function sharedClient(): Upbit {
  const slot = clientSlot()
  return (slot.client ??= new Upbit(() => GlobalWebSocketManager.shared()))
}

/**
 * Sets the options of the shared instance, before its first use or after its shutdown; what is left out comes from the
 * environment variables `UPBIT_URL` and `UPBIT_REGION` on Node, then from the defaults. Further calls add to it.
 *
 * @throws UpbitError `INVALID_OPTION` for an option out of range; `ALREADY_CONFIGURED` after first use, naming the
 * option that differs.
 * @example
 * ```ts
 * import { configureUpbit } from 'upbit-rx'
 * configureUpbit({ region: 'sg', lingerMs: 10_000 })
 * ```
 */
export function configureUpbit(options: UpbitOptions): void {
  checkOptions(options)
  if (options.isolated === true) {
    throw invalidOption('isolated', true, 'false: this is the instance that all share')
  }
  configureShared(options)
}

/**
 * Ends the shared instance and forgets its options, so that the next test starts afresh.
 *
 * @example
 * ```ts
 * import { resetShared } from 'upbit-rx/testing'
 * afterEach(() => resetShared())
 * ```
 */
export async function resetShared(): Promise<void> {
  const slot = clientSlot()
  const { client } = slot
  slot.client = undefined
  await client?.shutdown()
  sharedProxyNames().clear()
  await forgetShared()
}
