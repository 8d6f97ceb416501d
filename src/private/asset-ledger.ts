/**
 * What an account holds, by currency. Frames tell absolute amounts of some currencies and never clear the others; the
 * newest by the exchange's own time stands. REST tells all that is held, and by its silence what is not.
 */
import type { Balance } from '../channels/account-view'
import type { RestMyAssetEvent } from '../protocol/missed-event'
import type { MyAssetBalance } from '../protocol/my-asset'
import type { MyAssetEvent } from '../protocol/private-events'
import type { RestAccount } from '../rest/rows/account-row'
import { Beginning } from './beginning'
import { SeenSet } from './seen-set'

interface Holding {
  balance: Balance
  /** The ledger's count of frames when the newest of this currency came. */
  touchedAt: number
  /** When it changed by the newest frame. */
  assetMs: number
}

export class AssetLedger {
  readonly beginning = new Beginning()
  private readonly seen = new SeenSet()
  private readonly holdings = new Map<string, Holding>()

  /** What is held, by the name of the currency; those of which there is nothing are left out, as REST leaves them out. */
  snapshot(): readonly Balance[] {
    const balances = Array.from(this.holdings.values(), ({ balance }) => balance).filter(isHeld)
    return Object.freeze(balances.sort((a, b) => (a.currency < b.currency ? -1 : 1)))
  }

  /** Takes a frame; whether it is news, and whether balances are others now. */
  takeFrame(event: MyAssetEvent, revision: number): { readonly isNews: boolean; readonly isChange: boolean } {
    if (!this.seen.add(event.asset_uuid)) return { isNews: false, isChange: false }
    let isChange = false
    for (const { currency, balance, locked } of event.assets) {
      const holding = this.holdingOf(currency)
      holding.touchedAt = revision
      if (event.asset_timestamp < holding.assetMs) continue
      holding.assetMs = event.asset_timestamp
      isChange = set(holding, { balance, locked }) || isChange
    }
    return { isNews: true, isChange }
  }

  /**
   * Takes the accounts that were asked for at `since`. A currency of which a frame came since keeps what the frame says.
   */
  takeAccounts(rows: readonly RestAccount[], since: number, receivedAt: number): AccountsOutcome {
    const touched: string[] = []
    const missed: MyAssetBalance[] = []
    let isChange = false
    const told = new Set<string>()
    const take = (holding: Holding, amounts: Pick<Balance, 'balance' | 'locked'>, isNew: boolean): void => {
      const { currency } = holding.balance
      if (holding.touchedAt > since) return void touched.push(currency)
      if (!set(holding, amounts)) return
      isChange = true
      // What was held before the beginning was not missed. Where that is not known the amount, being absolute, is told.
      const { hasBegun, isBlind } = this.beginning
      if (hasBegun || isBlind || !isNew) missed.push({ currency, ...amounts })
    }
    for (const { currency, balance, locked, ...price } of rows) {
      told.add(currency)
      const isNew = !this.holdings.has(currency)
      const holding = this.holdingOf(currency)
      take(holding, { balance, locked }, isNew)
      isChange = setPrice(holding, price) || isChange
    }
    for (const [currency, holding] of this.holdings) {
      if (!told.has(currency) && isHeld(holding.balance)) take(holding, { balance: '0', locked: '0' }, false)
    }
    return { touched, missed: missed.length === 0 ? [] : [assetEvent(missed, receivedAt)], isChange }
  }

  private holdingOf(currency: string): Holding {
    let holding = this.holdings.get(currency)
    if (holding === undefined) {
      holding = { balance: nothingOf(currency), touchedAt: 0, assetMs: -Infinity }
      this.holdings.set(currency, holding)
    }
    return holding
  }
}

export interface AccountsOutcome {
  /** Currencies of which a frame came between the call and its answer. */
  readonly touched: readonly string[]
  readonly missed: readonly RestMyAssetEvent[]
  readonly isChange: boolean
}

function nothingOf(currency: string): Balance {
  return Object.freeze({
    currency,
    balance: '0',
    locked: '0',
    avg_buy_price: null,
    avg_buy_price_modified: null,
    unit_currency: null,
  })
}

function isHeld({ balance, locked }: Balance): boolean {
  return balance !== '0' || locked !== '0'
}

/** Whether anything is different by it. */
function set(holding: Holding, { balance, locked }: Pick<Balance, 'balance' | 'locked'>): boolean {
  if (holding.balance.balance === balance && holding.balance.locked === locked) return false
  holding.balance = Object.freeze({ ...holding.balance, balance, locked })
  return true
}

function setPrice(holding: Holding, row: Partial<RestAccount>): boolean {
  const known = holding.balance
  const price = {
    avg_buy_price: row.avg_buy_price ?? null,
    avg_buy_price_modified: row.avg_buy_price_modified ?? null,
    unit_currency: row.unit_currency ?? null,
  }
  if (
    known.avg_buy_price === price.avg_buy_price &&
    known.avg_buy_price_modified === price.avg_buy_price_modified &&
    known.unit_currency === price.unit_currency
  ) {
    return false
  }
  holding.balance = Object.freeze({ ...known, ...price })
  return true
}

export function assetEvent(assets: readonly MyAssetBalance[], receivedAt: number): RestMyAssetEvent {
  return {
    type: 'myAsset',
    asset_uuid: null,
    assets,
    asset_timestamp: null,
    timestamp: null,
    epoch: 0,
    received_at: receivedAt,
    source: 'rest',
  }
}
