import type { UpbitError } from '../../src/base/errors'
import { checkIndicator, checkIndicatorSignal, checkTimeframe } from '../../src/protocol/check-indicator'
import type { IndicatorRequest, IndicatorSignalRequest, ParamSet } from '../../src/protocol/indicator-params'
import { indicatorNames, indicatorRules } from '../../src/protocol/indicator-params'
import fc from '../support/seeded-fast-check'

function refusal(check: () => unknown): Pick<UpbitError, 'code' | 'message' | 'option' | 'nextStep'> {
  try {
    check()
  } catch (error) {
    const { code, message, option, nextStep } = error as UpbitError
    return { code, message, option: option!, nextStep: nextStep! }
  }
  throw new Error('It was taken.')
}

/** Every object that a set allows. */
function objectsOf(set: ParamSet): Record<string, string | number>[] {
  return Object.entries(set).reduce<Record<string, string | number>[]>(
    (found, [name, values]) =>
      found.flatMap((object) => values.map((value) => ({ ...object, [name]: value }))),
    [{}],
  )
}

/** Asks for one of everything that the exchange's pages have. */
const requests = indicatorNames.flatMap((type) =>
  (indicatorRules[type].values as readonly ParamSet[])
    .flatMap(objectsOf)
    .map((params) => ({ type, params }) as IndicatorRequest),
)
const signals = indicatorNames.flatMap((type) =>
  (indicatorRules[type].signals as readonly ParamSet[]).flatMap(objectsOf).flatMap((params) =>
    Object.entries(indicatorRules[type].triggers as Record<string, ParamSet>).flatMap(([trigger, set]) =>
      objectsOf(set).map((event) => {
        const needed = Object.keys(event).length > 0 ? { event_params: event } : {}
        return { type, params, trigger, ...needed } as IndicatorSignalRequest
      }),
    ),
  ),
)

