import { decodeSlowly } from './decoding'
import { frameTexts, tickerText, tradeText, withMore, withValue } from './frames'

describe('readSlow', () => {
  it.each(Object.entries(frameTexts))('reads a %s frame by itself, with nothing of ours', (_, text) => {
    const { outcome, events, drift } = decodeSlowly(text)
    expect([outcome, drift]).toEqual(['decoded', []])
    const { sequential_id: id, ...rest } = JSON.parse(text)
    expect(events).toEqual([id === undefined ? rest : { ...rest, sequential_id: '17877285547970001' }])
  })

  it('tells of drift before the event that shows it', () => {
    const { drift, events } = decodeSlowly(withMore(tickerText, '"more":1'))
    expect([drift, events.length]).toEqual([['ticker.more'], 1])
  })

  it('tells of no drift in what it rejects', () => {
    expect(decodeSlowly(withMore(withValue(tickerText, 'trade_price', 'null'), '"more":1'))).toMatchObject({
      outcome: 'rejected',
      drift: [],
      events: [],
    })
  })

  it('takes a SIMPLE frame in which some keys are spelled in full', () => {
    const mixed = tickerText.replace('"type"', '"ty"')
    expect(decodeSlowly(mixed).events).toEqual(decodeSlowly(tickerText).events)
  })

  it('reads a frame with both keys of the type by the full one, and counts the other', () => {
    expect(decodeSlowly(withMore(tradeText, '"ty":"ticker"'))).toMatchObject({
      outcome: 'decoded',
      events: [{ type: 'trade' }],
      drift: ['trade.ty'],
    })
    expect(decodeSlowly(withMore(withValue(tradeText, 'type', 'null'), '"ty":"trade"')).rejected).toEqual([
      { path: '$.type', expected: 'a known type', actual: 'null' },
    ])
  })
})
