import { readGuarded } from '../../src/protocol/guarded-reader'
import { frameTexts, orderbookText, tickerText, tradeText, withMore, withoutKey, withValue } from './frames'

describe('readGuarded', () => {
  it.each(Object.entries(frameTexts))('reads a %s frame of today, bare and in a list of one', (_, text) => {
    const { sequential_id: id, ...rest } = JSON.parse(text)
    const event = id === undefined ? rest : { ...rest, sequential_id: '17877285547970001' }
    expect(readGuarded(text)).toEqual(event)
    expect(readGuarded(`[${text}]`)).toEqual(event)
  })

  it('reads a frame without what is optional', () => {
    expect(readGuarded(withoutKey(tickerText, 'market_warning'))).not.toHaveProperty('market_warning')
    expect(readGuarded(withoutKey(orderbookText, 'level'))).not.toHaveProperty('level')
  })

  it.each([
    ['no JSON', '{'],
    ['no object', '5'],
    ['a control frame', '{"status":"UP"}'],
    ['an unknown type', '{"type":"myOrder"}'],
    ['a list of two', `[${tickerText},${tickerText}]`],
    ['an empty list', '[]'],
    ['an unknown field', withMore(tickerText, '"more":1')],
    ['an unknown word', withValue(tickerText, 'market_state', '"HALTED"')],
    ['the null of an optional field', withValue(tradeText, 'best_ask_price', 'null')],
    ['a missing field', withoutKey(tickerText, 'trade_price')],
    ['a value of another kind', withValue(tickerText, 'trade_price', '"1"')],
    ['a number that is not finite', withValue(tickerText, 'trade_price', '1e400')],
    ['an id in another spelling', withValue(tradeText, 'sequential_id', '1E16')],
    ['an escape in a frame with an id', withValue(tradeText, 'trade_date', '"\\u0032026-08-26"')],
    ['a __proto__ key', withMore(tickerText, '"__proto__":{}')],
  ])('leaves to the slow way %s', (_, text) => {
    expect(readGuarded(text)).toBeUndefined()
  })
})
