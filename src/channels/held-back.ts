/** A registry of which some entries wait: they are wanted, and not asked for yet. */
import type { Registry } from '../registry/registry'
import { createRegistry } from '../registry/registry'
import type { StreamKey } from '../registry/stream-key'

export class HeldBack {
  private readonly ids = new Set<string>()
  private readonly waiting = createRegistry()

  constructor(private readonly registry: Registry) {}

  /** What is wanted, whether or not it waits. */
  get wanted(): readonly string[] {
    return [...this.registry.desired.entries.keys(), ...this.waiting.desired.entries.keys()]
  }

  /** An entry that nobody wants yet waits from now on. */
  hold(id: string): void {
    if (!this.registry.desired.entries.has(id)) this.ids.add(id)
  }

  /** It waits no more. */
  release(id: string): void {
    this.ids.delete(id)
    const entry = this.waiting.desired.entries.get(id)
    if (entry === undefined) return
    const keys = Array.from({ length: entry.consumers }, () => entry.key)
    this.waiting.remove(keys)
    this.registry.add(keys)
  }

  add(keys: readonly StreamKey[]): void {
    this.waiting.add(keys.filter(({ id }) => this.ids.has(id)))
    this.registry.add(keys.filter(({ id }) => !this.ids.has(id)))
  }

  remove(keys: readonly StreamKey[]): void {
    this.waiting.remove(keys.filter(({ id }) => this.ids.has(id)))
    this.registry.remove(keys.filter(({ id }) => !this.ids.has(id)))
  }
}
