/** From where on something is an illness: the thresholds of `healthCheck`, their defaults and their check. */
import { checkNames } from '../base/check-names'
import { invalidOption } from '../base/invalid-option'

/** Why a target is not healthy; `docs/guides/observing.md` has the condition of each. */
export const healthCodes = [
  'CREDENTIALS_REFUSED',
  'BLOCKED',
  'DOWN',
  'RECONNECTING',
  'LIMITED',
  'SILENT_LINK',
  'UNSTABLE',
  'LAG',
  'GAP_OPEN',
  'GAP_ABANDONED',
  'DROPS',
  'SLOW_CONSUMER',
  'HANDLER_FAILING',
  'UNDECODABLE',
  'SCHEMA_DRIFT',
] as const

/** A condition of `healthCheck`. */
export type HealthCode = (typeof healthCodes)[number]

/** Thresholds of `healthCheck`; what is left out is the default. */
export interface HealthOptions {
  /** A wanted connection without a session for so long is down, ms. Default 30,000. */
  readonly downMs?: number
  /** A session without a frame and without a pong for so long is silent, ms. Default 45,000: a ping goes every 30 s. */
  readonly silenceMs?: number
  /** More sessions than this in a minute are unstable. Default 3. */
  readonly sessions?: number
  /** A lag of one event in ten above this is one, ms. Default 2,000. */
  readonly lagMs?: number
  /** Above this it is critical, ms. Default 10,000. */
  readonly lagCriticalMs?: number
  /** A gap of a ticker or an order book that is open for so long in a session is one, ms. Default 10,000. */
  readonly gapMs?: number
  /** A part of lost events above this is one. Default 0: any. */
  readonly dropRate?: number
  /** From this part on it is critical. Default 0.5. */
  readonly dropRateCritical?: number
  /** Requests that wait while the exchange lets none go for longer than this are limited, ms. Default 5,000. */
  readonly limitWaitMs?: number
  /** Conditions that are none here. Default: none. */
  readonly ignore?: readonly HealthCode[]
}

export type HealthThresholds = Required<HealthOptions>

const defaults: HealthThresholds = {
  downMs: 30_000,
  silenceMs: 45_000,
  sessions: 3,
  lagMs: 2000,
  lagCriticalMs: 10_000,
  gapMs: 10_000,
  dropRate: 0,
  dropRateCritical: 0.5,
  limitWaitMs: 5000,
  ignore: [],
}

const parts: readonly string[] = ['dropRate', 'dropRateCritical']

/** Throws `INVALID_OPTION` for a threshold that is unknown or none. */
export function checkHealthOptions(options: HealthOptions | undefined): void {
  if (options === undefined) return
  checkNames(options, Object.keys(defaults), 'health')
  for (const [name, value] of Object.entries(options) as readonly [string, unknown][]) {
    if (value === undefined) continue
    if (name === 'ignore') checkIgnored(value)
    else if (!(typeof value === 'number' && value >= 0 && (!parts.includes(name) || value <= 1))) {
      throw invalidOption(
        `health.${name}`,
        value,
        parts.includes(name) ? 'a number from 0 to 1' : 'a number from 0',
      )
    }
  }
}

function checkIgnored(value: unknown): void {
  const known: readonly unknown[] = healthCodes
  const allowed = healthCodes.join(', ')
  if (!Array.isArray(value)) throw invalidOption('health.ignore', value, `a list of ${allowed}`)
  const wrong = value.findIndex((code) => !known.includes(code))
  if (wrong >= 0) throw invalidOption(`health.ignore[${wrong}]`, value[wrong], allowed)
}

/** Nothing left open. */
export function healthThresholds(options: HealthOptions = {}): HealthThresholds {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(given) }
}
