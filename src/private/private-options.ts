/** The options of a consumer of private events, checked at the call. */
import { checkNames } from '../base/check-names'
import { invalidOption } from '../base/invalid-option'
import { checkCommonOptions, commonNames } from '../channels/consumer-options'
import { checkBoolean, checkWhole } from '../channels/option-checks'
import type { AnnouncementOptions, PrivateOptions } from '../channels/private-channel'
import { checkCategories } from '../protocol/check-categories'

/** Throws `INVALID_OPTION` for the first option that is unknown or out of range. */
export function checkPrivateOptions(options: PrivateOptions): void {
  checkOptions(options, [], ['error', 'reconcile'], 'since every order, fill and balance counts')
}

export function checkAnnouncementOptions(options: AnnouncementOptions): void {
  checkOptions(
    options,
    ['categories', 'includeBody'],
    ['error'],
    'since what is dropped of announcements cannot be fetched',
  )
  if (options.categories !== undefined) checkCategories(options.categories, 'categories')
  checkBoolean('includeBody', options.includeBody)
}

/** `allowed` are the policies that lose nothing without a word, and `why` no others. */
function checkOptions(
  options: PrivateOptions | AnnouncementOptions,
  others: readonly string[],
  allowed: readonly string[],
  why: string,
): void {
  checkNames(options, [...commonNames, ...others])
  checkCommonOptions(options)
  const { buffer } = options
  if (buffer === undefined) return
  checkNames(buffer, ['capacity', 'overflow', 'maxAgeMs'], 'buffer')
  checkWhole('buffer.capacity', buffer.capacity, 1)
  // Untyped callers may say what no type has.
  const { overflow, maxAgeMs }: { readonly overflow?: unknown; readonly maxAgeMs?: unknown } = buffer
  if (overflow !== undefined && !allowed.includes(overflow as string)) {
    const names = allowed.map((name) => `'${name}'`).join(', ')
    throw invalidOption('buffer.overflow', overflow, `${names}, ${why}`)
  }
  if (maxAgeMs !== undefined) {
    const nothing = `nothing here, ${why}: one that has waited is late, and still true`
    throw invalidOption('buffer.maxAgeMs', maxAgeMs, nothing)
  }
}
