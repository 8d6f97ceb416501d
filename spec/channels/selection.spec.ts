import { nothing, selectionOf } from '../../src/channels/selection'
import { streamKey } from '../../src/registry/stream-key'
import { orderbookEvent, tickerEvent } from './support/events'

const keys = [streamKey('ticker', 'KRW-BTC'), streamKey('ticker', 'KRW-ETH')]
const btc = tickerEvent()
const eth = tickerEvent({}, { code: 'KRW-ETH' })

describe('selectionOf', () => {
  it('is none for who takes every event as it is', () => {
    expect(selectionOf(keys, {})).toBeUndefined()
    expect(selectionOf(keys, { gaps: true, deliver: 'task', level: 10 })).toBeUndefined()
  })

  it("only: 'snapshot' selects the first event of each entry, and is complete with the last", () => {
    const selection = selectionOf(keys, { only: 'snapshot' })
    expect([btc, btc].map((event) => selection?.select(event))).toEqual([btc, undefined])
    expect(selection?.isComplete).toBe(false)
    expect(selection?.select(eth)).toBe(eth)
    expect(selection?.isComplete).toBe(true)
  })

  it("only: 'realtime' selects no SNAPSHOT, and is never complete", () => {
    const selection = selectionOf(keys, { only: 'realtime' })
    expect(selection?.select(tickerEvent({}, { stream_type: 'SNAPSHOT' }))).toBeUndefined()
    expect(selection?.select(btc)).toBe(btc)
    expect(selection?.isComplete).toBe(false)
  })

  it('units cuts a copy', () => {
    const book = orderbookEvent()
    const selected = selectionOf([streamKey('orderbook', 'KRW-BTC')], { units: 2 })?.select(book)
    expect(selected).toEqual({ ...book, orderbook_units: book.orderbook_units.slice(0, 2) })
    expect(book.orderbook_units).toHaveLength(30)
  })

  it('nothing selects nothing', () => {
    expect([nothing.select(btc), nothing.isComplete]).toEqual([undefined, false])
  })
})
