import {
  formatAge,
  formatChange,
  formatClock,
  formatNumber,
  formatRate,
  formatSize,
  priceDecimals,
} from '../../../src/cli/board/number-format'

describe('prices', () => {
  it.each([
    ['KRW-BTC', 108_234_000, '108,234,000'],
    ['KRW-XRP', 3081, '3,081'],
    ['KRW-ANKR', 211, '211.0'],
    ['KRW-IQ', 41.4, '41.40'],
    ['KRW-X', 3.14, '3.140'],
    ['KRW-X', 0.25, '0.2500'],
    ['KRW-X', 0.0125, '0.01250'],
    ['KRW-SHIB', 0.00912, '0.009120'],
    ['KRW-X', 0.00009, '0.00009000'],
    ['BTC-ETH', 0.03123, '0.03123000'],
    ['USDT-BTC', 78_350.12, '78,350.12'],
    ['USDT-XRP', 2.2, '2.2000'],
    ['USDT-X', 0.5, '0.50000'],
    ['SGD-X', 0.01, '0.01000000'],
    ['IDR-BTC', 1_700_000_000, '1,700,000,000'],
  ])('of %s have the decimals of its unit of price: %d', (code, price, text) => {
    expect(formatNumber(price, priceDecimals(price, code))).toBe(text)
  })

  it('show digits that are finer than the usual unit', () => {
    expect(formatNumber(1450.5, priceDecimals(1450.5, 'KRW-USDT'))).toBe('1,450.5')
  })
})

describe('changes', () => {
  it.each([
    [64_000, 0, '+64,000'],
    [-1.6, 2, '-1.60'],
    [0, 0, '0'],
    [-0.000000001, 8, '0.00000000'],
  ])('%d shows its sign', (change, decimals, text) => {
    expect(formatChange(change, decimals)).toBe(text)
  })

  it.each([
    [0.0126, '+1.26%'],
    [-0.10442, '-10.44%'],
    [0, '0.00%'],
    [-0.00001, '0.00%'],
  ])('%d is a rate in per cent', (rate, text) => {
    expect(formatRate(rate)).toBe(text)
  })
})

it.each([
  [0.00079806, '0.00079806'],
  [17.0288, '17.0288'],
  [2_234.9213, '2,234.92'],
])('the size %d shows the decimals that matter', (size, text) => {
  expect(formatSize(size)).toBe(text)
})

it.each([
  [-5, '0.0s'],
  [0, '0.0s'],
  [940, '0.9s'],
  [9949, '9.9s'],
  [9950, '9s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [3_599_999, '59m'],
  [3_600_000, '1h'],
  [86_399_999, '23h'],
  [172_800_000, '2d'],
])('an age of %d ms is %s', (ageMs, text) => {
  expect(formatAge(ageMs)).toBe(text)
})

it.each([
  [-1, '0:00'],
  [7400, '0:07'],
  [83_000, '1:23'],
  [3_723_000, '1:02:03'],
])('%d ms on a clock are %s', (ms, text) => {
  expect(formatClock(ms)).toBe(text)
})
