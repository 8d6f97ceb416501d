/**
 * The private connection with what belongs to it: the ledger that judges its frames, and the supply that says what no frame
 * has told. Consumers of orders and balances are served as long as either has them; only where neither lets the
 * credentials in do they get the error.
 */
import type { Observable } from 'rxjs'
import { defer, finalize, merge, throwError } from 'rxjs'
import type { UpbitError } from '../base/errors'
import { steadyClock } from '../base/steady-clock'
import type { Balance, OpenOrder, PrivateStatus } from '../channels/account-view'
import type { Consumer } from '../channels/consumer'
import type { ConsumerKind } from '../channels/consumer-config'
import type { DropKeeper } from '../channels/drop-keeper'
import type { EventLanePorts, LaneHooks } from '../channels/event-lane'
import { EventLane } from '../channels/event-lane'
import type { SideLane } from '../channels/hub'
import type { MyAssetEvent, MyOrderEvent, PrivateEvent } from '../protocol/private-events'
import type { AnyType } from '../protocol/wire'
import type { RestOrder } from '../rest/rows/order-row'
import type { Line, SupplyPorts } from './supply/account-supply'
import { AccountSupply } from './supply/account-supply'
import { Carried, subjectsIn } from './line/carried'
import type { Verdict } from './ledger/ledger'
import { Ledger } from './ledger/ledger'
import { OverflowRefills } from './refill/overflow-refills'
import { defaultPollMs } from './supply/poll'
import { keyOf, privateEndpoint } from './line/private-endpoint'
import { PacedLooks } from './supply/paced-looks'
import { PrivateLine } from './line/private-line'
import { Redials } from './line/redials'
import { Refusals } from './line/refusals'
import { Rights } from './line/rights'
import { SeenAnnouncements } from './ledger/seen-announcements'
import type { AccountSubject } from './ledger/account-subject'
import { accountSubjects } from './ledger/account-subject'
import type { View } from './ledger/view'

export interface PrivateLanePorts extends Omit<
  EventLanePorts<PrivateEvent>,
  keyof LaneHooks | 'endpoint' | 'routeOf' | 'routeOfKey' | 'judge' | 'isFetched'
> {
  /** Absent where REST cannot be had: then nothing that was missed is fetched. */
  readonly calls: SupplyPorts['calls'] | undefined
  /** Between two looks at an account that has no socket, ms. Default 2,000. */
  readonly pollMs?: number | undefined
}

/** A socket that is lost is mostly back sooner. */
const pollAfterMs = 3000

export class PrivateLane implements SideLane {
  readonly name = 'private'
  private readonly lane: EventLane<PrivateEvent>
  private readonly line: PrivateLine
  private readonly refusals: Refusals<AccountSubject>
  private readonly ledger: Ledger
  private readonly carried = new Carried()
  private readonly announced = new SeenAnnouncements()
  private readonly looks: PacedLooks
  private readonly redials: Redials
  private readonly rights: Rights
  private supply: AccountSupply | undefined
  private readonly refills: OverflowRefills

