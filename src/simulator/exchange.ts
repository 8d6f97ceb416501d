/**
 * The embedded exchange without any socket: it judges dials, keeps the connections, and brings what its feed
 * publishes to whoever is subscribed. `server.ts` puts it behind real sockets, `virtual-exchange.ts` in memory; both
 * run this same code.
 */
import { seededRandom } from '../base/seeded-random'
import type { Environment } from '../base/environment'
import type { Origin } from './audience'
import { AccountFeed } from './account-feed'
import { Audience } from './audience'
import { EventBroadcast } from './broadcast'
import { connectionsLike } from './connections-like'
import type { DialAnswer } from './dial-answer'
import { Disturbance } from './disturbance'
import type { ExchangeEvent } from './encode'
import { isMarketEvent } from './encode'
import type { Endpoint } from './endpoint'
import { endpointOfPath, endpoints } from './endpoint'
import { EndpointSide } from './endpoint-side'
import { Busiest } from './busiest'
import { IndicatorFeed } from './indicators/indicator-feed'
import { indicatorSource } from './indicators/indicator-source'
import type { ConnectionHost } from './exchange-connection'
import { ExchangeConnection } from './exchange-connection'
import type { Feed, FeedMaker, FeedOutlet } from './feed'
import type { Handshake } from './gate'
import { Gate } from './gate'
import { ConnectLimit, MessageLimit } from './limits'
import type { ResolvedOptions } from './options'
import { FirstAssets } from './first-assets'
import { KeyHolder } from './key-holder'
import { describeRequest, remember } from './received'
import { History } from './rest/history'
import { RestSide } from './rest/rest-side'
import { Snapshots } from './snapshots'
import type { Timers } from './timers'
import { createTimers } from './timers'
import { marketSide } from './trading/market-side'
import { Trading } from './trading/trading'

export class Exchange {
  readonly timers: Timers
  readonly audience = new Audience()
  readonly feed: Feed
  readonly gate: Gate
  /** What has happened, for REST to tell. */
  readonly history: History
  readonly rest: RestSide
  /** Accounts, orders and their events. */
  readonly trading: Trading
  readonly busiest = new Busiest()
  readonly disturbance: Disturbance
  private readonly indicators: IndicatorFeed
  readonly sides: Readonly<Record<Endpoint, EndpointSide>> = {
    public: new EndpointSide(),
    private: new EndpointSide(),
    info: new EndpointSide(),
  }
  readonly snapshots: Snapshots
  /** Called after everything that a client did. */
  readonly watchers = new Set<() => void>()
  private readonly firstAssets: FirstAssets
  private readonly accountFeed = new AccountFeed((event, pocketId) => {
    this.publishEvent(event, 'market', pocketId)
  })
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
    this.firstAssets = new FirstAssets(switches.firstAssetDelayMs, this.timers)
    this.history = new History(
      () => this.clock(),
      (trade) => this.trading.executed(trade),
    )
    const clockTimers = { ...this.timers, now: () => this.clock() }
    this.feed = makeFeed(this.outlet(), clockTimers, options)
    const publish = (event: ExchangeEvent): void => void this.publishEvent(event, 'market')
    const source = indicatorSource(this.audience, this.history, publish)
    this.indicators = new IndicatorFeed(source, clockTimers, options.seed)
    this.snapshots = new Snapshots(
      (...state) => this.feed.snapshot(...state),
      (...state) => (options.lastAsSnapshot ? this.history.last(...state) : undefined),
      switches,
    )
    this.disturbance = new Disturbance(
      (broadcast, origin) => this.audience.publish(broadcast, origin),
      this.timers,
      seededRandom(`${options.seed}/disturbance`),
    )
    this.host = this.makeHost()
    this.trading = new Trading(options, {
      timers: this.timers,
      clock: () => this.clock(),
      ...marketSide(() => this.rest.markets),
      demandChanged: (markets) => this.feed.demandChanged(markets),
    })
    this.rest = new RestSide(options, {
      trading: this.trading,
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
  }

  /** The time that the exchange believes it is, whole ms: that of its events and of its REST side. */
  clock(): number {
    return Math.floor(this.timers.now()) + this.clockShiftMs
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
    const { headers, scope, endpoint, owner } = verdict
    const holder = owner === undefined ? undefined : new KeyHolder(owner, this.firstAssets)
    return {
      kind: 'accept',
      headers,
      open: (port) => {
        const number = ++this.accepted
        const caller = { number, endpoint, scope, ...(holder === undefined ? {} : { holder }) }
        const limit = new MessageLimit(this.options.limits, this.options.switches.limitWindow)
        const connection = new ExchangeConnection(caller, this.host, port, limit)
        side.connections.add(connection)
        if (endpoint === 'private' && owner !== undefined) this.accountFeed.joined(owner.pocket)
        side.opened(connection)
        this.changed()
        return connection
      },
    }
  }

  /** Sends an event to everyone subscribed to it, one of an account to its own; says how many frames that made. */
  publishEvent(event: ExchangeEvent, origin: Origin, pocketId?: string): number {
    // What a test sends has happened, even if nobody is there to see it.
    if (origin === 'direct' && isMarketEvent(event)) this.history.note(event)
    return this.disturbance.publish(new EventBroadcast(event, this.options.switches, pocketId), origin)
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

  private outlet(): FeedOutlet {
    return {
      // Orders that wait there need the market to act too.
      wants: (type, code) =>
        this.audience.wants(type, code) || (type === 'trade' && this.trading.watches(code)),
      levels: (code) => [...new Set(this.audience.items('orderbook', code).map((item) => item.level))],
      publish: (broadcast) => this.audience.publish(broadcast, 'direct'),
      begun: (code, day) => this.history.begin(code, day),
      executed: (trade) => this.history.execute(trade),
      publishEvent: (event) => void this.publishEvent(event, 'market'),
      connectionsLike: (request) =>
        connectionsLike(this.sides.public.connections, request, this.options.switches),
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
      snapshot: (item) => (this.audience.silent.has(item.code) ? undefined : this.snapshots.of(item)),
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
        const { endpoint, holder } = connection.caller
        this.sides[endpoint].connections.delete(connection)
        if (endpoint === 'private' && holder !== undefined) this.accountFeed.left(holder.pocket)
        this.busiest.connectionEnded(connection.caller.number)
        this.changed()
      },
    }
  }
}
