/** What an embedded exchange can be told, with the defaults beside each option. */
import { checkNames } from '../base/check-names'
import type { LimitOptions } from './limits'
import { defaultLimits, noLimits } from './limits'
import type { ExchangeSwitches } from './switches'
import { defaultSwitches } from './switches'
import type { AccountOptions } from './trading/account'
import { checkAccount } from './trading/account-checks'

/** Options of an exchange, over a real socket or in memory. */
export interface ExchangeOptions {
  /** The same seed and the same times give the same bytes. Default 1. */
  readonly seed?: number | string
  /** Whether the seeded market trades. Default `true` over a real socket, `false` in memory. */
  readonly market?: boolean
  /** How many markets are listed, 1 to 855. Default 855. */
  readonly markets?: number
  /** Scales how often the markets trade and quote: 1 is about what was measured on the real exchange. Default 1. */
  readonly rate?: number
  /** What the exchange does where nobody knows. */
  readonly switches?: Partial<ExchangeSwitches>
  /** `false`: no limits at all; numbers replace the documented ones. Default `true`. */
  readonly limits?: boolean | Partial<LimitOptions>
  /** Time from a dial to its answer. The real exchange takes about 500. Default 0. */
  readonly handshakeMs?: number
  /** When the two bursts of snapshots come after a subscribe message. Default `[15, 170]`, as observed. */
  readonly snapshotDelaysMs?: readonly [number, number]
  /** When the close comes after an error frame, drawn from this range. Default `[150, 180]`, as observed. */
  readonly errorCloseMs?: readonly [number, number]
  /**
   * `true`: what a test has sent last, or for trades executed last, is the SNAPSHOT of later subscriptions too, where
   * `snapshot` has set none. Default `false`.
   */
  readonly lastAsSnapshot?: boolean
  /** Accounts that REST calls with their keys read and trade for, each with its own events. Default none. */
  readonly accounts?: readonly AccountOptions[]
}

export type ResolvedOptions = Required<Omit<ExchangeOptions, 'switches' | 'limits'>> & {
  readonly switches: ExchangeSwitches
  readonly limits: LimitOptions
}

const known: readonly (keyof ExchangeOptions)[] = [
  'seed',
  'market',
  'markets',
  'rate',
  'switches',
  'limits',
  'handshakeMs',
  'snapshotDelaysMs',
  'errorCloseMs',
  'lastAsSnapshot',
  'accounts',
]

/** Throws `INVALID_OPTION` for a name that is none of an exchange's, nor of `more`. */
export function checkExchangeOptions(options: unknown, more: readonly string[]): void {
  checkNames(options, [...known, ...more])
  const { switches, limits, accounts = [] } = options as ExchangeOptions
  if (switches !== undefined) checkNames(switches, Object.keys(defaultSwitches), 'switches')
  if (typeof limits === 'object') checkNames(limits, Object.keys(defaultLimits), 'limits')
  for (const account of accounts) checkAccount(account)
}

export function resolveOptions(options: ExchangeOptions, defaults: { market: boolean }): ResolvedOptions {
  const { limits = true, switches, market = defaults.market } = options
  return {
    seed: options.seed ?? 1,
    market,
    markets: options.markets ?? 855,
    rate: options.rate ?? 1,
    handshakeMs: options.handshakeMs ?? 0,
    snapshotDelaysMs: options.snapshotDelaysMs ?? [15, 170],
    errorCloseMs: options.errorCloseMs ?? [150, 180],
    lastAsSnapshot: options.lastAsSnapshot ?? false,
    accounts: options.accounts ?? [],
    limits: limits === true ? defaultLimits : limits === false ? noLimits : { ...defaultLimits, ...limits },
    switches: {
      ...defaultSwitches,
      // A test that emits its own frames decides itself whether a late one comes.
      ...(market ? {} : { stragglers: 0 }),
      ...switches,
    },
  }
}
