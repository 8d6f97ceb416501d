import { LatestState } from '../../src/channels/latest-state'
import type { StateHead } from '../../src/protocol/state-head'
import { tickerEvent } from './support/events'

const head = (ms: number): StateHead => ({
  type: 'ticker',
  code: 'KRW-BTC',
  timestamp: ms,
  stream_type: 'REALTIME',
  epoch: 1,
  received_at: ms,
})

/** Reads the text of the bytes as the price, and notes how often. */
function reader() {
  const texts: string[] = []
  const read = ({ timestamp }: StateHead, bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString()
    texts.push(text)
    return tickerEvent({ ms: timestamp }, { trade_price: Number(text) })
  }
  return { read, texts }
}

describe('LatestState', () => {
  it('reads what was kept last, once however many ask', () => {
    const { read, texts } = reader()
    const latest = new LatestState(head(1), Buffer.from('1'), read)
    latest.keep(head(2), Buffer.from('22'), read)
    latest.keep(head(3), Buffer.from('3'), read)
    const event = latest.read()
    expect(event).toMatchObject({ trade_price: 3 })
    expect(latest.read()).toBe(event)
    expect(texts).toEqual(['3'])
    latest.keep(head(4), Buffer.from('4'), read)
    expect(latest.read()).toMatchObject({ trade_price: 4 })
    expect(event).toMatchObject({ trade_price: 3 })
  })

  it('knows the head of what was kept last, without reading it', () => {
    const { read, texts } = reader()
    const latest = new LatestState(head(1), Buffer.from('1'), read)
    latest.keep(head(2), Buffer.from('2'), read)
    expect(latest.head).toEqual(head(2))
    expect(texts).toEqual([])
  })

  it('keeps a copy: what becomes of the bytes afterwards is nothing to it', () => {
    const { read } = reader()
    const bytes = Buffer.from('7')
    const latest = new LatestState(head(1), bytes, read)
    bytes.fill(0)
    expect(latest.read()).toMatchObject({ trade_price: 7 })
  })
})
