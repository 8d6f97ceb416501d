/**
 * The private connection with what belongs to it: the ledger that judges its frames, and the supply that says what no frame
 * has told. Consumers of orders and balances are served as long as either has them; only where neither lets the
 * credentials in do they get the error.
 */
import type { Observable } from 'rxjs'
import { defer, filter, finalize, merge, mergeMap, throwError } from 'rxjs'
import type { UpbitError } from '../base/errors'
import type { Consumer } from '../channels/consumer'
import type { ConsumerKind } from '../channels/consumer-config'
import type { DropKeeper } from '../channels/drop-keeper'
import type { EventLanePorts, LaneHooks } from '../channels/event-lane'
import { EventLane } from '../channels/event-lane'
import type { SideLane } from '../channels/hub'
import type { PrivateEvent } from '../protocol/private-events'
import type { StreamKey } from '../registry/stream-key'
import type { RestOrder } from '../rest/rows/order-row'
import type { SupplyPorts } from './account-supply'
import { AccountSupply } from './account-supply'
import type { Balance } from '../channels/account-view'
import { Ledger } from './ledger'
import type { OpenOrder } from '../channels/account-view'
import { OverflowRefills } from './overflow-refills'
import { defaultPollMs } from './poll'
import { myAssetKey, myOrderKey, privateEndpoint } from './private-endpoint'
import { PrivateLine } from './private-line'
import type { PrivateStatus } from '../channels/account-view'
import type { SweepSubject } from './sweep'
import type { View } from './view'

export interface PrivateLanePorts extends Omit<
  EventLanePorts<PrivateEvent>,
  keyof LaneHooks | 'endpoint' | 'routeOf' | 'routeOfKey' | 'judge'
> {
  /** Absent where REST cannot be had: then nothing that was missed is fetched. */
  readonly calls: SupplyPorts['calls'] | undefined
  /** Between two looks at an account that has no socket, ms. Default 2,000. */
  readonly pollMs?: number | undefined
}

/** A socket that is lost is mostly back sooner. */
const pollAfterMs = 3000

const keyOf = { orders: myOrderKey, balances: myAssetKey } as const
const subjects = Object.keys(keyOf) as readonly SweepSubject[]

export class PrivateLane implements SideLane {
  readonly name = 'private'
  private readonly lane: EventLane<PrivateEvent>
  private readonly line: PrivateLine
  private ledger = new Ledger()
  private supply: AccountSupply | undefined
  private readonly refills: OverflowRefills

  constructor(private readonly ports: PrivateLanePorts) {
    this.lane = new EventLane<PrivateEvent>({
      ...ports,
      endpoint: privateEndpoint,
      routeOf: ({ type }) => type,
      routeOfKey: ({ type }) => type,
      judge: (event) => (event.type === 'announcement' ? 'pass' : this.ledger.judge(event)),
      wanted: () => this.wanted(),
      undecodable: () => this.missed(),
      lost: () => {
        this.missed()
        this.line.become('down')
      },
      accepted: () => this.accepted(),
      ended: () => {
        if (!this.lane.isWanted) this.forget()
      },
      refused: (error) => this.refused(error),
    })
    this.line = new PrivateLine({
      environment: ports.environment,
      connection: this.lane.connection,
      pollAfterMs: ports.calls && pollAfterMs,
    })
    this.refills = new OverflowRefills({
      calls: ports.calls,
      environment: ports.environment,
      tell: ports.gap,
      failed: ports.error,
      inTurn: (work) => this.lane.inTurn(work),
    })
  }

  /** Emits the present status first. */
  get status$(): Observable<PrivateStatus> {
    return this.line.status$
  }

  get status(): PrivateStatus {
    return this.line.status
  }

  get connection(): SideLane['connection'] {
    return this.lane.connection
  }

  get meter(): SideLane['meter'] {
    return this.lane.meter
  }

  get isWanted(): boolean {
    return this.lane.isWanted
  }

  get desired(): readonly string[] {
    return this.lane.desired
  }

  get unresolvedGaps(): SideLane['unresolvedGaps'] {
    return this.lane.unresolvedGaps
  }

  carries(kind: ConsumerKind): boolean {
    return kind === 'myOrder' || kind === 'myAsset' || kind === 'announcement'
  }

  join(consumer: Consumer): void {
    this.lane.join(consumer)
  }

  leave(consumer: Consumer): void {
    this.lane.leave(consumer)
    this.refills.left(consumer)
  }

  keeperOf(consumer: Consumer): DropKeeper | undefined {
    return this.refills.of(consumer)
  }

  /** An order that this application made: it is followed, whenever the first event of it comes. */
  expect(order: RestOrder): void {
    if (this.lane.isWanted) this.ledger.expect(order)
  }

  /** The open orders: those known at once, or as soon as they are, then at each change. Keeps the account subscribed. */
  readonly openOrders$ = this.view$(myOrderKey, (ledger): View<readonly OpenOrder[]> => ledger.openOrders)

  /** What is held, as `openOrders$`. */
  readonly balances$ = this.view$(myAssetKey, (ledger): View<readonly Balance[]> => ledger.balances)

  private view$<T>(key: StreamKey, viewOf: (ledger: Ledger) => View<T>): Observable<T> {
    return defer(() => {
      const release = this.lane.hold([key])
      const refused$ = this.line.refusal$.pipe(
        filter((error) => error !== undefined),
        mergeMap((error) => throwError(() => error)),
      )
      return merge(refused$, viewOf(this.ledger).value$).pipe(finalize(release))
    })
  }

  /** Somebody has come or left. */
  private wanted(): void {
    const { isWanted, desired } = this.lane
    if (isWanted && this.line.line === 'off') this.line.become('starting')
    this.supply ??= this.newSupply()
    const wanted = subjects.filter((subject) => desired.includes(keyOf[subject].id))
    // Orders that nobody receives any more may change unheard.
    if (isWanted && !wanted.includes('orders')) this.ledger.lineLost()
    this.supply?.want(wanted)
    // What lingers is kept up to date by its frames.
    if (!isWanted && this.line.line !== 'live') this.forget()
  }

  /** Whoever comes next begins with nothing known. */
  private forget(): void {
    this.line.become('off')
    this.supply = undefined
    this.ledger = new Ledger()
  }

  private accepted(): void {
    // Of announcements there is no history, nor without REST of anything.
    this.lane.endGaps('abandoned', (type) => this.ports.calls === undefined || type === 'announcement')
    this.line.become('live')
  }

  /** Frames are missing. */
  private missed(): void {
    this.ledger.lineLost()
    // Looked after at once, where the session goes on.
    if (this.line.line === 'live') this.line.become('live')
  }

  /** By the socket; REST may let them in. */
  private refused(error: UpbitError): boolean {
    if (this.ports.calls === undefined) {
      this.line.refuse(error)
      return false
    }
    this.ports.error(error)
    this.lane.fail(error, ({ kind }) => kind === 'announcement')
    this.line.become('refused')
    return true
  }

  private newSupply(): AccountSupply | undefined {
    const { calls, environment, error, pollMs = defaultPollMs } = this.ports
    if (calls === undefined) return undefined
    return new AccountSupply({
      calls,
      environment,
      ledger: this.ledger,
      pollAfterMs,
      pollMs,
      line$: this.line.line$,
      deliver: (event) => this.lane.deliver(event),
      failed: error,
      settled: (subject) => this.lane.endGaps('closed', (type) => type === keyOf[subject].type),
      refused: (subject, refusal) => {
        this.line.refuse(refusal)
        this.lane.fail(refusal, ({ kind }) => kind === keyOf[subject].type)
      },
    })
  }
}
