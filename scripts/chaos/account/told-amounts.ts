/** What a consumer of balances knows by what it was told: the newest of each currency by the exchange's own time. */
import type { AccountBalance } from '../../../src/testing'
import type { AssetEvent } from './account-book'

type Amounts = Pick<AccountBalance, 'balance' | 'locked'>

const nothing: Amounts = { balance: '0', locked: '0' }

export class ToldAmounts {
  readonly #amounts = new Map<string, Amounts & { readonly atMs: number }>()

  take({ assets, asset_timestamp }: AssetEvent): void {
    for (const { currency, balance, locked } of assets) {
      const knownMs = this.#amounts.get(currency)?.atMs ?? -Infinity
      // REST does not say when: it stands until a frame comes that is newer than those before it.
      if (asset_timestamp !== null && asset_timestamp < knownMs) continue
      this.#amounts.set(currency, { balance, locked, atMs: asset_timestamp ?? knownMs })
    }
  }

  /** A sentence for each currency that is not as told; of what was never told it is as it was at the beginning. */
  differences(before: readonly AccountBalance[], now: readonly AccountBalance[]): readonly string[] {
    const of = (rows: readonly AccountBalance[], name: string): Amounts =>
      rows.find(({ currency }) => currency === name) ?? nothing
    const names = new Set([...this.#amounts.keys(), ...[...before, ...now].map(({ currency }) => currency)])
    return [...names].flatMap((name) => {
      const told = this.#amounts.get(name) ?? of(before, name)
      const { balance, locked } = of(now, name)
      if (told.balance === balance && told.locked === locked) return []
      return [`was last told of ${name} ${told.balance} + ${told.locked}, it is ${balance} + ${locked}`]
    })
  }
}
