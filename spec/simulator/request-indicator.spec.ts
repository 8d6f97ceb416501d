import { readIndicator } from '../../src/simulator/request-indicator'
import { parseRequest } from '../../src/simulator/request'
import { defaultSwitches } from '../../src/simulator/switches'

const rsi = { type: 'rsi', params: { period: 14 } }
const overbought = { ...rsi, trigger: 'overbought', event_params: { threshold: 70 } }
const golden = {
  type: 'ma_crossover',
  params: { type: 'SMA', short_period: 5, long_period: 20 },
  trigger: 'golden_cross',
}
const wrong = { name: 'WRONG_FORMAT' }
const invalid = { name: 'INVALID_PARAM' }

describe('an indicator of a message', () => {
  it.each([
    [rsi, { indicator: 'rsi', params: { period: 14 } }],
    [{ type: 'rsi', params: { period: 15 } }, invalid],
    [{ type: 'rsi', params: { period: '14' } }, wrong],
    [{ type: 'rsi', params: { period: [14] } }, wrong],
    [{ type: 'rsi', params: {} }, invalid],
    [{ type: 'rsi' }, invalid],
    [{ type: 'rsi', params: [] }, wrong],
    [{ type: 'rsi', params: { period: 14, speed: 1 } }, invalid],
    [{ params: { period: 14 } }, invalid],
    [{ type: 1, params: { period: 14 } }, wrong],
    [{ type: 'stochastic', params: { period: 14 } }, invalid],
    [{ type: 'constructor', params: {} }, invalid],
    ['rsi', wrong],
    [
      { type: 'bollinger_bands', params: { period: 20, multiplier: 2.5 } },
      { indicator: 'bollinger_bands', params: { period: 20, multiplier: 2.5 } },
    ],
    [{ type: 'bollinger_bands', params: { period: 20, multiplier: 2.04 } }, invalid],
    [{ type: 'moving_average', params: { type: 'WMA', period: 20 } }, invalid],
    [{ type: 'moving_average', params: { type: 1, period: 20 } }, wrong],
    [{ type: 'macd', params: { fast: 12, slow: 17, signal_period: 9 } }, invalid],
    [{ type: 'ma_crossover', params: { type: 'SMA', short_period: 5, long_period: 60 } }, invalid],
  ])('33 %j is %j', (given, expected) => {
    expect(readIndicator(given, false)).toEqual(
      expected === wrong || expected === invalid ? expect.objectContaining(expected) : expected,
    )
  })

  it.each([
    [
      overbought,
      { indicator: 'rsi', params: { period: 14 }, trigger: 'overbought', event_params: { threshold: 70 } },
    ],
    [{ ...overbought, event_params: { threshold: 20 } }, invalid],
    [{ ...overbought, event_params: { threshold: '70' } }, wrong],
    [{ ...overbought, event_params: undefined }, invalid],
    [{ ...overbought, trigger: undefined }, invalid],
    [{ ...overbought, trigger: 7 }, wrong],
    [{ ...overbought, trigger: 'golden_cross' }, invalid],
    [{ ...overbought, params: { period: 2 } }, invalid],
    [golden, { indicator: 'ma_crossover', params: golden.params, trigger: 'golden_cross', event_params: {} }],
    [{ ...golden, event_params: { threshold: 70 } }, invalid],
    [{ ...golden, trigger: '__proto__' }, invalid],
  ])('33 as a signal %j is %j', (given, expected) => {
    expect(readIndicator(given, true)).toEqual(
      expected === wrong || expected === invalid ? expect.objectContaining(expected) : expected,
    )
  })
})

describe('a message to the info endpoint', () => {
  const parse = (text: string) => parseRequest(text, defaultSwitches, 'info')
  const refused = (item: object): string => {
    const parsed = parse(JSON.stringify([{ ticket: 't' }, item]))
    return parsed.kind === 'refused' ? parsed.refusal.name : parsed.kind
  }
  const item = { type: 'indicator', codes: ['KRW-BTC'], timeframe: '5m', indicators: [rsi] }

  it.each([
    [item, 'subscribe'],
    [{ ...item, codes: undefined }, 'NO_CODES'],
    [{ ...item, codes: 'KRW-BTC' }, 'WRONG_FORMAT'],
    [{ ...item, codes: ['KRW-NOPE'] }, 'subscribe'],
    [{ ...item, timeframe: undefined }, 'INVALID_PARAM'],
    [{ ...item, timeframe: '1m' }, 'INVALID_PARAM'],
    [{ ...item, timeframe: 5 }, 'WRONG_FORMAT'],
    [{ ...item, indicators: undefined }, 'INVALID_PARAM'],
    [{ ...item, indicators: rsi }, 'WRONG_FORMAT'],
    [{ ...item, indicators: [] }, 'INVALID_PARAM'],
    [{ ...item, type: 'indicator_signal' }, 'INVALID_PARAM'],
  ])('33 %j: %s', (asked, expected) => {
    expect(refused(asked)).toBe(expected)
  })

  it('33 takes 2, 2.0 and 2.00 for one parameter', () => {
    const texts = ['2', '2.0', '2.00'].map(
      (multiplier) =>
        `[{"ticket":"t"},{"type":"indicator","codes":["KRW-BTC"],"timeframe":"5m","indicators":[` +
        `{"type":"bollinger_bands","params":{"period":20,"multiplier":${multiplier}}}]}]`,
    )
    const [first, ...rest] = texts.map(parse)
    expect(first?.kind).toBe('subscribe')
    for (const other of rest) expect(other).toEqual(first)
  })

  it('33 refuses the whole message beyond 100 combinations of markets and indicators, values and signals together', () => {
    const codes = (count: number): string[] => Array.from({ length: count }, (_, index) => `KRW-A${index}`)
    const items = (values: number, signals: number): object[] => [
      { ...item, codes: codes(values), indicators: [rsi, { type: 'rsi', params: { period: 7 } }] },
      { type: 'indicator_signal', codes: codes(signals), timeframe: '1d', indicators: [overbought] },
    ]
    const message = (values: number, signals: number) =>
      parse(JSON.stringify([{ ticket: 't' }, ...items(values, signals)]))
    expect(message(45, 10)).toMatchObject({ kind: 'subscribe' })
    expect(message(45, 11)).toMatchObject({ kind: 'refused', refusal: { name: 'TOO_MANY_REQUEST' } })
  })
})
