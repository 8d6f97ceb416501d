/**
 * The embedded exchange without any socket: it judges dials, keeps the connections, and brings what its feed
 * publishes to whoever is subscribed. `server.ts` puts it behind real sockets, `virtual-exchange.ts` in memory; both
 * run this same code.
 */
import { seededRandom } from '../base/seeded-random'
import type { Environment } from '../base/environment'
import type { Origin } from './audience'
import { Audience } from './audience'
import type { Broadcast } from './broadcast'
import { EventBroadcast } from './broadcast'
import { connectionsLike } from './connections-like'
import type { DialAnswer } from './dial-answer'
import { Disturbance } from './disturbance'
import type { ExchangeEvent, MarketEvent } from './encode'
import { isMarketEvent } from './encode'
import type { Endpoint } from './endpoint'
import { endpointOfPath, endpoints } from './endpoint'
import { EndpointSide } from './endpoint-side'
import { Busiest } from './busiest'
import type { IndicatorSource } from './indicators/indicator-feed'
import { IndicatorFeed } from './indicators/indicator-feed'
import type { ConnectionHost } from './exchange-connection'
import { ExchangeConnection } from './exchange-connection'
import type { Feed, FeedMaker, FeedOutlet } from './feed'
import type { Handshake } from './gate'
import { Gate } from './gate'
import { ConnectLimit, MessageLimit } from './limits'
import type { ResolvedOptions } from './options'
import { Pocket } from './pocket'
import { describeRequest, remember } from './received'
import { History } from './rest/history'
import { RestSide } from './rest/rest-side'
import type { SubscribedItem } from './subscription'
import type { Timers } from './timers'
import { createTimers } from './timers'

export class Exchange {
  readonly timers: Timers
  readonly audience = new Audience()
  readonly feed: Feed
  readonly gate: Gate
  /** What has happened, for REST to tell. */
  readonly history: History
  readonly rest: RestSide
  readonly busiest = new Busiest()
  readonly disturbance: Disturbance
  private readonly indicators: IndicatorFeed
  readonly sides: Readonly<Record<Endpoint, EndpointSide>> = {
    public: new EndpointSide(),
    private: new EndpointSide(),
    info: new EndpointSide(),
  }
  /** SNAPSHOTs that a test has set; they go before the feed's. */
  readonly snapshots = new Map<string, MarketEvent>()
  /** Called after everything that a client did. */
  readonly watchers = new Set<() => void>()
  private readonly pockets: ReadonlyMap<string, Pocket>
  private readonly connectLimit: ConnectLimit
  private readonly host: ConnectionHost
  private clockShiftMs = 0
  private accepted = 0
  private ended = false

  constructor(
    readonly options: ResolvedOptions,
    readonly environment: Environment,
    makeFeed: FeedMaker,
    /** Whether a client holds its socket: else no timer of ours keeps the process. */
    isHeld: () => boolean,
  ) {
    const { switches, limits } = options
    this.timers = createTimers(environment, isHeld)
    this.connectLimit = new ConnectLimit(limits, switches.limitWindow)
    this.history = new History(() => this.clock())
    const clockTimers = { ...this.timers, now: () => this.clock() }
    this.feed = makeFeed(this.outlet(), clockTimers, options)
    this.indicators = new IndicatorFeed(this.indicatorSource(), clockTimers, options.seed)
    this.disturbance = new Disturbance(
      (broadcast, origin) => this.audience.publish(broadcast, origin),
      this.timers,
      seededRandom(`${options.seed}/disturbance`),
    )
    this.host = this.makeHost()
    this.rest = new RestSide(options, {
      now: () => this.timers.now(),
      clock: () => this.clock(),
      history: this.history,
      live: (type, code, level) => this.feed.snapshot(type, code, level),
      busiest: this.busiest,
      called: () => this.timers.after(0, () => this.changed()),
    })
    this.gate = new Gate(this.connectLimit, {
      authorizer: this.rest.authorizer,
      switches,
      isPrivateFull: () => this.sides.private.connections.size >= limits.privateSockets,
    })
    this.pockets = new Map(
      [...this.rest.accounts].map(([accessKey, account]) => [
        accessKey,
        new Pocket(account, switches.firstAssetDelayMs, this.timers),
      ]),
    )
  }

  /** The time that the exchange believes it is: that of its events and of its REST side. */
  clock(): number {
    return this.timers.now() + this.clockShiftMs
  }

  /** Sets the clock forward or back, as one that is synchronized anew. */
  stepClock(byMs: number): void {
    this.clockShiftMs += byMs
    this.feed.clockStepped()
    this.indicators.clockStepped()
  }

