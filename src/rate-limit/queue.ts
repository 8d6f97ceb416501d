/** Who waits for a budget, in the order of their turns. Coming, going and the next one cost the same for any number. */
import { placeOf, priorities, type Priority } from './priority'

export interface Queued {
  readonly priority: Priority
  /** When it came, on a clock that never goes back. */
  readonly atMs: number
}

interface Link<T> {
  readonly item: T
  before: Link<T> | undefined
  after: Link<T> | undefined
}

interface Row<T> {
  first: Link<T> | undefined
  last: Link<T> | undefined
  length: number
}

export class Queue<T extends Queued> {
  /** Within one priority the order is that of coming, so only the heads have to be compared. */
  private readonly rows = new Map<Priority, Row<T>>()
  private readonly links = new Map<T, Link<T>>()

  get length(): number {
    return this.links.size
  }

  lengthOf(priority: Priority): number {
    return this.rows.get(priority)?.length ?? 0
  }

  get first(): T | undefined {
    return this.earliest([...this.rows.values()].map(({ first }) => first))?.item
  }

  add(item: T): void {
    let row = this.rows.get(item.priority)
    if (row === undefined)
      this.rows.set(item.priority, (row = { first: undefined, last: undefined, length: 0 }))
    const link: Link<T> = { item, before: row.last, after: undefined }
    if (row.last === undefined) row.first = link
    else row.last.after = link
    row.last = link
    row.length++
    this.links.set(item, link)
  }

  /** Returns whether it was there. */
  remove(item: T): boolean {
    const link = this.links.get(item)
    if (link === undefined) return false
    const row = this.rows.get(item.priority) as Row<T>
    if (link.before === undefined) row.first = link.after
    else link.before.after = link.after
    if (link.after === undefined) row.last = link.before
    else link.after.before = link.before
    row.length--
    this.links.delete(item)
    return true
  }

  /** All, in the order of their turns. */
  inOrder(): T[] {
    const heads = priorities.map((priority) => this.rows.get(priority)?.first)
    const all: T[] = []
    for (let next = this.earliest(heads); next !== undefined; next = this.earliest(heads)) {
      all.push(next.item)
      heads[heads.indexOf(next)] = next.after
    }
    return all
  }

  private earliest(heads: readonly (Link<T> | undefined)[]): Link<T> | undefined {
    let earliest: Link<T> | undefined
    for (const head of heads) {
      if (head !== undefined && (earliest === undefined || isBefore(head.item, earliest.item)))
        earliest = head
    }
    return earliest
  }
}

/** At one place the one that came first stands first. */
function isBefore(a: Queued, b: Queued): boolean {
  const apart = placeOf(a.priority, a.atMs) - placeOf(b.priority, b.atMs)
  return apart === 0 ? a.atMs < b.atMs : apart < 0
}
