/**
 * Events of one connection to the consumers of their key, and to nobody else: a consumer costs nothing for what it
 * does not want. An event that a callback causes is delivered after the current one (C4.6).
 */
import type { ConnectionCounters } from '../connection/counters'
import type { PublicEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import { ClockOffset } from './clock-offset'
import type { RouteConsumer } from './route'
import { Route } from './route'

export interface RouterPorts<C extends RouteConsumer> {
  readonly counters: ConnectionCounters
  stepped(event: PublicEvent): void
  /** The first frame of a new epoch came for this route, before any consumer sees it. */
  resumed(route: Route<C>, event: PublicEvent): void
  /** Hands the event to the consumers of a route. */
  fanOut(consumers: readonly C[], event: PublicEvent): void
}

export class Router<C extends RouteConsumer> {
  /** By type, then by code with its level: the type's strings are shared, so the outer look-up is by identity. */
  private readonly routes = new Map<string, Map<string, Route<C>>>()
  private readonly clock = new ClockOffset()
  private readonly waiting: PublicEvent[] = []
  private busy = false

  constructor(private readonly ports: RouterPorts<C>) {}

  /** The route of `key`, made when there is none. */
  open(key: StreamKey): Route<C> {
    let ofType = this.routes.get(key.type)
    if (ofType === undefined) this.routes.set(key.type, (ofType = new Map()))
    const place = placeOf(key.code, key.level)
    let route = ofType.get(place)
    if (route === undefined) {
      route = new Route<C>(key, { clock: this.clock, stepped: (event) => this.ports.stepped(event) })
      ofType.set(place, route)
    }
    return route
  }

  find(type: string, code: string, level = 0): Route<C> | undefined {
    return this.routes.get(type)?.get(placeOf(code, level))
  }

  *all(): Iterable<Route<C>> {
    for (const ofType of this.routes.values()) yield* ofType.values()
  }

  /** Forgets the routes that nobody consumes and that are no longer on the wire, with their memory and marks. */
  prune(isOnWire: (id: string) => boolean): void {
    for (const ofType of this.routes.values()) {
      for (const [place, route] of ofType) {
        if (route.consumers.length === 0 && !isOnWire(route.key.id)) ofType.delete(place)
      }
    }
  }

  /** Memory is of the present epoch only. */
  forgetMemory(): void {
    for (const route of this.all()) route.memory = undefined
  }

  dispatch(event: PublicEvent): void {
    if (this.busy) {
      this.waiting.push(event)
      return
    }
    this.busy = true
    try {
      this.route(event)
      for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) this.route(next)
    } finally {
      this.busy = false
    }
  }

  private route(event: PublicEvent): void {
    const { counters } = this.ports
    const route = this.find(event.type, event.code, 'level' in event ? event.level : 0)
    if (route === undefined) {
      counters.unrouted++
      return
    }
    if (route.epoch !== event.epoch) this.ports.resumed(route, event)
    const verdict = route.judge(event)
    if (verdict !== 'pass') {
      counters[verdict]++
    } else if (route.consumers.length === 0) {
      counters.unrouted++
    } else {
      counters.routed++
      this.ports.fanOut(route.consumers, event)
    }
  }
}

function placeOf(code: string, level: number): string {
  return level === 0 ? code : `${code}@${level}`
}
