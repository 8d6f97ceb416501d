/** The options of a consumer of private events, checked at the call. */
import { checkNames } from '../base/check-names'
import { checkCommonOptions } from '../channels/consumer-options'
import { checkBoolean, checkOneOf, checkWhole } from '../channels/option-checks'
import type { CommonOptions } from '../channels/consumer-options'
import type { AnnouncementOptions, PrivateOptions } from '../channels/private-channel'
import type { Overflow } from '../operators/overflow'
import { checkCategories } from '../protocol/check-categories'

const known = ['name', 'buffer', 'deliver', 'gaps', 'signal', 'keepAlive']

interface BufferedOptions extends CommonOptions {
  readonly buffer?: { readonly capacity?: number; readonly overflow?: Overflow }
}

/** Throws `INVALID_OPTION` for the first option that is unknown or out of range. */
export function checkPrivateOptions(options: PrivateOptions, others: readonly string[] = []): void {
  // Nothing that loses without a word: every order counts.
  checkBufferedOptions(options, ['error'], others)
}

/** The same of a consumer whose buffer may have these policies. */
export function checkBufferedOptions(
  options: BufferedOptions,
  policies: readonly Overflow[],
  others: readonly string[] = [],
): void {
  checkNames(options, [...known, ...others])
  checkCommonOptions(options)
  const { buffer } = options
  if (buffer === undefined) return
  checkNames(buffer, ['capacity', 'overflow'], 'buffer')
  checkWhole('buffer.capacity', buffer.capacity, 1)
  checkOneOf('buffer.overflow', buffer.overflow, policies)
}

export function checkAnnouncementOptions(options: AnnouncementOptions): void {
  checkPrivateOptions(options, ['categories', 'includeBody'])
  if (options.categories !== undefined) checkCategories(options.categories, 'categories')
  checkBoolean('includeBody', options.includeBody)
}
