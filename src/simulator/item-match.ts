/** Which items of a message or of a subscription a test means. */
import type { ItemMatch } from './endpoint-controls'
import type { RequestedItem } from './request-item'
import { itemSet } from './subscription'

/** Codes are compared without their depth suffix. */
export function itemMatcher(match: ItemMatch): (item: RequestedItem) => boolean {
  if (typeof match === 'function') return match
  return (item) => {
    if (match.type !== undefined && match.type !== item.type) return false
    if (match.codes === undefined) return true
    const codes = [...itemSet([item], 'last').values()].flat().map(({ code }) => code)
    return codes.some((code) => match.codes?.includes(code))
  }
}