describe('checkIndicator', () => {
  it('takes everything that the table has', () => {
    // 10 + 15 + 2 x 15 + 2 x 4 + 3 x 5 + 3, counted on the exchange's page.
    expect(requests).toHaveLength(81)
    for (const request of requests) expect(checkIndicator(request, 'indicators[0]')).toEqual(request)
  })

  it('gives the members in the order of the wire, in an object of its own', () => {
    const given = { params: { long_period: 20, short_period: 5, type: 'SMA' }, type: 'ma_crossover' }
    const checked = checkIndicator(given, 'x')
    expect(JSON.stringify(checked)).toBe(
      '{"type":"ma_crossover","params":{"type":"SMA","short_period":5,"long_period":20}}',
    )
    expect(checked.params).not.toBe(given.params)
  })

  it.each<[value: unknown, option: string, is: string, allowed: string, nextStep: string]>([
    [{ type: 'rsy', params: {} }, 'type', "'rsy'", "'volume', 'rsi'", "Did you mean 'rsi'?"],
    [{ type: 'sma', params: {} }, 'type', "'sma'", "'moving_average'", "Did you mean 'moving_average'?"],
    [{ type: 'bollinger', params: {} }, 'type', "'bollinger'", 'macd', "Did you mean 'bollinger_bands'?"],
    [{ type: 'constructor', params: {} }, 'type', "'constructor'", 'macd', 'Write one of these.'],
    [{ type: 'rsi', params: { period: '14' } }, 'params.period', "'14'", '13, 14, 21', 'Did you mean 14?'],
    [{ type: 'rsi', params: { period: 15 } }, 'params.period', '15', '13, 14, 21', 'Did you mean 14?'],
    [{ type: 'rsi', params: { period: NaN } }, 'params.period', 'NaN', '14', 'Write one of these.'],
    [{ type: 'rsi', params: {} }, 'params.period', 'undefined', '13, 14, 21', 'Write one of these.'],
    [
      { type: 'bollinger_bands', params: { period: 20, multiplier: 2.04 } },
      'params.multiplier',
      '2.04',
      '1, 1.5, 2, 2.5, 3',
      'Did you mean 2?',
    ],
    [
      { type: 'moving_average', params: { type: 'sma', period: 20 } },
      'params.type',
      "'sma'",
      "'SMA', 'EMA'",
      "Did you mean 'SMA'?",
    ],
    [
      { type: 'ma_crossover', params: { type: 'EMA', short_period: 5, long_period: 60 } },
      'params.long_period',
      '60',
      '20, beside short_period 5.',
      'Did you mean 20?',
    ],
    [
      { type: 'macd', params: { fast: 12, slow: 26, signal_period: 5 } },
      'params.signal_period',
      '5',
      '9, beside fast 12, slow 26.',
      'Did you mean 9?',
    ],
  ])(
    'refuses %j with what is wrong, what is allowed and what was meant',
    (value, option, is, allowed, nextStep) => {
      const path = `indicators[3].${option}`
      const { message, ...rest } = refusal(() => checkIndicator(value, 'indicators[3]'))
      expect(rest).toEqual({ code: 'INVALID_OPTION', option: path, nextStep })
      expect(message).toContain(`\`${path}\` is ${is}; allowed: `)
      expect(message).toContain(allowed)
    },
  )

  it('refuses a name that nothing has, and a trigger beside a value', () => {
    expect(refusal(() => checkIndicator({ type: 'rsi', params: { perod: 14 } }, 'x'))).toMatchObject({
      option: 'x.params.perod',
      nextStep: 'Did you mean `x.params.period`?',
    })
    const signal = { type: 'rsi', params: { period: 14 }, trigger: 'overbought' }
    expect(refusal(() => checkIndicator(signal, 'x'))).toMatchObject({ option: 'x.trigger' })
    // Own by name, so that it hides nothing.
    const proto: unknown = JSON.parse('{"type":"rsi","params":{"period":14,"__proto__":1}}')
    expect(refusal(() => checkIndicator(proto, 'x'))).toMatchObject({ option: 'x.params.__proto__' })
  })

  it.each([undefined, null, 5, 'rsi', [], ['rsi']])('refuses %j, which is no object', (value) => {
    expect(refusal(() => checkIndicator(value, 'x'))).toMatchObject({ code: 'INVALID_OPTION', option: 'x' })
    expect(refusal(() => checkIndicator({ type: 'rsi', params: value }, 'x'))).toMatchObject({
      code: 'INVALID_OPTION',
      option: 'x.params',
    })
  })

  it('either gives what is in the table or throws INVALID_OPTION, whatever it is given', () => {
    const known = new Set(requests.map((request) => JSON.stringify(request)))
    const params = fc.dictionary(
      fc.constantFrom('type', 'period', 'short_period', 'long_period', 'multiplier', 'fast', 'slow'),
      fc.oneof(fc.constantFrom<unknown>('SMA', 5, 20, 2, 2.5, 12, 26), fc.jsonValue()),
    )
    const value = fc.record({ type: fc.constantFrom(...indicatorNames), params })
    fc.assert(
      fc.property(fc.oneof(value, fc.jsonValue()), (given) => {
        try {
          expect(known).toContain(JSON.stringify(checkIndicator(given, 'x')))
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_OPTION' })
        }
      }),
    )
  })
})

describe('checkIndicatorSignal', () => {
  it('takes everything that the table has', () => {
    // 3 x 3 + 5 x 4 + 16 x 2 + 8 x 2 + 3 x 2 + 3 x 4, counted on the exchange's page.
    expect(signals).toHaveLength(95)
    for (const signal of signals) expect(checkIndicatorSignal(signal, 'x')).toEqual(signal)
  })

  it.each<[value: unknown, option: string, nextStep: string]>([
    // Values have more periods than signals.
    [{ type: 'rsi', params: { period: 13 } }, 'x.params.period', 'Did you mean 14?'],
    [{ type: 'rsi', params: { period: 14 } }, 'x.trigger', 'Write one of these.'],
    [
      { type: 'rsi', params: { period: 14 }, trigger: 'overbougt', event_params: { threshold: 70 } },
      'x.trigger',
      "Did you mean 'overbought'?",
    ],
    [
      { type: 'rsi', params: { period: 14 }, trigger: 'overbought' },
      'x.event_params.threshold',
      'Write one of these.',
    ],
    [
      { type: 'rsi', params: { period: 14 }, trigger: 'overbought', event_params: { threshold: 20 } },
      'x.event_params.threshold',
      'Did you mean 70?',
    ],
    [
      {
        type: 'moving_average',
        params: { type: 'SMA', period: 5 },
        trigger: 'price_cross_above',
        event_params: { threshold: 1 },
      },
      'x.event_params.threshold',
      'Leave it out.',
    ],
  ])('refuses %j', (value, option, nextStep) => {
    expect(refusal(() => checkIndicatorSignal(value, 'x'))).toMatchObject({
      code: 'INVALID_OPTION',
      option,
      nextStep,
    })
  })

  it('leaves out event parameters where the trigger has none', () => {
    const given = {
      type: 'macd',
      params: { fast: 12, slow: 26, signal_period: 9 },
      trigger: 'dead_cross',
      event_params: {},
    }
    expect(checkIndicatorSignal(given, 'x')).not.toHaveProperty('event_params')
  })
})

