/**
 * Events of one connection to the consumers of their key, and to nobody else: a consumer costs nothing for what it
 * does not want. What a callback causes, be it an event or the end of a session, comes after the current event (C4.6).
 */
import type { ConnectionCounters } from '../connection/counters'
import type { PublicEvent } from '../protocol/events'
import type { StreamKey } from '../registry/stream-key'
import { ClockOffset } from './clock-offset'
import { levelOf } from './event-key'
import type { FanOut, RouteConsumer } from './fan-out'
import { Route } from './route'

export interface RouterPorts<C extends RouteConsumer> {
  readonly counters: ConnectionCounters
  stepped(event: PublicEvent): void
  /** The first frame of a new epoch came for this route, before any consumer sees it. */
  resumed(route: Route<C>, event: PublicEvent): void
  /** Hands the event to the consumers of a route. */
  fanOut(fanOut: FanOut<C>, event: PublicEvent): void
}

export class Router<C extends RouteConsumer> {
  /** By type, then by code with its level: the type's strings are shared, so the outer look-up is by identity. */
  private readonly routes = new Map<string, Map<string, Route<C>>>()
  private readonly clock = new ClockOffset()
  private readonly waiting: (() => void)[] = []
  private busy = false

  constructor(private readonly ports: RouterPorts<C>) {}

  /** The route of `key`, made when there is none. */
  open(key: StreamKey): Route<C> {
    const ofType = this.routes.get(key.type) ?? new Map<string, Route<C>>()
    this.routes.set(key.type, ofType)
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

  /** The route of this type and code that has consumers, whatever its level: a connection carries one of a code. */
  findConsumed(type: string | undefined, code: string | undefined): Route<C> | undefined {
    for (const route of this.routes.get(type ?? '')?.values() ?? []) {
      if (route.key.code === code && route.isConsumed) return route
    }
    return undefined
  }

  /** Forgets the routes that nobody consumes and that are no longer on the wire, with their memory and marks. */
  prune(isOnWire: (id: string) => boolean): void {
    for (const ofType of this.routes.values()) {
      for (const [place, route] of ofType) {
        if (!route.isConsumed && !isOnWire(route.key.id)) ofType.delete(place)
      }
    }
  }

  /** Memory is of the present epoch only. */
  forgetMemory(): void {
    for (const ofType of this.routes.values()) for (const route of ofType.values()) route.memory = undefined
  }

  dispatch(event: PublicEvent): void {
    if (this.busy) {
      this.waiting.push(() => this.route(event))
      return
    }
    this.busy = true
    try {
      this.route(event)
      this.catchUp()
    } finally {
      this.busy = false
    }
  }

  /** Does `work` now; while an event is being delivered, after it and after what waits already. */
  inTurn(work: () => void): void {
    if (this.busy) {
      this.waiting.push(work)
      return
    }
    this.busy = true
    try {
      work()
      this.catchUp()
    } finally {
      this.busy = false
    }
  }

  private catchUp(): void {
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) next()
  }

  private route(event: PublicEvent): void {
    const { counters } = this.ports
    const route = this.find(event.type, event.code, levelOf(event))
    if (route === undefined) {
      counters.unrouted++
      return
    }
    if (route.epoch !== event.epoch) this.ports.resumed(route, event)
    const verdict = route.judge(event)
    if (verdict !== 'pass') {
      counters[verdict]++
    } else if (route.isConsumed) {
      counters.routed++
      this.ports.fanOut(route.fanOut, event)
    } else {
      counters.unrouted++
    }
  }
}

function placeOf(code: string, level: number): string {
  return level === 0 ? code : `${code}@${level}`
}
