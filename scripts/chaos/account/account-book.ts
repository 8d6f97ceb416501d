/**
 * What one consumer of an account's events saw, judged as it comes: no fill twice, no end twice, nothing of a market that it
 * did not ask for. What it has missed is judged by `judge-deliveries.ts` when all is calm.
 */
import type {
  GapEvent,
  MyAssetEvent,
  MyOrderEvent,
  RestMyAssetEvent,
  RestMyOrderEvent,
} from '../../../src/index'
import type { Violations } from '../violations'

export type OrderEvent = MyOrderEvent | RestMyOrderEvent
export type AssetEvent = MyAssetEvent | RestMyAssetEvent
export type AccountDelivery = OrderEvent | AssetEvent | GapEvent

export class AccountBook {
  /** By order and execution. */
  readonly fills = new Map<string, OrderEvent>()
  /** By order. */
  readonly ends = new Map<string, OrderEvent>()
  readonly openings = new Set<string>()
  /** Ids of orders that any event was of. */
  readonly orders = new Set<string>()
  readonly assets = new Set<string>()
  readonly gaps = new Map<string, GapEvent>()
  bySocket = 0
  byRest = 0

  constructor(
    readonly name: string,
    /** The markets that it asked for; all when absent. */
    readonly codes: readonly string[] | undefined,
    private readonly violations: Violations,
  ) {}

  take(event: AccountDelivery): void {
    if (event.type === 'gap') return void this.gaps.set(event.id, event)
    if (event.source === 'rest') this.byRest++
    else this.bySocket++
    if (event.type === 'myAsset') this.takeAsset(event)
    else this.takeOrder(event)
  }

  private takeAsset({ asset_uuid }: AssetEvent): void {
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
    if (state === 'trade') this.once(this.fills, fillKey(uuid, trade_uuid), event)
    else if (state === 'done' || state === 'cancel') this.once(this.ends, uuid, event)
    else if (state === 'wait' || state === 'watch') this.openings.add(uuid)
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
