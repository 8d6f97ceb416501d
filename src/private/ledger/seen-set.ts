/** Ids that were seen last, at least so many, in any order. */

/** At least so many ids are remembered, at most twice as many. */
const remembered = 4096

export class SeenSet {
  // To forget the oldest id alone would cost a search for it each time.
  private present = new Set<string>()
  private past = new Set<string>()

  /** Notes the id; whether it is new. */
  add(id: string): boolean {
    if (this.present.has(id) || this.past.has(id)) return false
    if (this.present.size >= remembered) {
      this.past = this.present
      this.present = new Set()
    }
    this.present.add(id)
    return true
  }
}
