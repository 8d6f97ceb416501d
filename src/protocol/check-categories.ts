/** The check of the categories of announcements: the exchange would refuse the whole message for an unknown one. */
import { invalidOption } from '../base/invalid-option'
import type { AnnouncementCategory } from './announcement'
import { announcementCategories } from './announcement'
import { oneOf } from './one-of'

/** The exchange's own example has this one, and refuses it (docs.upbit.com, `websocket-announcement`, read 2026-11). */
const others = { trading: 'trade' } as const

/**
 * The categories without repetition. None would be all for the exchange, which nobody who chooses means.
 *
 * @throws UpbitError `INVALID_OPTION` with the category that was probably meant.
 */
export function checkCategories(value: unknown, path: string): readonly AnnouncementCategory[] {
  if (!Array.isArray(value) || value.length === 0) {
    const nextStep = 'Leave it out for all of them.'
    throw invalidOption(path, value, `a list, as ['trade', 'wallet']`, undefined, nextStep)
  }
  return [
    ...new Set(
      value.map((category: unknown, index) =>
        oneOf(`${path}[${index}]`, category, announcementCategories, { others }),
      ),
    ),
  ]
}
