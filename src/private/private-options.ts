/** The options of a consumer of private events, checked at the call. */
import { checkNames } from '../base/check-names'
import { checkCommonOptions } from '../channels/consumer-options'
import { checkBoolean, checkOneOf, checkWhole } from '../channels/option-checks'
import type { AnnouncementOptions, PrivateOptions } from '../channels/private-channel'
import { checkCategories } from '../protocol/check-categories'

const known = ['name', 'buffer', 'deliver', 'gaps', 'signal', 'keepAlive']

/** Throws `INVALID_OPTION` for the first option that is unknown or out of range. */
export function checkPrivateOptions(options: PrivateOptions, others: readonly string[] = []): void {
  checkNames(options, [...known, ...others])
  checkCommonOptions(options)
  const { buffer } = options
  if (buffer === undefined) return
  checkNames(buffer, ['capacity', 'overflow'], 'buffer')
  checkWhole('buffer.capacity', buffer.capacity, 1)
  // Nothing that loses without a word: every order counts.
  checkOneOf('buffer.overflow', buffer.overflow, ['error'])
}

export function checkAnnouncementOptions(options: AnnouncementOptions): void {
  checkPrivateOptions(options, ['categories', 'includeBody'])
  if (options.categories !== undefined) checkCategories(options.categories, 'categories')
  checkBoolean('includeBody', options.includeBody)
}
