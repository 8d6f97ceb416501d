/**
 * What one account has, by currency: what it can use, and what its open orders have locked. Every movement is one of
 * four, and what has changed since the last look is remembered for `myAsset`.
 */
import type { AccountBalance } from './account'
import type { Exact } from './exact'
import { exact, exactText, ratio, times } from './exact'
import type { MyAssetBalance } from '../../protocol/my-asset'

interface Holding {
  balance: Exact
  locked: Exact
  avgBuyPrice: Exact
  modified: boolean
  readonly unitCurrency: string
  /** As a test has set it: told even when it is nothing. */
  given: boolean
}

export class Holdings {
  private readonly byCurrency = new Map<string, Holding>()
  private readonly changed = new Set<string>()

  /** Replaces all of it, in silence. */
  set(rows: readonly AccountBalance[]): void {
    this.byCurrency.clear()
    this.changed.clear()
    for (const row of rows) {
      this.byCurrency.set(row.currency, {
        balance: exact(row.balance),
        locked: exact(row.locked),
        avgBuyPrice: exact(row.avg_buy_price),
        modified: row.avg_buy_price_modified,
        unitCurrency: row.unit_currency,
        given: true,
      })
    }
  }

  /** The rows of `GET /v1/accounts`: currencies of which there is something. */
  rows(): readonly AccountBalance[] {
    return [...this.byCurrency.keys()]
      .filter((currency) => this.isHeld(currency))
      .map((name) => this.row(name))
  }

  row(currency: string): AccountBalance {
    const { balance, locked, avgBuyPrice, modified, unitCurrency } = this.of(currency)
    return {
      currency,
      balance: exactText(balance),
      locked: exactText(locked),
      avg_buy_price: exactText(avgBuyPrice),
      avg_buy_price_modified: modified,
      unit_currency: unitCurrency,
    }
  }

  available(currency: string): Exact {
    return this.byCurrency.get(currency)?.balance ?? 0n
  }

  receive(currency: string, amount: Exact): void {
    this.change(currency).balance += amount
  }

  lock(currency: string, amount: Exact): void {
    const holding = this.change(currency)
    holding.balance -= amount
    holding.locked += amount
  }

  release(currency: string, amount: Exact): void {
    const holding = this.changeLocked(currency, amount)
    holding.locked -= amount
    holding.balance += amount
  }

  spend(currency: string, amount: Exact): void {
    this.changeLocked(currency, amount).locked -= amount
  }

  /** The average of what has been paid for what there is; called before what was bought has come. */
  bought(currency: string, volume: Exact, funds: Exact): void {
    const holding = this.change(currency)
    const before = holding.balance + holding.locked
    holding.avgBuyPrice = ratio(times(before, holding.avgBuyPrice) + funds, before + volume)
  }

  /** What an event of assets tells: what has changed since the last one, or all that is held. Empty without a change. */
  takeChanged(told: 'changed' | 'all'): readonly MyAssetBalance[] {
    const changed = [...this.changed]
    this.changed.clear()
    if (changed.length === 0) return []
    const currencies =
      told === 'changed'
        ? changed
        : [...this.byCurrency.keys()].filter((name) => changed.includes(name) || this.isHeld(name))
    return currencies.map((currency) => {
      const { balance, locked } = this.of(currency)
      return { currency, balance: exactText(balance), locked: exactText(locked) }
    })
  }

  private isHeld(currency: string): boolean {
    const { balance, locked, given } = this.of(currency)
    return given || balance + locked !== 0n
  }

  private of(currency: string): Readonly<Holding> {
    return this.byCurrency.get(currency) ?? nothing(currency)
  }

  private change(currency: string): Holding {
    let holding = this.byCurrency.get(currency)
    if (holding === undefined) this.byCurrency.set(currency, (holding = nothing(currency)))
    holding.given = false
    this.changed.add(currency)
    return holding
  }

  /** A test may have set an order without what it locks: that is added when it is needed. */
  private changeLocked(currency: string, amount: Exact): Holding {
    const holding = this.change(currency)
    if (holding.locked < amount) holding.locked = amount
    return holding
  }
}

function nothing(currency: string): Holding {
  return {
    balance: 0n,
    locked: 0n,
    avgBuyPrice: 0n,
    // Recorded so of KRW, which nobody buys.
    modified: currency === 'KRW',
    unitCurrency: 'KRW',
    given: false,
  }
}