  dial(handshake: Handshake): DialAnswer {
    const atMs = this.timers.now()
    this.busiest.dial(atMs)
    const verdict = this.gate.judge(handshake, atMs)
    const outcome = ({ accept: 'accepted', refuse: 'refused', reset: 'reset', hang: 'hung' } as const)[
      verdict.kind
    ]
    const side = this.sides[endpointOfPath(handshake.path) ?? 'public']
    remember(side.dials, {
      atMs,
      ...handshake,
      outcome,
      ...(verdict.kind === 'refuse' ? { status: verdict.status } : {}),
    })
    this.changed()
    if (verdict.kind !== 'accept') return verdict
    const { headers, scope, endpoint, account } = verdict
    const pocket = account === undefined ? undefined : this.pockets.get(account.options.accessKey)
    return {
      kind: 'accept',
      headers,
      open: (port) => {
        const number = ++this.accepted
        const caller = { number, endpoint, scope, ...(pocket === undefined ? {} : { pocket }) }
        const limit = new MessageLimit(this.options.limits, this.options.switches.limitWindow)
        const connection = new ExchangeConnection(caller, this.host, port, limit)
        side.connections.add(connection)
        side.opened(connection)
        this.changed()
        return connection
      },
    }
  }

  /** Sends an event to everyone subscribed to it, one of an account to its own; says how many frames that made. */
  publishEvent(event: ExchangeEvent, origin: Origin, accessKey?: string): number {
    // What a test sends has happened, even if nobody is there to see it.
    if (origin === 'direct' && isMarketEvent(event)) this.history.note(event)
    return this.disturbance.publish(new EventBroadcast(event, this.options.switches, accessKey), origin)
  }

  /** The key whose frames a test means when it names none; `undefined` where there is no account. */
  get defaultKey(): string | undefined {
    return this.options.accounts[0]?.accessKey
  }

  /** Drops every connection and stops every timer. */
  end(): void {
    this.feed.end()
    for (const endpoint of endpoints) {
      for (const connection of this.sides[endpoint].connections) connection.drop()
    }
    this.timers.end()
    this.ended = true
    // Who still waits for something is to be told that it cannot come any more.
    this.changed()
  }

  get isEnded(): boolean {
    return this.ended
  }

  private changed(): void {
    for (const watch of this.watchers) watch()
  }

  private snapshot({ type, code, level }: SubscribedItem): Broadcast | undefined {
    if (this.audience.silent.has(code)) return undefined
    const event =
      this.snapshots.get(snapshotKey(type, code, level)) ??
      this.feed.snapshot(type, code, level) ??
      (this.options.lastAsSnapshot ? this.history.last(type, code, level) : undefined)
    if (event === undefined) return undefined
    return new EventBroadcast({ ...event, stream_type: 'SNAPSHOT' }, this.options.switches)
  }

  private outlet(): FeedOutlet {
    return {
      wants: (type, code) => this.audience.wants(type, code),
      levels: (code) => [...new Set(this.audience.items('orderbook', code).map((item) => item.level))],
      publish: (broadcast) => this.audience.publish(broadcast, 'direct'),
      begun: (code, day) => this.history.begin(code, day),
      executed: (trade) => this.history.execute(trade),
      publishEvent: (event) => void this.publishEvent(event, 'market'),
      connectionsLike: (request) =>
        connectionsLike(this.sides.public.connections, request, this.options.switches),
    }
  }

  private indicatorSource(): IndicatorSource {
    return {
      items: (type, code) => (isKrw(code) ? this.audience.items(type, code) : []),
      candles: (code, unit, beforeMs, count) =>
        this.history.of(code)?.candles.startingBefore(unit, beforeMs, count) ?? [],
      publish: (event) => void this.publishEvent(event, 'market'),
    }
  }

  private makeHost(): ConnectionHost {
    const { switches, snapshotDelaysMs, errorCloseMs, seed } = this.options
    return {
      timers: this.timers,
      random: seededRandom(`${seed}/connections`),
      switches,
      snapshotDelaysMs,
      errorCloseMs,
      audience: this.audience,
      keepsQuietConnections: () => this.feed.keepsQuietConnections,
      snapshot: (item) => this.snapshot(item),
      realtimeFirst: () => this.disturbance.options?.snapshotAfterRealtime === true,
      refusalOf: ({ caller }, request) => this.sides[caller.endpoint].refusalOf(request),
      received: ({ caller }, text, request) => {
        const atMs = this.timers.now()
        this.busiest.message(caller.number, atMs)
        remember(this.sides[caller.endpoint].received, describeRequest(atMs, caller.number, text, request))
        this.timers.after(0, () => this.changed())
      },
      pinged: ({ caller }) => {
        const atMs = this.timers.now()
        const ping = { atMs, connection: caller.number, kind: 'ping-frame', text: '', items: [] } as const
        remember(this.sides[caller.endpoint].received, ping)
        this.timers.after(0, () => this.changed())
      },
      demandChanged: (codes) => {
        this.feed.demandChanged(codes)
        this.indicators.demandChanged(codes)
      },
      violated: ({ caller }) => this.connectLimit.violated(caller.scope, this.timers.now()),
      ended: (connection) => {
        this.sides[connection.caller.endpoint].connections.delete(connection)
        this.busiest.connectionEnded(connection.caller.number)
        this.changed()
      },
    }
  }
}

/** Other markets have no indicators: what is asked of them is silence. */
function isKrw(code: string): boolean {
  return code.startsWith('KRW-')
}

export function snapshotKey(type: string, code: string, level: number): string {
  return `${type} ${code} ${level}`
}
