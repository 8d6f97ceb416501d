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

  it('tells the first bad elements of a list one by one, and the rest with their count', () => {
    const { outcome, rejected } = decodeSlowly(`[${'0,'.repeat(500_000)}0]`)
    expect(outcome).toBe('rejected')
    expect(rejected.map(({ path, count }) => [path, count])).toEqual([
      ...Array.from({ length: 8 }, (_, index) => [`$[${index}]`, undefined]),
      ['$[8]', 499_993],
    ])
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
