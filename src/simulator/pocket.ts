/**
 * The account behind a connection: frames of orders and balances go to the connections of its key alone, and only as
 * far as the key's scopes reach (docs.upbit.com, `auth`, read 2026-11).
 */
import type { Broadcast } from './broadcast'
import type { Account, AccountScope } from './rest/account'
import type { Timers } from './timers'

const scopes: ReadonlyMap<string, AccountScope> = new Map([
  ['myOrder', 'orders'],
  ['myAsset', 'balances'],
])

/** Whether frames of a type belong to an account, and not to everyone who is subscribed. */
export function isOfAccount(type: string): boolean {
  return scopes.has(type)
}

export class Pocket {
  private assetsFromMs: number | undefined

  constructor(
    private readonly account: Account,
    private readonly firstAssetDelayMs: number,
    private readonly timers: Pick<Timers, 'now'>,
  ) {}

  get accessKey(): string {
    return this.account.options.accessKey
  }

  /** Whether its key has the scope that a type needs; announcements and indicators need none. */
  may(type: string): boolean {
    const scope = scopes.get(type)
    return scope === undefined || this.account.may(scope)
  }

  /** A connection has subscribed to balances: the first one of the account hears nothing for a while. */
  assetsAsked(): void {
    this.assetsFromMs ??= this.timers.now() + this.firstAssetDelayMs
  }

  /** Whether its connections may get a frame that belongs to an account. */
  hears({ type, accessKey }: Pick<Broadcast, 'type' | 'accessKey'>): boolean {
    if (accessKey !== this.accessKey || !this.may(type)) return false
    return type !== 'myAsset' || this.timers.now() >= (this.assetsFromMs ?? 0)
  }
}
