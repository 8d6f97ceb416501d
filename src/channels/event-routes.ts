/** Who receives which of a lane's events: the consumers by route, which an event and a key have in common. */
import type { StreamKey } from '../registry/stream-key'
import type { Consumer } from './consumer'
import { FanOut } from './fan-out'

export class EventRoutes {
  private readonly routes = new Map<string, FanOut<Consumer>>()

  constructor(private readonly routeOf: (key: StreamKey) => string) {}

  add(consumer: Consumer): void {
    for (const key of consumer.keys) {
      const route = this.routeOf(key)
      let fanOut = this.routes.get(route)
      if (fanOut === undefined) this.routes.set(route, (fanOut = new FanOut()))
      fanOut.add(consumer)
      if (consumer.keys.length === 1) consumer.sit(fanOut)
    }
  }

  remove(consumer: Consumer): void {
    for (const key of consumer.keys) this.routes.get(this.routeOf(key))?.remove(consumer)
  }

  /** Where there are consumers. */
  find(route: string): FanOut<Consumer> | undefined {
    const fanOut = this.routes.get(route)
    return fanOut === undefined || fanOut.size === 0 ? undefined : fanOut
  }

  /** Those of an entry, and not of another one with its route. */
  consumersOf(key: StreamKey): readonly Consumer[] {
    const present = this.routes.get(this.routeOf(key))?.present ?? []
    return present.filter(({ keys }) => keys.some(({ id }) => id === key.id))
  }

  /** Forgets where there is nobody any more. */
  prune(): void {
    for (const [route, fanOut] of this.routes) if (fanOut.size === 0) this.routes.delete(route)
  }
}
