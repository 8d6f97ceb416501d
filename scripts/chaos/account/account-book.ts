/**
 * What one consumer of an account's events saw, judged as it comes: nothing twice, nothing of a market that it did not ask
 * for, no opening after the end, no figure that never was. What it has missed is judged by `judge-deliveries.ts` when all is calm.
 */
import type {
  GapEvent,
  MyAssetEvent,
  MyOrderEvent,
  RestMyAssetEvent,
  RestMyOrderEvent,
} from '../../../src/index'
import type { Violations } from '../violations'
import type { Chronicle } from './chronicle'
import { figureDifference } from './judge-figures'
import { ToldAmounts } from './told-amounts'

export type OrderEvent = MyOrderEvent | RestMyOrderEvent
export type AssetEvent = MyAssetEvent | RestMyAssetEvent
export type AccountDelivery = OrderEvent | AssetEvent | GapEvent

export class AccountBook {
  /** By order and execution. */
  readonly fills = new Map<string, OrderEvent>()
  /** By order. */
  readonly ends = new Map<string, OrderEvent>()
  /** Of orders that it was told were opened, or wait for their trigger. */
  readonly openings = new Set<string>()
  /** Ids of orders that any event was of. */
  readonly orders = new Set<string>()
  readonly assets = new Set<string>()
  readonly amounts = new ToldAmounts()
  readonly gaps = new Map<string, GapEvent>()
  bySocket = 0
  byRest = 0
  /** How each order was told to be opened. */
  readonly #opened = new Map<string, OrderEvent>()

  constructor(
    readonly name: string,
    /** The markets that it asked for; all when absent. */
    readonly codes: readonly string[] | undefined,
    /** Where its buffer was emptied it is told again how an order stands. */
    private readonly isRefilled: boolean,
    private readonly chronicle: Chronicle,
    private readonly violations: Violations,
  ) {}

  take(event: AccountDelivery): void {
    if (event.type === 'gap') return void this.gaps.set(event.id, event)
    if (event.source === 'rest') this.byRest++
    else this.bySocket++
    if (event.type === 'myAsset') this.takeAsset(event)
    else this.takeOrder(event)
  }

  private takeAsset(event: AssetEvent): void {
    this.amounts.take(event)
    const { asset_uuid } = event
    if (asset_uuid === null) return
    if (this.assets.has(asset_uuid)) this.violations.add('C12.1', `${this.name} got ${asset_uuid} twice`)
    this.assets.add(asset_uuid)
  }

  private takeOrder(event: OrderEvent): void {
    const { uuid, code, state, trade_uuid } = event
    this.orders.add(uuid)
    if (this.codes?.includes(code) === false) {
      this.violations.add('C4.4', `${this.name} got an order of ${code}`)
    }
    const order = this.chronicle.order(uuid)
    const wrong = order === undefined ? undefined : figureDifference(event, order)
    if (wrong !== undefined) this.violations.add('C12.2', `${this.name} ${wrong}`)
    if (state === 'wait' || state === 'watch') return this.takeOpening(event)
    if (event.source !== 'rest') this.chronicle.laterBySocket.add(uuid)
    if (state === 'trade') this.once(this.fills, fillKey(uuid, trade_uuid), event)
    else if (state === 'done' || state === 'cancel') this.once(this.ends, uuid, event)
  }

  private takeOpening(event: OrderEvent): void {
    const { uuid, state, source } = event
    const end = this.ends.get(uuid)
    if (end !== undefined && this.chronicle.order(uuid)?.isShuffled === false) {
      const what = `${state} of ${uuid} by ${source} after its end (${end.state} by ${end.source})`
      this.violations.add('C12.2', `${this.name} got ${what}`)
    }
    this.openings.add(uuid)
    if (!this.isRefilled) this.once(this.#opened, `${uuid} as ${state}`, event)
  }

  private once(seen: Map<string, OrderEvent>, key: string, event: OrderEvent): void {
    const before = seen.get(key)
    if (before !== undefined) {
      const sources = `first by ${before.source}, then by ${event.source}`
      this.violations.add('C12.1', `${this.name} got ${event.state} of ${key} twice, ${sources}`)
    }
    seen.set(key, event)
  }
}

export function fillKey(uuid: string, tradeUuid: string | null): string {
  return `${uuid} ${tradeUuid ?? 'without an id'}`
}
