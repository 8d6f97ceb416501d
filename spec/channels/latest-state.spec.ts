import { LatestState } from '../../src/channels/latest-state'
import type { StateFrame } from '../../src/protocol/state-frame'
import { tickerEvent } from './support/events'

const frame = (text: string, ms: number): StateFrame => ({
  type: 'ticker',
  code: 'KRW-BTC',
  level: 0,
  timestamp: ms,
  stream_type: 'REALTIME',
  epoch: 1,
  received_at: ms,
  bytes: Buffer.from(text),
})

/** Reads the text of the bytes as the price, and counts how often. */
function reader() {
  const texts: string[] = []
  const read = ({ bytes, timestamp }: StateFrame) => {
    const text = Buffer.from(bytes).toString()
    texts.push(text)
    return text === 'bad' ? undefined : tickerEvent({ ms: timestamp }, { trade_price: Number(text) })
  }
  return { read, texts }
}

describe('LatestState', () => {
  it('reads what was kept last, once however many ask', () => {
    const { read, texts } = reader()
    const latest = new LatestState(frame('1', 1))
    latest.keep(frame('1', 1), read)
    latest.keep(frame('22', 2), read)
    latest.keep(frame('3', 3), read)
    const event = latest.read()
    expect(event).toMatchObject({ trade_price: 3 })
    expect(latest.read()).toBe(event)
    expect(texts).toEqual(['3'])
    latest.keep(frame('4', 4), read)
    expect(latest.read()).toMatchObject({ trade_price: 4 })
    expect(event).toMatchObject({ trade_price: 3 })
  })

  it('knows the head of what was kept last, without reading it', () => {
    const { read, texts } = reader()
    const latest = new LatestState(frame('1', 1))
    latest.keep(frame('2', 2), read)
    expect(latest.head).toMatchObject({ timestamp: 2, received_at: 2, code: 'KRW-BTC' })
    expect(latest.head).not.toHaveProperty('bytes')
    expect(texts).toEqual([])
  })

  it('keeps a copy: what becomes of the bytes afterwards is nothing to it', () => {
    const { read } = reader()
    const latest = new LatestState(frame('7', 1))
    const kept = frame('7', 1)
    latest.keep(kept, read)
    kept.bytes.fill(0)
    expect(latest.read()).toMatchObject({ trade_price: 7 })
  })

  it('is asked once for what is no event', () => {
    const { read, texts } = reader()
    const latest = new LatestState(frame('bad', 1))
    latest.keep(frame('bad', 1), read)
    expect([latest.read(), latest.read()]).toEqual([undefined, undefined])
    expect(texts).toEqual(['bad'])
  })
})
