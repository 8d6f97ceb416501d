/** Which events of its routes a consumer is offered, and how much of each (C2.3): its `only` and its `units`. */
import type { StreamEvent } from '../protocol/stream-event'
import type { StreamKey } from '../registry/stream-key'
import type { AnyConsumerOptions } from './consumer-options'
import { keyIdOf } from './event-key'

export interface Selection {
  /** What the consumer is offered for an event of its routes; `undefined`: nothing. */
  select(event: StreamEvent): StreamEvent | undefined
  /** Whether it has selected all that it ever will. */
  readonly isComplete: boolean
}

/** The selection of a consumer that has left: a fan-out under way still has it in its list. */
export const nothing: Selection = { select: () => undefined, isComplete: false }

/** `undefined` for a consumer that takes every event as it is, as most do. */
export function selectionOf(
  keys: readonly StreamKey[],
  { only, units }: AnyConsumerOptions,
): Selection | undefined {
  return only === undefined && units === undefined ? undefined : new OptionSelection(keys, only, units)
}

/** The same without what `withholds` is true of. */
export function sifted(
  selection: Selection | undefined,
  withholds: (event: StreamEvent) => boolean,
): Selection {
  return {
    select: (event) => {
      const selected = selection === undefined ? event : selection.select(event)
      return selected === undefined || withholds(selected) ? undefined : selected
    },
    get isComplete() {
      return selection?.isComplete === true
    },
  }
}

class OptionSelection implements Selection {
  /** The entries whose first event has not come. */
  private readonly awaited: Set<string> | undefined

  constructor(
    keys: readonly StreamKey[],
    private readonly only: AnyConsumerOptions['only'],
    private readonly units: number | undefined,
  ) {
    this.awaited = only === 'snapshot' ? new Set(keys.map(({ id }) => id)) : undefined
  }

  get isComplete(): boolean {
    return this.awaited?.size === 0
  }

  select(event: StreamEvent): StreamEvent | undefined {
    if (this.only === 'realtime' && 'stream_type' in event && event.stream_type === 'SNAPSHOT')
      return undefined
    if (this.awaited?.delete(keyIdOf(event)) === false) return undefined
    return withUnits(event, this.units)
  }
}

/** The event with its book cut to so many units, if it has one. */
export function withUnits(event: StreamEvent, units: number | undefined): StreamEvent {
  if (units === undefined || event.type !== 'orderbook' || event.orderbook_units.length <= units) return event
  return { ...event, orderbook_units: event.orderbook_units.slice(0, units) }
}
