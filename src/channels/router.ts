/**
 * Events of one connection to the consumers of their key, and to nobody else: a consumer costs nothing for what it
 * does not want. What a callback causes, be it an event or the end of a session, comes after the current event (C4.6).
 */
import type { ConnectionCounters } from '../connection/counters'
import type { ReadLater } from '../connection/later-frames'
import type { PublicEvent } from '../protocol/events'
import type { Interest } from '../protocol/skim'
import type { StateHead } from '../protocol/state-head'
import type { PublicType } from '../protocol/wire'
import type { StreamKey } from '../registry/stream-key'
import { ClockOffset } from './clock-offset'
import type { EventHead } from './event-key'
import { levelOf } from './event-key'
import type { FanOut, RouteConsumer } from './fan-out'
import type { LatestState } from './latest-state'
import { Route } from './route'
import { Turns } from './turns'

export interface RouterPorts<C extends RouteConsumer> {
  readonly counters: ConnectionCounters
  stepped(event: EventHead): void
  /** The first frame of a new epoch came for this route, before any consumer sees it. */
  resumed(route: Route<C>, event: EventHead): void
  /** Hands the event to the consumers of a route. */
  fanOut(fanOut: FanOut<C>, event: PublicEvent): void
  /** Hands them a state that is not decoded; all of them are patient. */
  keep(fanOut: FanOut<C>, latest: LatestState): void
}

export class Router<C extends RouteConsumer> {
  /**
   * By type, then by code; of a code there is one, but for a short while after its level has changed. The type's strings
   * are shared, so the outer look-up is by identity.
   */
  private readonly routes = new Map<string, Map<string, readonly Route<C>[]>>()
  private readonly clock = new ClockOffset()
  private readonly turns = new Turns()

  constructor(private readonly ports: RouterPorts<C>) {}

  /** The route of `key`, made when there is none. */
  open(key: StreamKey): Route<C> {
    const known = this.find(key.type, key.code, key.level)
    if (known !== undefined) return known
    const route = new Route<C>(key, { clock: this.clock, stepped: (event) => this.ports.stepped(event) })
    const ofType = this.routes.get(key.type) ?? new Map<string, readonly Route<C>[]>()
    this.routes.set(key.type, ofType)
    ofType.set(key.code, [...(ofType.get(key.code) ?? []), route])
    return route
  }

  find(type: string, code: string, level = 0): Route<C> | undefined {
    for (const route of this.of(type, code)) if (route.key.level === level) return route
    return undefined
  }

  /** The route of this type and code that has consumers, whatever its level: a connection carries one of a code. */
  findConsumed(type = '', code = ''): Route<C> | undefined {
    return this.of(type, code).find(({ isConsumed }) => isConsumed)
  }

  /** Whether frames of this type and code are wanted, before their level is known. */
  interest(type: PublicType, code: string): Interest {
    const [route, another] = this.of(type, code)
    if (route === undefined) return 'never'
    // What comes amid a delivery waits for its end, and bytes cannot wait.
    if (this.turns.isBusy || another !== undefined) return 'now'
    return route.interest
  }

  /** Forgets the routes that nobody consumes and that are no longer on the wire, with their memory and marks. */
  prune(isOnWire: (id: string) => boolean): void {
    for (const ofType of this.routes.values()) {
      for (const [code, routes] of ofType) {
        const kept = routes.filter(({ isConsumed, key }) => isConsumed || isOnWire(key.id))
        if (kept.length === 0) ofType.delete(code)
        else if (kept.length < routes.length) ofType.set(code, kept)
      }
    }
  }

  /** Memory is of the present epoch only. */
  forgetMemory(): void {
    for (const ofType of this.routes.values()) {
      for (const routes of ofType.values()) for (const route of routes) route.forget()
    }
  }

  dispatch(event: PublicEvent): void {
    const { turns } = this
    if (turns.isBusy) {
      turns.inTurn(() => this.route(event))
      return
    }
    // No closure for each event.
    turns.isBusy = true
    try {
      this.route(event)
      turns.catchUp()
    } finally {
      turns.isBusy = false
    }
  }

  /** A state for which `interest` was `later`; `read` gives its event to whoever needs it. */
  dispatchState(head: StateHead, bytes: Uint8Array, read: ReadLater): void {
    this.inTurn(() => this.routeState(head, bytes, read))
  }

  /** Does `work` now; while an event is being delivered, after it and after what waits already. */
  inTurn(work: () => void): void {
    this.turns.inTurn(work)
  }

  private of(type: string, code: string): readonly Route<C>[] {
    return this.routes.get(type)?.get(code) ?? none
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

  private routeState(head: StateHead, bytes: Uint8Array, read: ReadLater): void {
    const { counters } = this.ports
    const route = this.find(head.type, head.code, head.level)
    if (route === undefined) {
      counters.unrouted++
      return
    }
    if (route.epoch !== head.epoch) this.ports.resumed(route, head)
    const verdict = route.judgeState(head)
    if (verdict !== 'pass') {
      counters[verdict]++
      return
    }
    counters[route.isConsumed ? 'routed' : 'unrouted']++
    const latest = route.keep(head, bytes, read)
    // Whoever was told of a gap or a clock just now may have brought a consumer that cannot wait.
    if (route.interest === 'later') this.ports.keep(route.fanOut, latest)
    else this.ports.fanOut(route.fanOut, latest.read())
  }
}

const none: readonly never[] = []
