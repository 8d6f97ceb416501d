/**
 * What `Delivery` must do, written as plainly as possible: one flat list, searched from the front at every question. The
 * property in `delivery-accounting.spec.ts` runs it beside the real one, which keeps the same promises in constant time.
 */
import type { DropReason, Overflow } from '../../src/operators/delivery'

interface Entry {
  readonly kind: 'value' | 'notice' | 'run'
  text: string
  readonly key: number
  atMs: number
  released: boolean
  count: number
  readonly reason: DropReason
  /** A run at the front moves with the value behind it; one at the end when it is released itself. */
  readonly atFront: boolean
}

export interface ModelOptions {
  readonly capacity: number
  readonly overflow: Overflow
  readonly always: boolean
  readonly maxAgeMs: number
}

export class FlatModel {
  readonly heard: string[] = []
  dropped = 0
  coalesced = 0
  nowMs = 0
  busy = false
  #entries: Entry[] = []
  readonly #options: ModelOptions
  /** Whether the handler stays busy with a text until `settle`. */
  readonly #isSlow: (text: string) => boolean

  constructor(options: ModelOptions, isSlow: (text: string) => boolean) {
    this.#options = options
    this.#isSlow = isSlow
  }

  get waiting(): number {
    return this.#entries.filter(({ kind }) => kind === 'value').length
  }

  offer(text: string, key: number): void {
    const { overflow, capacity } = this.#options
    const value = this.#entry({ kind: 'value', text, key })
    const same =
      overflow === 'coalesce' ? this.#entries.findIndex((e) => e.kind === 'value' && e.key === key) : -1
    if (same >= 0) {
      this.coalesced++
      const behind = this.#entries.slice(same).some(({ kind }) => kind === 'notice')
      if (behind) {
        this.#entries.splice(same, 1)
        this.#entries.push(value)
      } else {
        Object.assign(this.#entries[same]!, { text, atMs: this.nowMs })
      }
    } else if (this.waiting < capacity) {
      this.#entries.push(value)
    } else if (overflow === 'drop-newest') {
      this.#drop(text, this.#entries.length, 'overflow', false)
    } else {
      const oldest = this.#entries.findIndex(({ kind }) => kind === 'value')
      const [victim] = this.#entries.splice(oldest, 1)
      this.#entries.push(value)
      this.#drop(victim!.text, oldest, 'overflow', true)
    }
    if (this.#options.always) this.ready()
  }

  notice(text: string): void {
    this.#entries.push(this.#entry({ kind: 'notice', text }))
    if (this.#options.always) this.ready()
  }

  ready(): void {
    for (const entry of this.#entries) entry.released = true
    this.#move()
  }

  settle(): void {
    this.busy = false
    this.#move()
  }

  #move(): void {
    while (!this.busy && this.#moveOne()) {
      // one thing at a time
    }
  }

  #moveOne(): boolean {
    const oldest = this.#entries.findIndex(({ kind }) => kind === 'value')
    const value = this.#entries[oldest]
    const first = this.#entries[0]
    if (first?.kind !== 'run' || !first.atFront) {
      if (first === undefined || (!first.released && first !== value)) return false
      if (first !== value) return this.#hand(0)
    }
    if (value?.released === true && this.nowMs - value.atMs > this.#options.maxAgeMs) {
      this.#entries.splice(oldest, 1)
      this.#drop(value.text, oldest, 'expired', true)
      return true
    }
    if (first !== value) {
      const front = this.#entries.slice(0, oldest < 0 ? undefined : oldest)
      const reached = value?.released === true || front.some((e) => e.atFront && e.reason === 'expired')
      return reached && this.#hand(0)
    }
    return value.released && this.#hand(0)
  }

  #hand(at: number): true {
    const [entry] = this.#entries.splice(at, 1)
    const text = entry!.kind === 'run' ? `${entry!.reason} ${entry!.text} x${entry!.count}` : entry!.text
    this.heard.push(text)
    this.busy = this.#isSlow(text)
    return true
  }

  /** A drop joins the run before its place, when no value and no run of another reason stands between; else it begins one there. */
  #drop(text: string, place: number, reason: DropReason, atFront: boolean): void {
    this.dropped++
    for (let at = place - 1; at >= 0 && this.#entries[at]!.kind !== 'value'; at--) {
      const run = this.#entries[at]!
      if (run.kind !== 'run' || run.atFront !== atFront) continue
      if (run.reason !== reason) break
      run.count++
      return
    }
    this.#entries.splice(place, 0, this.#entry({ kind: 'run', text, reason, atFront }))
  }

  #entry(entry: Partial<Entry>): Entry {
    return {
      kind: 'value',
      text: '',
      key: 0,
      atMs: this.nowMs,
      released: this.#options.always,
      count: 1,
      reason: 'overflow',
      atFront: false,
      ...entry,
    }
  }
}
