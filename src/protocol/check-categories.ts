/** The check of the categories of announcements: the exchange would refuse the whole message for an unknown one. */
import { invalidOption } from '../base/invalid-option'
import type { AnnouncementCategory } from './announcement'
import { announcementCategories } from './announcement'
import { oneOf } from './one-of'

/** The exchange's own example has this one, and refuses it (docs.upbit.com, `websocket-announcement`, read 2026-11). */
const others = { trading: 'trade' } as const

/**
 * The categories without repetition; none are all.
 *
 * @throws UpbitError `INVALID_OPTION` with the category that was probably meant.
 */
export function checkCategories(value: unknown, path: string): readonly AnnouncementCategory[] {
  if (!Array.isArray(value)) {
    throw invalidOption(path, value, `a list, as ['trade', 'wallet']`)
  }
  return [
    ...new Set(
      value.map((category: unknown, index) =>
        oneOf(`${path}[${index}]`, category, announcementCategories, { others }),
      ),
    ),
  ]
}
