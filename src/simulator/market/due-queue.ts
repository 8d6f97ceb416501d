/** What is due next, of many: a binary heap. An entry whose time no longer holds is skipped when it comes up. */

export interface Dated {
  readonly dueMs: number
}

interface Entry<T> {
  readonly atMs: number
  readonly item: T
}

export class DueQueue<T extends Dated> {
  private heap: Entry<T>[] = []

  /** Enters an item under its present `dueMs`; one that is never due is not entered. */
  add(item: T): void {
    if (item.dueMs === Infinity) return
    const entry = { atMs: item.dueMs, item }
    let at = this.heap.length
    this.heap.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = this.heap[parent] as Entry<T>
      if (above.atMs <= entry.atMs) break
      this.heap[at] = above
      at = parent
    }
    this.heap[at] = entry
  }

  /** When the next item is due; `undefined` when none is. */
  nextMs(): number | undefined {
    for (;;) {
      const top = this.heap[0]
      if (top === undefined || top.atMs === top.item.dueMs) return top?.atMs
      this.pop()
    }
  }

  /** Takes the next item if it is due by `untilMs`; the caller adds it again. */
  take(untilMs: number): T | undefined {
    const nextMs = this.nextMs()
    return nextMs === undefined || nextMs > untilMs ? undefined : this.pop()
  }

  clear(): void {
    this.heap = []
  }

  private pop(): T | undefined {
    const top = this.heap[0]
    const last = this.heap.pop()
    if (top === undefined || last === undefined || this.heap.length === 0) return top?.item
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      const leftEntry = this.heap[left]
      const rightEntry = this.heap[right]
      if (leftEntry === undefined) break
      const child = rightEntry !== undefined && rightEntry.atMs < leftEntry.atMs ? right : left
      const below = this.heap[child] as Entry<T>
      if (last.atMs <= below.atMs) break
      this.heap[at] = below
      at = child
    }
    this.heap[at] = last
    return top.item
  }
}
