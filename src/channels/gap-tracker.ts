/**
 * The gaps of one connection (C7): opened for every entry on the wire when a session is lost, ended by the first frame
 * of the entry in a later epoch. A state is whole again with that frame; trades and candles in between stay missing, but
 * to those for whom they are fetched (`backfill/`).
 */
import type { Environment } from '../base/environment'
import type { AnyType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import type { EventHead } from './event-key'
import type { GapEvent } from './gap-event'

export interface GapPorts {
  readonly environment: Environment
  /** Tells `gaps$` and the consumers of the entry with this id. */
  tell(gap: GapEvent, id: string): void
  /** The same of one that ends with the first frame since. */
  resumed(gap: GapEvent, first: EventHead): void
}

export class GapTracker {
  private readonly open = new Map<string, GapEvent>()

  constructor(private readonly ports: GapPorts) {}

  /** Those that are not ended. */
  get unresolved(): readonly GapEvent[] {
    return [...this.open.values()]
  }

  /** A session was lost that had these entries, or a frame of what is fetched; nothing is missing up to `wholeUntilMs`. */
  lost(
    keys: Iterable<StreamKey>,
    epoch: number,
    wholeUntilMs: number,
    cause: 'disconnect' | 'rejected' | 'undecodable',
  ): void {
    for (const key of keys) {
      // A session that was lost before the entry spoke again: its gap is still the same one.
      if (this.open.has(key.id)) continue
      const gap: GapEvent = {
        ...this.noticeOf(key),
        phase: 'opened',
        cause,
        epochs: [epoch, epoch],
        from_ms: wholeUntilMs,
      }
      this.open.set(key.id, gap)
      this.ports.tell(gap, key.id)
    }
  }

  /** The first frame of an entry in this epoch came. */
  resumed(id: string, event: EventHead): void {
    const gap = this.open.get(id)
    if (gap === undefined) return
    this.open.delete(id)
    const isState = event.type === 'ticker' || event.type === 'orderbook'
    const phase = isState ? 'closed' : 'abandoned'
    this.ports.resumed(
      { ...gap, phase, epochs: [gap.epochs[0], event.epoch], to_ms: event.received_at },
      event,
    )
  }

  /** All of these types that are open end so. */
  end(phase: 'closed' | 'abandoned', isOf: (type: AnyType) => boolean, epoch: number, to_ms: number): void {
    for (const [id, gap] of [...this.open]) {
      if (gap.event === undefined || !isOf(gap.event)) continue
      this.open.delete(id)
      const { epochs } = gap
      this.ports.tell({ ...gap, phase, epochs: [epochs[0], epoch], to_ms }, id)
    }
  }

  /** What came for this entry could not be read: so many events are missing for good. */
  undecodable(key: StreamKey, epoch: number, count: number): void {
    const nowMs = this.ports.environment.now()
    const gap: GapEvent = {
      ...this.noticeOf(key),
      phase: 'abandoned',
      cause: 'undecodable',
      epochs: [epoch, epoch],
      from_ms: nowMs,
      to_ms: nowMs,
      count,
    }
    this.ports.tell(gap, key.id)
  }

  /** What the application no longer wants is no gap. */
  forget(isWanted: (id: string) => boolean): void {
    for (const id of this.open.keys()) if (!isWanted(id)) this.open.delete(id)
  }

  private noticeOf({
    type,
    code,
    level,
    combination,
  }: StreamKey): Omit<GapEvent, 'phase' | 'cause' | 'epochs' | 'from_ms'> {
    const id = this.ports.environment.newId()
    return {
      type: 'gap',
      id,
      event: type,
      ...(code === '' ? {} : { code }),
      ...(level === 0 ? {} : { level }),
      ...(combination === undefined ? {} : { combination }),
    }
  }
}
