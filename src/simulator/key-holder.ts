/**
 * Who is behind a connection: frames of orders and balances go to the connections of their account alone, and only as far
 * as the scopes of the connection's key reach (docs.upbit.com, `auth`, read 2026-11).
 */
import type { Broadcast } from './broadcast'
import type { FirstAssets } from './first-assets'
import type { AccountScope } from './trading/account'
import type { Pocket, PocketKey } from './trading/pocket'
import { may } from './trading/pocket'

const scopes: ReadonlyMap<string, AccountScope> = new Map([
  ['myOrder', 'orders'],
  ['myAsset', 'balances'],
])

/** Whether frames of a type belong to an account, and not to everyone who is subscribed. */
export function isOfAccount(type: string): boolean {
  return scopes.has(type)
}

export class KeyHolder {
  constructor(
    private readonly owner: PocketKey,
    private readonly firstAssets: FirstAssets,
  ) {}

  get pocket(): Pocket {
    return this.owner.pocket
  }

  /** Whether its key has the scope that a type needs; announcements and indicators need none. */
  may(type: string): boolean {
    const scope = scopes.get(type)
    return scope === undefined || may(this.owner, scope)
  }

  /** Its connection has subscribed to balances. */
  assetsAsked(): void {
    this.firstAssets.asked(this.pocket.id)
  }

  /** Whether its connection may get a frame that belongs to an account. */
  hears({ type, pocketId }: Pick<Broadcast, 'type' | 'pocketId'>): boolean {
    if (pocketId !== this.pocket.id || !this.may(type)) return false
    return type !== 'myAsset' || this.firstAssets.areHeard(pocketId)
  }
}
