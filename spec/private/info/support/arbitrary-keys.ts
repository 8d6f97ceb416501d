/** Any combinations of the info connection, of the tables. */
import type {
  IndicatorRequest,
  IndicatorSignalRequest,
  ParamSet,
} from '../../../../src/protocol/indicator-params'
import { indicatorNames, indicatorRules, timeframes } from '../../../../src/protocol/indicator-params'
import { infoKey } from '../../../../src/private/info/info-key'
import fc from '../../../support/seeded-fast-check'

const chosen = (sets: readonly ParamSet[]) =>
  fc.oneof(
    ...sets.map((set) =>
      fc.record(
        Object.fromEntries(Object.entries(set).map(([name, values]) => [name, fc.constantFrom(...values)])),
      ),
    ),
  )

const code = fc.constantFrom('KRW-BTC', 'KRW-ETH', 'KRW-XRP', 'KRW-1INCH')
const timeframe = fc.constantFrom(...timeframes)

const value = fc.oneof(
  ...indicatorNames.map((type) =>
    // Of the table of which the type is made.
    chosen(indicatorRules[type].values).map((params) => ({ type, params }) as unknown as IndicatorRequest),
  ),
)

const signal = fc.oneof(
  ...indicatorNames.flatMap((type) => {
    const triggers: Readonly<Record<string, ParamSet>> = indicatorRules[type].triggers
    return Object.entries(triggers).map(([trigger, needed]) =>
      fc
        .record({ params: chosen(indicatorRules[type].signals), event_params: chosen([needed]) })
        // As above.
        .map((rest) => ({ type, trigger, ...rest }) as unknown as IndicatorSignalRequest),
    )
  }),
)

const arbitraryKey = fc.oneof(
  fc
    .tuple(code, timeframe, value)
    .map(([market, length, asked]) => infoKey('indicator', market, length, asked)),
  fc
    .tuple(code, timeframe, signal)
    .map(([market, length, asked]) => infoKey('indicator_signal', market, length, asked)),
)

/** Each once, as the registry has them. */
export const arbitraryKeys = fc.uniqueArray(arbitraryKey, { selector: ({ id }) => id, maxLength: 100 })
