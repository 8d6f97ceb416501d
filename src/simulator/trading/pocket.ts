/** One account at work: its keys, what it has, its orders, and who listens to its events. */
import type { AccountKey, AccountOptions, AccountOrder, AccountScope } from './account'
import { Holdings } from './holdings'
import type { Order } from './order'
import { orderRefusals } from './order-refusal'
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
  private usedIdentifiers = new Set<string>()
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

  /** Throws the exchange's refusal of an identifier that was used. */
  checkUnused(identifier: string | undefined): void {
    if (identifier !== undefined && this.usedIdentifiers.has(identifier)) throw orderRefusals.identifier()
  }

  /**
   * Uses an identifier up, whatever comes of its order (docs.upbit.com `주문하기` of v1.5.9, read 2026-11). Throws the
   * exchange's refusal of one that was used.
   */
  use(identifier: string | undefined): void {
    this.checkUnused(identifier)
    if (identifier !== undefined) this.usedIdentifiers.add(identifier)
  }

  add(order: Order): void {
    this.byId.set(order.uuid, order)
    const { identifier } = order.terms
    if (identifier === undefined) return
    this.byIdentifier.set(identifier, order)
    this.usedIdentifiers.add(identifier)
  }

  /** Replaces all orders, in silence. */
  setOrders(rows: readonly AccountOrder[], nextSequence: () => number): void {
    this.byId = new Map()
    this.byIdentifier = new Map()
    this.usedIdentifiers = new Set()
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
