import { shapeOf } from '../../../src/protocol/fused/shape'
import { skimShape } from '../../../src/protocol/fused/skim-shape'
import { orderbookText, tickerText } from '../frames'

describe('skimShape', () => {
  it.each([
    ['ticker', tickerText, ['type', 'code', 'timestamp', 'stream_type']],
    ['orderbook', orderbookText, ['type', 'code', 'timestamp', 'stream_type', 'level']],
  ] as const)('of a %s compares every member and takes what routing and order need', (kind, text, names) => {
    const shape = shapeOf(kind, 'full', JSON.parse(text))!
    const skimmed = skimShape(shape)
    expect(skimmed.names).toEqual(names)
    expect(skimmed.drift).toBe(shape.drift)
    expect(skimmed.members.map(({ key }) => key)).toEqual(shape.members.map(({ key }) => key))
    const forms = new Set(
      skimmed.members.filter(({ name }) => name === undefined).map(({ value }) => value.form),
    )
    expect(forms.has('number')).toBe(false)
    expect(forms.has('passed')).toBe(true)
  })

  it('passes over the numbers of list elements too', () => {
    const shape = shapeOf('orderbook', 'full', JSON.parse(orderbookText))!
    const list = skimShape(shape).members.find(({ key }) => key === 'orderbook_units')
    expect(list?.value).toEqual({
      form: 'list',
      members: ['ask_price', 'bid_price', 'ask_size', 'bid_size'].map((key) => ({
        key,
        name: undefined,
        value: { form: 'passed' },
      })),
    })
  })
})
