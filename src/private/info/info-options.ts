/** The arguments of a consumer of indicators, checked at the call. */
import { checkCodes } from '../../channels/codes'
import { checkCommonOptions, commonNames } from '../../channels/consumer-options'
import type { IndicatorOptions } from '../../channels/info-channel'
import { checkOneOf, checkWhole } from '../../channels/option-checks'
import { checkNames } from '../../base/check-names'
import { UpbitError } from '../../base/errors'
import { invalidOption } from '../../base/invalid-option'
import { overflowPolicies } from '../../operators/overflow'
import { checkIndicator, checkIndicatorSignal, checkTimeframe } from '../../protocol/check-indicator'
import { maxCombinations } from '../../protocol/indicator-params'
import { isMarketCode } from '../../protocol/market-code'
import type { InfoType } from '../../protocol/wire'
import type { InfoKey } from './info-key'
import { infoKey } from './info-key'

/** Each of the markets with each of the indicators, once. */
export function checkedKeys(
  type: InfoType,
  codes: unknown,
  timeframe: unknown,
  indicators: unknown,
): readonly InfoKey[] {
  const markets = checkKrwCodes(codes)
  const length = checkTimeframe(timeframe, 'timeframe')
  const check = type === 'indicator' ? checkIndicator : checkIndicatorSignal
  const asked = Array.isArray(indicators)
    ? // A hole of a list is an element too.
      Array.from(indicators, (each: unknown, index) => check(each, `indicators[${index}]`))
    : [check(indicators, 'indicators')]
  if (asked.length === 0) throw invalidOption('indicators', indicators, 'at least one indicator')
  const keys = new Map<string, InfoKey>()
  for (const market of markets) {
    for (const indicator of asked) {
      const key = infoKey(type, market, length, indicator)
      keys.set(key.id, key)
    }
  }
  if (keys.size > maxCombinations) throw tooMany(markets.length, keys.size)
  return [...keys.values()]
}

/** With the buffer that it has where it says nothing of it. */
export function checkIndicatorOptions(type: InfoType, options: IndicatorOptions): IndicatorOptions {
  checkNames(options, commonNames)
  checkCommonOptions(options)
  const { buffer = {} } = options
  checkNames(buffer, ['capacity', 'overflow'], 'buffer')
  checkWhole('buffer.capacity', buffer.capacity, 1)
  if (type === 'indicator_signal' && buffer.overflow === 'coalesce') {
    const allowed = "'drop-oldest', 'drop-newest', 'error', since every signal counts"
    throw invalidOption('buffer.overflow', buffer.overflow, allowed)
  }
  checkOneOf('buffer.overflow', buffer.overflow, overflowPolicies)
  return { ...options, buffer: { ...buffer, overflow: buffer.overflow ?? 'drop-oldest' } }
}

/** The exchange would answer another market with silence (docs.upbit.com, `websocket-indicator`, read 2026-11). */
function checkKrwCodes(codes: unknown): readonly string[] {
  const checked = checkCodes(codes)
  const other = checked.find((code) => !code.startsWith('KRW-'))
  if (other === undefined) return checked
  const meant = `KRW-${other.slice(other.indexOf('-') + 1)}`
  const nextStep = isMarketCode(meant)
    ? `Write '${meant}'.`
    : "Write a market that is priced in won, as 'KRW-BTC'."
  throw new UpbitError('INVALID_CODE', `codes: '${other}' is no KRW market, and others have no indicators.`, {
    option: 'codes',
    nextStep,
  })
}

function tooMany(markets: number, combinations: number): UpbitError {
  return new UpbitError(
    'INVALID_OPTION',
    `\`indicators\` for ${markets} codes are ${combinations} combinations; allowed: at most ${maxCombinations}.`,
    {
      option: 'indicators',
      nextStep: 'Ask for fewer markets or fewer indicators: the exchange serves no more on a connection.',
    },
  )
}
