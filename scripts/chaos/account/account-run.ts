/**
 * The account of a chaos: consumers and views of the application on one side, trading on the exchange on the other, and what
 * is asked of them when all is calm. Faults come from elsewhere.
 */
import type { Observable, Subscription } from 'rxjs'
import { seededRandom } from '../../../src/base/seeded-random'
import type { Balance, GapEvent, OpenOrder, PrivateStatus } from '../../../src/index'
import type { AccountBalance, AccountControls, MyAssetFrame, MyOrderFrame } from '../../../src/testing'
import type { Violations } from '../violations'
import type { World } from '../world'
import { every, takes } from '../world'
import type { AccountDelivery } from './account-book'
import { AccountBook } from './account-book'
import { accountRoles } from './account-cast'
import type { AccountReport } from './account-report'
import { Chronicle } from './chronicle'
import { balanceDifferences, orderDifferences } from './differences'
import { missingOf } from './judge-deliveries'
import { otherKey, ownKey } from './keys'
import { Placements } from './placements'
import { Trader } from './trader'

export interface AccountSettings {
  readonly seed: number
  readonly violations: Violations
  readonly delivered: (consumer: string, event: AccountDelivery) => void
  readonly isDisturbedSince: (sinceMs: number) => boolean
}

type AccountFrame = MyOrderFrame | MyAssetFrame

/** Between two acts on the account. */
const actMs = 700
/** Between two orders of the application. */
const placeMs = 4100

export class AccountRun {
  readonly trader: Trader
  readonly placements: Placements
  /** The last frames of the account, oldest first, for faults that send them again. */
  readonly recent: AccountFrame[] = []
  /** How many dials there were when the connection went half-open: as long as there is no other one, it is. */
  blindDials = -1
  readonly #other: Trader
  readonly #account: AccountControls
  readonly #random: () => number
  readonly #books: AccountBook[] = []
  readonly #subscriptions: { unsubscribe(): void }[] = []
  #orders: readonly OpenOrder[] | undefined
  #balances: readonly Balance[] | undefined
  #status: PrivateStatus = { state: 'off' }
  readonly #states: Record<string, number> = {}
  readonly chronicle = new Chronicle()
  #balancesBefore: readonly AccountBalance[] = []
  #frames = 0
  #ends: (() => void)[] = []

