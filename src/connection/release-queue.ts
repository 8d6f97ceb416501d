/**
 * Entries that passed a probe go back on the main connection, one group after another, each accepted before the next: of
 * a set that is refused only as a whole the most is served.
 */
import type { StreamKey } from '../registry/stream-key'

export class ReleaseQueue {
  private queue: readonly (readonly StreamKey[])[] = []
  /** The main connection's next message has them. */
  private readonly cleared = new Set<string>()

  constructor(
    private readonly isWanted: (id: string) => boolean,
    /** Entries may go on the main connection now. */
    private readonly released: () => void,
  ) {}

  /** Those that wait for their turn. */
  get waiting(): readonly StreamKey[] {
    return this.queue.flat()
  }

  /** Whether all that passed is accepted, or gone. */
  get isIdle(): boolean {
    return this.cleared.size === 0 && this.queue.length === 0
  }

  /** Whether the entry has passed a probe, and has not been accepted on the main connection yet. */
  isCleared(id: string): boolean {
    return this.cleared.has(id)
  }

  add(keys: readonly StreamKey[]): void {
    if (keys.length > 0) this.queue = [...this.queue, keys]
    this.releaseNext()
  }

  /** These were accepted on the main connection. */
  accepted(ids: ReadonlySet<string>): void {
    if (this.cleared.size === 0) return
    for (const id of ids) this.cleared.delete(id)
    this.releaseNext()
  }

  /** Those that are cleared were refused all the same, or are wanted no more. */
  forget(isOver: (id: string) => boolean): void {
    if (this.cleared.size === 0) return
    for (const id of [...this.cleared]) if (isOver(id)) this.cleared.delete(id)
    this.releaseNext()
  }

  private releaseNext(): void {
    if (this.cleared.size > 0) return
    const index = this.queue.findIndex((keys) => keys.some(({ id }) => this.isWanted(id)))
    const next = this.queue[index]
    this.queue = next === undefined ? [] : this.queue.slice(index + 1)
    if (next === undefined) return
    for (const { id } of next) if (this.isWanted(id)) this.cleared.add(id)
    this.released()
  }
}
