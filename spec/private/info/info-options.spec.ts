import { isUpbitError } from '../../../src/index'
import { checkedKeys, checkIndicatorOptions } from '../../../src/private/info/info-options'

const rsi = { type: 'rsi', params: { period: 14 } }
const overbought = { ...rsi, trigger: 'overbought', event_params: { threshold: 70 } }

/** What is wrong, and what to do. */
function problem(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (isUpbitError(error)) return `${error.code} ${error.option}: ${error.message} ${error.nextStep}`
  }
  return 'nothing'
}

describe('checkedKeys', () => {
  it('is each market with each indicator, once', () => {
    const keys = checkedKeys('indicator', ['KRW-BTC', 'KRW-ETH', 'KRW-BTC'], '5m', [rsi, { ...rsi }])
    expect(keys.map(({ id }) => id)).toEqual([
      'indicator KRW-BTC 5m rsi(period=14)',
      'indicator KRW-ETH 5m rsi(period=14)',
    ])
    expect(checkedKeys('indicator_signal', 'KRW-BTC', '1d', overbought)).toMatchObject([
      { id: 'indicator_signal KRW-BTC 1d rsi(period=14) overbought(threshold=70)', indicator: overbought },
    ])
  })

  it.each([
    ['KRW-BTC', '1h', rsi, /^INVALID_OPTION timeframe: .*'1h'.* Did you mean '60m'\?/],
    ['KRW-BTC', '5m', { ...rsi, type: 'RSI' }, /^INVALID_OPTION indicators\.type: .* Did you mean 'rsi'\?/],
    [
      'KRW-BTC',
      '5m',
      [rsi, { ...rsi, params: { period: 15 } }],
      /^INVALID_OPTION indicators\[1\]\.params\.period: /,
    ],
    ['KRW-BTC', '5m', undefined, /^INVALID_OPTION indicators: .* undefined/],
    ['KRW-BTC', '5m', [], /^INVALID_OPTION indicators: .*at least one indicator/],
    ['BTC-ETH', '5m', rsi, /^INVALID_CODE codes: .*'BTC-ETH' is no KRW market.* Write 'KRW-ETH'\./],
    [
      ['KRW-BTC', 'USDT-BTC'],
      '5m',
      rsi,
      /^INVALID_CODE codes: .*'USDT-BTC' is no KRW market.* Write 'KRW-BTC'\./,
    ],
    ['BTC-KRW', '5m', rsi, /^INVALID_CODE codes: .*'KRW-BTC'/],
    [[], '5m', rsi, /^INVALID_CODE /],
  ])('C2.2 says what is wrong with %j %j %j', (codes, timeframe, indicators, expected) => {
    expect(problem(() => checkedKeys('indicator', codes, timeframe, indicators))).toMatch(expected)
  })

  it('C2.2 refuses more than the exchange serves at all', () => {
    const codes = Array.from({ length: 34 }, (_, index) => `KRW-C${index}`)
    const three = [12, 13, 14].map((period) => ({ type: 'rsi', params: { period } }))
    expect(checkedKeys('indicator', codes.slice(1), '5m', three)).toHaveLength(99)
    expect(problem(() => checkedKeys('indicator', codes, '5m', three))).toMatch(
      /^INVALID_OPTION indicators: .* 34 codes are 102 combinations; allowed: at most 100\./,
    )
  })
})

describe('checkIndicatorOptions', () => {
  it('drops the oldest where nothing else is asked for', () => {
    expect(checkIndicatorOptions('indicator', { name: 'one' })).toEqual({
      name: 'one',
      buffer: { overflow: 'drop-oldest' },
    })
    expect(checkIndicatorOptions('indicator', { buffer: { capacity: 2 } }).buffer).toEqual({
      capacity: 2,
      overflow: 'drop-oldest',
    })
  })

  it.each([
    ['indicator', 'coalesce'],
    ['indicator', 'drop-newest'],
    ['indicator_signal', 'drop-newest'],
    ['indicator_signal', 'error'],
  ] as const)('takes for %s the policy %s', (type, overflow) => {
    expect(checkIndicatorOptions(type, { buffer: { overflow } }).buffer).toEqual({ overflow })
  })

  it('C2.2 refuses what is unknown or out of range', () => {
    const of = (options: object) => problem(() => checkIndicatorOptions('indicator_signal', options))
    expect(of({ buffer: { overflow: 'coalesce' } })).toMatch(/since every signal counts/)
    expect(of({ buffer: { overflow: 'drop' } })).toMatch(/^INVALID_OPTION buffer\.overflow/)
    expect(of({ buffer: { capacity: 0 } })).toMatch(/^INVALID_OPTION buffer\.capacity/)
    expect(of({ only: 'snapshot' })).toMatch(/There is no `only`/)
  })
})
