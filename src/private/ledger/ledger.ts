/**
 * Everything known of an account: its orders and its balances, of frames of the socket and of answers of REST, in whatever
 * order they come. It judges each frame, says what of an answer nobody told, and shows the present truth. What is
 * newer, the exchange's own times say, or the order in which calls and frames crossed; of this machine's clock only how much
 * time went by between two moments.
 */
import { Subject } from 'rxjs'
import type { Balance, OpenOrder } from '../../channels/account-view'
import type { MissedEvent } from '../../protocol/missed-event'
import type { MyAssetEvent, MyOrderEvent } from '../../protocol/private-events'
import type { RestAccount } from '../../rest/rows/account-row'
import type { RestOrder } from '../../rest/rows/order-row'
import { AssetLedger } from './asset-ledger'
import { OrderLedger } from './order-ledger'
import type { AccountSubject } from './account-subject'
import { accountSubjects } from './account-subject'
import type { View } from './view'
import { LiveView } from './view'

/** `duplicate`: it was told before, by a frame or from REST, and is not to be delivered again (C12.1). */
export type Verdict = 'pass' | 'duplicate'

/** What became of rows. */
export interface Taken {
  /** Ids or currencies of which a frame came between the call and its answer: the frame's word stands, ask again. */
  readonly touched: readonly string[]
  /** Of balances: after so long, ms, an answer will not be older any more than what frames told. */
  readonly settlesInMs?: number
  /** What nobody told, noted as told: to be delivered, in this order. */
  readonly missed: readonly MissedEvent[]
}

const ledgerOf = { orders: 'orders', balances: 'assets' } as const

export class Ledger {
  orders = new OrderLedger()
  assets = new AssetLedger()
  private readonly orderView = new LiveView(() => this.orders.snapshot())
  private readonly balanceView = new LiveView(() => this.assets.snapshot())
  private readonly unsureSubject = new Subject<void>()
  /** Emits when frames leave open what balances are: a look is needed. */
  readonly unsure$ = this.unsureSubject.asObservable()
  private frames = 0

  /** `clock`: milliseconds that are not set back, of which only differences count. */
  constructor(private readonly clock?: () => number) {}

  /** The open orders, the newest first. */
  get openOrders(): View<readonly OpenOrder[]> {
    return this.orderView
  }

  /** What is held, by the name of the currency. */
  get balances(): View<readonly Balance[]> {
    return this.balanceView
  }

  /** Counts the frames that said something new: whoever sends a call notes it, and hands it back with the answer. */
  get revision(): number {
    return this.frames
  }

  /**
   * Takes a frame of the socket. A frame that comes late is news if nobody told it, though it moves no view back: a closed
   * order stays closed, an executed volume never falls, an older balance does not replace a newer one.
   */
  judge(event: MyOrderEvent | MyAssetEvent): Verdict {
    const revision = this.frames + 1
    const isOrder = event.type === 'myOrder'
    const atMs = this.clock?.() ?? event.received_at
    const { isNews, isChange, isUnsure } = isOrder
      ? // What moves an order moves balances, of which no frame may come yet.
        { isUnsure: this.assets.isSilent, ...this.orders.takeFrame(event, revision, atMs) }
      : this.assets.takeFrame(event, revision, atMs)
    if (isNews || isChange) this.frames = revision
    if (isChange) (isOrder ? this.orderView : this.balanceView).change(true)
    if (isUnsure) this.unsureSubject.next()
    return isNews ? 'pass' : 'duplicate'
  }

  /** Nothing is known of these any more, as before the first look. */
  forget(subjects: readonly AccountSubject[]): void {
    if (subjects.includes('orders')) {
      this.orders = new OrderLedger()
      this.orderView.clear()
    }
    if (subjects.includes('balances')) {
      this.assets = new AssetLedger()
      this.balanceView.clear()
    }
  }

  /** From now on frames of these come: their subscription stands. To be called at each that is accepted. */
  live(subjects: readonly AccountSubject[] = accountSubjects): void {
    for (const subject of subjects) this[ledgerOf[subject]].beginning.live()
  }

  /**
   * From now on frames may be missed: the socket is gone, or these are not subscribed. What is shown of them may be old by
   * then, until the next look says what is true. A renewal with overlap is no loss.
   */
  lineLost(subjects: readonly AccountSubject[] = accountSubjects): void {
    if (subjects.includes('orders')) {
      this.orders.lineLost()
      this.orderView.doubt()
    }
    if (subjects.includes('balances')) {
      this.assets.beginning.lineLost()
      this.balanceView.doubt()
    }
  }

  /** How often frames of these were lost: whether that happened while a look was under way, it asks before and after. */
  lossesOf(subjects: readonly AccountSubject[]): number {
    return subjects.reduce((sum, subject) => sum + this[ledgerOf[subject]].beginning.losses, 0)
  }

  /**
   * A look at these is through, and all that it found is told. Whether something may be missing for good: frames were lost
   * before there was any look to compare with. Says so once.
   */
  settle(subjects: readonly AccountSubject[]): boolean {
    return subjects.map((subject) => this[ledgerOf[subject]].beginning.settle()).includes(true)
  }

  /** Notes an order that this application made: it is followed though no frame should ever tell of it. */
  expect(row: RestOrder): void {
    const { openCount } = this.orders
    this.orders.expect(row, this.nowMs ?? -Infinity)
    if (this.orders.openCount !== openCount) this.orderView.change(true)
  }

  /** Whether something that happened to an order was not told yet. */
  isUntold(uuid: string): boolean {
    return this.orders.isUntold(uuid)
  }

  /** Takes rows that were asked for when the revision was `since`. One change of the view, whatever their number. */
  takeOrders(rows: readonly RestOrder[], since: number, receivedAt: number): Taken {
    const touched: string[] = []
    const missed: MissedEvent[] = []
    let isChange = false
    for (const row of rows) {
      const outcome = this.orders.takeRow(row, since, receivedAt)
      if (outcome.isTouched) touched.push(row.uuid)
      missed.push(...outcome.missed)
      isChange = outcome.isChange || isChange
    }
    this.orders.prune()
    if (isChange) this.orderView.change()
    return { touched, missed }
  }

  /** Takes what REST holds, that was asked for when the revision was `since`, and its clock said `sentMs`. */
  takeAccounts(rows: readonly RestAccount[], since: number, receivedAt: number, sentMs?: number): Taken {
    const nowMs = this.clock?.() ?? receivedAt
    const call = { since, receivedAt, sentMs: sentMs ?? nowMs, nowMs }
    const { isChange, ...taken } = this.assets.takeAccounts(rows, call)
    if (isChange) this.balanceView.change()
    return taken
  }

  /** Its clock's time now; `undefined`: it has none. */
  get nowMs(): number | undefined {
    return this.clock?.()
  }

  /** Notes that REST, asked from `sentMs` on, knew nothing of these orders; those that are given up by that. */
  takeAbsences(uuids: readonly string[], sentMs = Infinity): readonly string[] {
    const gone = uuids.filter((uuid) => this.orders.takeAbsence(uuid, sentMs))
    if (gone.length > 0) this.orderView.change()
    return gone
  }

  /**
   * All orders made until `untilMs`, of the exchange's clock, are known; all until now where frames come meanwhile,
   * `isLive`.
   */
  knowOrders(untilMs: number, isLive: boolean): void {
    this.orders.heardOf(untilMs, isLive)
    this.orderView.know()
  }

  /** All balances are known. */
  knowBalances(): void {
    this.assets.beginning.hasBegun = true
    this.balanceView.know()
  }
}
