/**
 * The ids of a code's trades that were seen last, at least so many. Nearly all ids are above all before them, and known
 * to be new by that; they are written down and nothing more. Only when a lower one comes, as after a reconnect, are they
 * put into a set to be found.
 */

/** At least this many ids are remembered (C5.3). */
const remembered = 4096

/** Ids of one stretch of time. To forget the oldest id alone would cost a search for it each time. */
class Generation {
  readonly ids: string[] = []
  private readonly index = new Set<string>()

  has(id: string): boolean {
    for (let at = this.index.size; at < this.ids.length; at++) this.index.add(this.ids[at] as string)
    return this.index.has(id)
  }
}

export class SeenIds {
  /** Whether the oldest ids are still needed, asked when they would be forgotten. */
  mustKeep: (() => boolean) | undefined
  private present = new Generation()
  private past = new Generation()
  private largest = ''

  has(id: string): boolean {
    return this.present.has(id) || this.past.has(id)
  }

  /** Notes the id; whether it is new. */
  add(id: string): boolean {
    if (isLargerId(id, this.largest)) this.largest = id
    else if (this.present.has(id) || this.past.has(id)) return false
    if (this.present.ids.length >= remembered && this.mustKeep?.() !== true) {
      this.past = this.present
      this.present = new Generation()
    }
    this.present.ids.push(id)
    return true
  }
}

/** Whole numbers as text: the longer is the larger. */
export function isLargerId(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length
}
