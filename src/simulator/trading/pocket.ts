/** One account at work: its keys, what it has, its orders, and who listens to its events. */
import type { AccountKey, AccountOptions, AccountOrder, AccountScope } from './account'
import { Holdings } from './holdings'
import type { Order } from './order'
import { orderOf, orderRow } from './order-rows'
import type { PocketEvents } from './pocket-events'

type Listener = Parameters<PocketEvents['listen']>[0]

/** Whose call it is: an account, by one of its keys. */
export interface PocketKey {
  readonly pocket: Pocket
  readonly key: AccountKey
}

export class Pocket implements PocketEvents {
  /** What its limits are counted by, whichever of its keys a call has. */
  readonly id: string
  readonly keys: readonly AccountKey[]
  readonly holdings = new Holdings()
  private byId = new Map<string, Order>()
  private byIdentifier = new Map<string, Order>()
  private readonly listeners = new Set<Listener>()

  constructor(
    { accessKey, secretKey, scopes, keys = [], balances = [] }: AccountOptions,
    /** The first listener has come, or the last has gone. */
    private readonly listenedTo: (pocket: Pocket) => void,
  ) {
    this.id = accessKey
    this.keys = [{ accessKey, secretKey, ...(scopes === undefined ? {} : { scopes }) }, ...keys]
    this.holdings.set(balances)
  }

  get orders(): Iterable<Order> {
    return this.byId.values()
  }

  /** Oldest first. */
  get rows(): readonly AccountOrder[] {
    return [...this.byId.values()].map(orderRow)
  }

  get isListenedTo(): boolean {
    return this.listeners.size > 0
  }

  /** The uuid wins where both are given. */
  find(uuid: string | undefined, identifier: string | undefined): Order | undefined {
    if (uuid !== undefined) return this.byId.get(uuid)
    return identifier === undefined ? undefined : this.byIdentifier.get(identifier)
  }

  add(order: Order): void {
    this.byId.set(order.uuid, order)
    const { identifier } = order.terms
    if (identifier !== undefined) this.byIdentifier.set(identifier, order)
  }

  /** Replaces all orders, in silence. */
  setOrders(rows: readonly AccountOrder[], nextSequence: () => number): void {
    this.byId = new Map()
    this.byIdentifier = new Map()
    for (const row of rows) this.add(orderOf(row, nextSequence()))
  }

  listen(listener: Listener): () => void {
    // A listener that is given twice is two.
    const own: Listener = (frame) => listener(frame)
    this.listeners.add(own)
    if (this.listeners.size === 1) this.listenedTo(this)
    return () => {
      if (this.listeners.delete(own) && this.listeners.size === 0) this.listenedTo(this)
    }
  }

  tell(frame: Parameters<Listener>[0]): void {
    for (const listener of [...this.listeners]) listener(frame)
  }
}

export function may({ key }: PocketKey, scope: AccountScope): boolean {
  return key.scopes?.includes(scope) ?? true
}