  constructor(
    private readonly world: World,
    private readonly settings: AccountSettings,
  ) {
    const { seed, violations } = settings
    const { exchange } = world
    this.#account = exchange.account(ownKey.accessKey)
    this.#random = seededRandom(`${seed}/account`)
    this.trader = new Trader(this.#account, this.#random)
    this.#other = new Trader(exchange.account(otherKey.accessKey), seededRandom(`${seed}/other pocket`))
    this.placements = new Placements(world, this.trader, violations, (sinceMs) =>
      settings.isDisturbedSince(sinceMs),
    )
    this.#account.listen((frame) => this.happened(frame))
  }

  /** The consumers come; nothing has happened to the account yet. */
  begin(): void {
    const { upbit } = this.world
    this.trader.endow()
    this.#other.endow()
    this.#balancesBefore = this.#account.balances
    this.#subscriptions.push(
      upbit.privateStatus$.subscribe((status) => this.became(status)),
      this.view(upbit.openOrders$(), (orders) => (this.#orders = orders)),
      this.view(upbit.balances$(), (balances) => (this.#balances = balances)),
    )
    for (const role of accountRoles) {
      const { name, codes, isRefilled = false } = role
      const book = new AccountBook(name, codes, isRefilled, this.chronicle, this.settings.violations)
      this.#books.push(book)
      const part = {
        upbit,
        name,
        take: (event: AccountDelivery) => {
          this.settings.delivered(name, event)
          book.take(event)
        },
        ended: (error: unknown) => this.ended(name, error),
        takes: (durationMs: number) => takes(this.world, durationMs),
      }
      this.#subscriptions.push(role.play(part))
    }
  }

  /** Whether what happens from now on is owed to everybody. */
  get isReady(): boolean {
    return this.#status.state === 'live' && this.#orders !== undefined && this.#balances !== undefined
  }

  /** Both pockets trade until `rest`. */
  open(): void {
    this.#ends = [
      every(this.world, actMs, () => (this.#random() < 0.2 ? this.#other : this.trader).act()),
      every(this.world, placeMs, () =>
        this.#random() < 0.7 ? this.placements.place() : this.placements.cancel(),
      ),
    ]
  }

  /** Nobody does anything any more, and nothing happens to the orders. */
  rest(): void {
    for (const end of this.#ends) end()
    this.trader.rest()
    this.#other.rest()
  }

  /** Whether the socket is there, every call has its outcome, and everything is as the books have it. */
  get isSettled(): boolean {
    return this.#status.state === 'live' && !this.placements.isUnderWay && this.differences().length === 0
  }

  /** What is not as it should be in calm becomes violations. */
  judge(): void {
    const { violations } = this.settings
    if (this.#status.state !== 'live') {
      violations.add(
        'C12',
        `the private connection is ${JSON.stringify(this.#status)} long after the last fault`,
      )
    }
    if (this.placements.isUnderWay) violations.add('C12', 'a call of trading has no outcome')
    for (const difference of this.differences()) violations.add('C12.2', difference)
    this.placements.judge(this.#account.orders)
  }

  leave(): void {
    for (const subscription of this.#subscriptions.splice(0)) subscription.unsubscribe()
  }

  get report(): AccountReport {
    const { orders } = this.#account
    const [all] = this.#books
    return {
      orders: orders.length,
      fills: orders.reduce((sum, { trades_count }) => sum + trades_count, 0),
      frames: this.#frames,
      bySocket: all?.bySocket ?? 0,
      byRest: all?.byRest ?? 0,
      outcomes: this.placements.outcomes,
      states: this.#states,
    }
  }

  private differences(): readonly string[] {
    const { orders, balances } = this.#account
    return [
      ...orderDifferences(this.#orders, orders),
      ...balanceDifferences(this.#balances, balances),
      ...this.#books.flatMap((book) =>
        [
          ...(book.name.startsWith('assets')
            ? this.assetDifferences(book, balances)
            : missingOf(book, orders, this.chronicle)),
          ...openGaps(book),
        ].map((what) => `${book.name} ${what}`),
      ),
    ]
  }

  private assetDifferences(
    { assets, amounts }: AccountBook,
    balances: readonly AccountBalance[],
  ): readonly string[] {
    const foreign = [...assets].filter((id) => !this.chronicle.assetIds.has(id))
    return [
      ...foreign.map((id) => `had ${id}, which is not of its account`),
      ...amounts.differences(this.#balancesBefore, balances),
    ]
  }

  private happened(frame: AccountFrame): void {
    this.#frames++
    this.chronicle.add(frame, this.world.environment.now())
    this.recent.push(frame)
    if (this.recent.length > 24) this.recent.shift()
  }

  private became(status: PrivateStatus): void {
    this.#status = status
    this.#states[status.state] = (this.#states[status.state] ?? 0) + 1
  }

  private view<T>(view$: Observable<T>, shown: (value: T) => void): Subscription {
    return view$.subscribe({
      next: shown,
      error: (error: unknown) => this.ended('a view', error),
      complete: () => this.ended('a view', undefined),
    })
  }

  private ended(name: string, error: unknown): void {
    this.settings.violations.add('C12', `${name} was ended: ${String(error)}`)
  }
}

/** Where REST can be had, every loss is made good. */
function openGaps({ gaps }: AccountBook): readonly string[] {
  return [...gaps.values()]
    .filter(({ phase }: GapEvent) => phase !== 'closed')
    .map(({ id, cause, phase }) => `has a gap ${id} (${cause}) that is ${phase}`)
}