  constructor(private readonly ports: PrivateLanePorts) {
    const { environment } = ports
    this.ledger = new Ledger(steadyClock(environment))
    this.refusals = new Refusals(environment)
    this.looks = new PacedLooks(environment, () => {
      if (this.line.line === 'live') this.line.look()
    })
    this.redials = new Redials(environment, () => this.lane.redial())
    this.lane = new EventLane<PrivateEvent>({
      ...ports,
      endpoint: privateEndpoint,
      routeOf: ({ type }) => type,
      routeOfKey: ({ type }) => type,
      judge: (event) => (event.type === 'announcement' ? this.announced.judge(event) : this.judge(event)),
      wanted: () => this.wanted(),
      isFetched: (type) => this.isFetched(type),
      undecodable: () => {
        this.ledger.lineLost()
        this.looks.missed()
      },
      lost: () => {
        this.ledger.lineLost()
        this.line.become('down')
        // What linger has kept up to date is so no more: whoever comes next begins anew.
        if (!this.isWanted) this.forget()
      },
      // What frames told before it is sent anew is whole, what they tell from then on hides nothing of what was lost.
      drifted: (difference, wholeUntilMs) => {
        this.ledger.lineLost(
          accountSubjects.filter((subject) => difference.includes(`- ${keyOf[subject].id}`)),
        )
        this.lane.openGaps(difference, wholeUntilMs)
      },
      sent: (ids) => {
        this.carried.sent(ids)
        // Frames may come, and be lost, before it is known to be accepted.
        this.ledger.live(subjectsIn(ids))
      },
      accepted: (ids) => this.accepted(ids),
      ended: () => {
        if (!this.lane.isWanted) this.forget()
      },
      refused: (error) => this.refused(error),
    })
    this.rights = new Rights(environment, this.lane.heldBack)
    this.line = new PrivateLine({ environment, connection: this.lane.connection, pollAfterMs })
    this.refills = new OverflowRefills({
      calls: ports.calls,
      environment,
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
    const subject = accountSubjects.find((each) => keyOf[each].type === consumer.kind)
    const refusal = subject && this.refusals.of(subject)
    if (refusal !== undefined) return consumer.fail(refusal)
    if (subject !== undefined) this.askRight(subject)
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
    if (!this.subjects.includes('orders')) return
    this.ledger.expect(order)
    // Its first frame is mostly under way; one of before the subscription never comes.
    if (this.ledger.isUntold(order.uuid))
      this.looks.maybeMissed(`news of ${order.uuid}`, () => this.ledger.isUntold(order.uuid))
  }

  /** The open orders: those known at once, or as soon as they are, then at each change. Keeps the account subscribed. */
  readonly openOrders$ = this.view$('orders', (ledger): View<readonly OpenOrder[]> => ledger.openOrders)

  /** What is held, as `openOrders$`. */
  readonly balances$ = this.view$('balances', (ledger): View<readonly Balance[]> => ledger.balances)

  private view$<T>(subject: AccountSubject, viewOf: (ledger: Ledger) => View<T>): Observable<T> {
    return defer(() => {
      const refusal = this.refusals.of(subject)
      if (refusal !== undefined) return throwError(() => refusal)
      this.askRight(subject)
      const release = this.lane.hold([keyOf[subject]])
      return merge(this.refusals.of$(subject), viewOf(this.ledger).value$).pipe(finalize(release))
    })
  }

  /** Somebody has come or left. */
  private wanted(): void {
    const { isWanted, subjects: wanted } = this
    if (isWanted && this.line.line === 'off') {
      this.line.refuse(undefined)
      this.line.become('starting')
    }
    if (isWanted) this.supply ??= this.newSupply()
    this.supply?.want(wanted)
    // What nobody receives any more may change unheard, and is no event for whoever comes next, whoever receives something
    // else meanwhile. What lingers is kept up to date by its frames.
    if (isWanted) this.ledger.forget(accountSubjects.filter((subject) => !wanted.includes(subject)))
    if (!isWanted && this.line.line !== 'live') this.forget()
  }

  private judge(event: MyOrderEvent | MyAssetEvent): Verdict {
    const verdict = this.ledger.judge(event)
    // Whether the order still stands it does not say: an end follows, or a look has to tell.
    if (verdict === 'pass' && event.type === 'myOrder' && event.state === 'prevented')
      this.looks.maybeMissed(`end of ${event.uuid}`, () => this.ledger.orders.unended.has(event.uuid))
    return verdict
  }

  private get subjects(): readonly AccountSubject[] {
    return accountSubjects.filter((subject) => this.desired.includes(keyOf[subject].id))
  }

  /** Before somebody wants a subject: a session that serves others is not put at stake for it. */
  private askRight(subject: AccountSubject): void {
    const isServing = this.isWanted && ['live', 'down'].includes(this.line.line)
    if (isServing && this.ports.calls !== undefined && !this.subjects.includes(subject))
      this.rights.ask(subject)
  }

  /** Whoever comes next begins with nothing known. */
  private forget(): void {
    this.looks.stop()
    this.redials.stop()
    this.line.become('off')
    this.supply?.want([])
    this.supply = undefined
    this.ledger.forget(accountSubjects)
  }

  private accepted(ids: ReadonlySet<string>): void {
    this.line.refuse(undefined)
    this.lane.endGaps('abandoned', (type) => !this.isFetched(type))
    this.redials.accepted()
    // The same set once more is one that the exchange had lost. Another may bring back what was lost and hide that it was: all
    // are looked at soon, and not at once, since that would end the look that is under way, each time that somebody comes.
    const missing = this.carried.accepted(ids)
    if (this.line.line !== 'live') return this.line.look()
    if (missing.length > 0) this.line.look(missing)
    if (missing.length < this.subjects.length || missing.length === 0) this.looks.missed()
  }

  /** Whether what is missing of it can be asked for: of announcements there is no history, without REST of nothing. */
  private isFetched(type: AnyType): boolean {
    return this.ports.calls !== undefined && type !== 'announcement'
  }

  /** By the socket; REST may let them in. */
  private refused(error: UpbitError): boolean {
    if (this.ports.calls === undefined) {
      this.line.refuse(error)
      return false
    }
    this.ports.error(error)
    // They need no right: where they are all that was asked for, it is the keys that are refused.
    if (this.subjects.length === 0 && !this.carried.needsRight)
      this.lane.fail(error, ({ kind }) => kind === 'announcement')
    this.line.become('refused')
    this.redials.refused()
    this.carried.sent(new Set())
    return true
  }

  /**
   * On a line that is live, what is not on the wire yet has none: a limit may hold its request up. What is not asked for
   * yet is looked at at once.
   */
  private lineOf(subject: AccountSubject, line: Line): Line {
    if ((line === 'live' || line === 'down') && this.rights.isAsked(subject)) return 'starting'
    return line === 'live' && !this.carried.isLive(subject) ? 'down' : line
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
      lineOf$: (subject) => this.line.of$(subject, (line) => this.lineOf(subject, line)),
      deliver: (event) => this.lane.deliver(event),
      failed: error,
      settled: (subject, { isBlind, isOvertaken }) => {
        this.refusals.lift(subject)
        if (isOvertaken) return
        this.lane.endGaps(isBlind ? 'abandoned' : 'closed', (type) => type === keyOf[subject].type)
      },
      polled: (subject, isOk) => this.line.polled(subject, isOk),
      allowed: (subject) => this.rights.prove(subject),
      refused: (subject, refusal) => {
        // A session that is there serves others.
        if (this.line.line !== 'live' && this.subjects.every((each) => each === subject))
          this.line.refuse(refusal)
        this.refusals.add(subject, refusal)
        this.lane.fail(refusal, ({ kind }) => kind === keyOf[subject].type)
        // Last: nobody wants it any more, so that it never goes out.
        this.rights.refuse(subject)
        // Without it the others may be let in.
        if (this.isWanted) this.redials.changed()
      },
    })
  }
}
