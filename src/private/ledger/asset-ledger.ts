/**
 * What an account holds, by currency. Frames tell absolute amounts of some currencies and never clear the others; the
 * newest by the exchange's own time stands. REST tells all that is held, and by its silence what is not.
 */
import type { Balance } from '../../channels/account-view'
import type { RestMyAssetEvent } from '../../protocol/missed-event'
import type { MyAssetBalance } from '../../protocol/my-asset'
import type { MyAssetEvent } from '../../protocol/private-events'
import type { RestAccount } from '../../rest/rows/account-row'
import { behindMs } from './behind'
import { Beginning } from './beginning'
import type { Call } from './call'
import { SeenSet } from './seen-set'
import { StampCheck, StampMark } from './stamps'

interface Holding {
  balance: Balance
  /** The ledger's count of frames when the newest of this currency came. */
  touchedAt: number
  /** When it changed by the newest frame. */
  readonly mark: StampMark
  /** When that frame came, by a clock that is not set; `undefined`: none did. */
  heardAtMs: number | undefined
}

export class AssetLedger {
  readonly beginning = new Beginning()
  /** No frame has come yet: an account's first subscription may be silent for minutes, though balances change. */
  isSilent = true
  private readonly stamps = new StampCheck()
  private readonly seen = new SeenSet()
  private readonly holdings = new Map<string, Holding>()

  /** What is held, by the name of the currency; those of which there is nothing are left out, as REST leaves them out. */
  snapshot(): readonly Balance[] {
    const balances = Array.from(this.holdings.values(), ({ balance }) => balance).filter(isHeld)
    return Object.freeze(balances.sort((a, b) => (a.currency < b.currency ? -1 : 1)))
  }

  /** Takes a frame, that came at `atMs`. */
  takeFrame(event: MyAssetEvent, revision: number, atMs: number): FrameOutcome {
    // What changed before the first one nobody told.
    let isUnsure = this.isSilent
    this.isSilent = false
    if (!this.seen.add(event.asset_uuid)) return { isNews: false, isChange: false, isUnsure }
    const stamped = { timestamp: event.asset_timestamp, received_at: event.received_at }
    const isSound = this.stamps.isSound(stamped)
    let isChange = false
    for (const { currency, balance, locked } of event.assets) {
      const holding = this.holdingOf(currency)
      holding.touchedAt = revision
      holding.heardAtMs = atMs
      const wentBack = isSound && holding.mark.take(stamped)
      if (!wentBack && event.asset_timestamp < holding.mark.newestMs) {
        // It is late, or the exchange's clock went back and this is the first to say so.
        isUnsure ||= isOther(holding, { balance, locked })
        continue
      }
      isChange = set(holding, { balance, locked }) || isChange
    }
    return { isNews: true, isChange, isUnsure }
  }

  /**
   * Takes the accounts that were asked for at `since`. A currency of which a frame came since keeps what the frame says; so
   * does, for now, one of which it came just before the call: how long the answer took says nothing of how old it is.
   */
  takeAccounts(rows: readonly RestAccount[], { since, receivedAt, sentMs, nowMs }: Call): AccountsOutcome {
    const touched: string[] = []
    const missed: MyAssetBalance[] = []
    let isChange = false
    let settlesInMs = 0
    const told = new Set<string>()
    const take = (holding: Holding, amounts: Amounts, isNew: boolean): void => {
      const { currency } = holding.balance
      if (holding.touchedAt > since) return void touched.push(currency)
      const { heardAtMs = -Infinity } = holding
      if (heardAtMs + behindMs > sentMs && isOther(holding, amounts)) {
        settlesInMs = Math.max(settlesInMs, Math.min(heardAtMs + behindMs - nowMs, behindMs))
        return void touched.push(currency)
      }
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
    return {
      touched,
      settlesInMs,
      missed: missed.length === 0 ? [] : [assetEvent(missed, receivedAt)],
      isChange,
    }
  }

  private holdingOf(currency: string): Holding {
    let holding = this.holdings.get(currency)
    if (holding === undefined) {
      holding = {
        balance: nothingOf(currency),
        touchedAt: 0,
        mark: new StampMark(),
        heardAtMs: undefined,
      }
      this.holdings.set(currency, holding)
    }
    return holding
  }
}

export interface FrameOutcome {
  readonly isNews: boolean
  /** Whether balances are others now. */
  readonly isChange: boolean
  /** Whether a look is needed to know what is true. */
  readonly isUnsure: boolean
}

export interface AccountsOutcome {
  /** Currencies of which a frame came between the call and its answer, or that differ from one that came just before. */
  readonly touched: readonly string[]
  /** After so long an answer says what is true of the latter; 0 where there are none. */
  readonly settlesInMs: number
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

type Amounts = Pick<Balance, 'balance' | 'locked'>

function isOther({ balance: known }: Holding, { balance, locked }: Amounts): boolean {
  return known.balance !== balance || known.locked !== locked
}

/** Whether anything is different by it. */
function set(holding: Holding, { balance, locked }: Amounts): boolean {
  if (!isOther(holding, { balance, locked })) return false
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