describe('checkTimeframe', () => {
  it.each([
    ['1h', "Did you mean '60m'?"],
    ['4h', "Did you mean '240m'?"],
    ['1D', "Did you mean '1d'?"],
    ['15M', "Did you mean '15m'?"],
    [5, 'Write one of these.'],
  ])('takes %j for none, and knows what was meant', (value, nextStep) => {
    expect(checkTimeframe('60m', 'timeframe')).toBe('60m')
    expect(refusal(() => checkTimeframe(value, 'timeframe'))).toMatchObject({ option: 'timeframe', nextStep })
  })
})

describe('the types of requests', () => {
  it('take what the table has and nothing else', () => {
    const taken: readonly (IndicatorRequest | IndicatorSignalRequest)[] = [
      { type: 'rsi', params: { period: 14 } },
      { type: 'bollinger_bands', params: { period: 50, multiplier: 2.0 } },
      { type: 'ma_crossover', params: { type: 'EMA', short_period: 20, long_period: 60 } },
      { type: 'rsi', params: { period: 14 }, trigger: 'oversold', event_params: { threshold: 30 } },
      { type: 'macd', params: { fast: 5, slow: 35, signal_period: 5 }, trigger: 'golden_cross' },
    ]
    const wrongValues: readonly IndicatorRequest[] = [
      // @ts-expect-error a period that RSI does not have
      { type: 'rsi', params: { period: 15 } },
      // @ts-expect-error a number in quotes
      { type: 'rsi', params: { period: '14' } },
      // @ts-expect-error a parameter of another indicator
      { type: 'rsi', params: { period: 14, multiplier: 2 } },
      // @ts-expect-error no parameter at all
      { type: 'rsi', params: {} },
      // @ts-expect-error periods that do not go together
      { type: 'ma_crossover', params: { type: 'SMA', short_period: 5, long_period: 60 } },
      // @ts-expect-error a trigger beside a value
      { type: 'rsi', params: { period: 14 }, trigger: 'oversold' },
    ]
    const wrongSignals: readonly IndicatorSignalRequest[] = [
      // @ts-expect-error a period that values have and signals do not
      { type: 'rsi', params: { period: 13 }, trigger: 'oversold', event_params: { threshold: 30 } },
      // @ts-expect-error a threshold of the other trigger
      { type: 'rsi', params: { period: 14 }, trigger: 'oversold', event_params: { threshold: 70 } },
      // @ts-expect-error a trigger without what it needs
      { type: 'rsi', params: { period: 14 }, trigger: 'oversold' },
      // @ts-expect-error a trigger of another indicator
      { type: 'macd', params: { fast: 5, slow: 35, signal_period: 5 }, trigger: 'volume_spike' },
    ]
    for (const request of taken) {
      const check = 'trigger' in request ? checkIndicatorSignal : checkIndicator
      expect(check(request, 'x')).toEqual(request)
    }
    // What does not compile is refused as well when it runs.
    for (const value of wrongValues) {
      expect(refusal(() => checkIndicator(value, 'x')).code).toBe('INVALID_OPTION')
    }
    for (const value of wrongSignals) {
      expect(refusal(() => checkIndicatorSignal(value, 'x')).code).toBe('INVALID_OPTION')
    }
  })
})
