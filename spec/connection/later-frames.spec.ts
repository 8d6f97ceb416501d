/** Frames that need not be decoded when they come, as a connection counts and hands them on. */
import type { LaterFrames, ReadLater } from '../../src/connection/later-frames'
import type { Interest } from '../../src/protocol/skim'
import type { StateFrame } from '../../src/protocol/state-frame'
import { anOrderbook, aTicker, aTrade } from '../../src/testing'
import { online } from '../support/online'

class Later implements LaterFrames {
  readonly asked: string[] = []
  readonly kept: { readonly frame: StateFrame; readonly read: ReadLater }[] = []
  answer: Interest = 'later'

  interest(type: string, code: string): Interest {
    this.asked.push(`${type} ${code}`)
    return this.answer
  }

  state(frame: StateFrame, read: ReadLater): void {
    this.kept.push({ frame: { ...frame, bytes: Uint8Array.from(frame.bytes) }, read })
  }
}

const bytesOf = (frame: object): Uint8Array => Buffer.from(JSON.stringify(frame))

/** The message is accepted and its code has spoken. */
function settled() {
  const later = new Later()
  const made = online(['KRW-BTC'], { later })
  made.dial.frame(bytesOf(aTicker()))
  return { ...made, later, counters: made.connected.connection.counters }
}

describe('a connection that is told what is wanted later', () => {
  it('decodes each frame until its message is accepted and its codes have spoken', () => {
    const later = new Later()
    const { dial, connected, time } = online(['KRW-BTC', 'KRW-ETH'], { later })
    dial.frame(bytesOf(aTicker()))
    time.pass(1500)
    dial.frame(bytesOf(aTicker()))
    expect(later.asked).toEqual([])
    dial.frame(bytesOf(aTicker({ code: 'KRW-ETH' })))
    dial.frame(bytesOf(aTicker()))
    expect(later.asked).toEqual(['ticker KRW-BTC'])
    expect(connected.events).toHaveLength(3)
    expect(later.kept).toHaveLength(1)
  })

  it('C6.2 counts a kept frame as the event that it says it is', () => {
    const { dial, later, counters, connected } = settled()
    dial.frame(bytesOf(aTicker()))
    dial.frame(bytesOf(anOrderbook()))
    expect(later.kept.map(({ frame }) => frame.type)).toEqual(['ticker', 'orderbook'])
    expect(counters).toMatchObject({
      frames: 3,
      data: 3,
      decoded: 3,
      events: 3,
      skimmed: 2,
      byType: { ticker: 2, orderbook: 1 },
    })
    expect(connected.events).toHaveLength(1)
  })

  it('C6.2 counts what nobody wants as unrouted', () => {
    const { dial, later, counters } = settled()
    later.answer = 'never'
    dial.frame(bytesOf(aTrade()))
    expect(counters).toMatchObject({ decoded: 2, events: 2, unrouted: 1, skimmed: 1, byType: { trade: 1 } })
  })

  it('C3.1 gives the event of a kept frame with the epoch and the time of its receipt', () => {
    const { dial, later, counters, time } = settled()
    time.pass(50)
    const receivedAt = time.environment.now()
    dial.frame(bytesOf(aTicker({ trade_price: 5 })))
    time.pass(1000)
    const [{ frame, read }] = later.kept as [Later['kept'][number]]
    expect(read(frame)).toMatchObject({ trade_price: 5, epoch: 1, received_at: receivedAt, source: 'socket' })
    expect(counters).toMatchObject({ decoded: 2, events: 2, skimmed: 0, guarded: 2 })
  })

  it('C6.2 counts a kept frame that turns out to be none as rejected, and reports it', () => {
    const { dial, later, counters, connected } = settled()
    const bad = JSON.stringify(aTicker()).replace(/"trade_price":[^,]+/, '"trade_price":"much"')
    dial.frame(Buffer.from(bad))
    expect(counters).toMatchObject({ decoded: 2, rejected: 0, events: 2 })
    const [{ frame, read }] = later.kept as [Later['kept'][number]]
    expect(read(frame)).toBeUndefined()
    expect(counters).toMatchObject({ data: 2, decoded: 1, rejected: 1, events: 1, byType: { ticker: 1 } })
    expect(connected.undecodable.map(({ path }) => path)).toEqual(['$.trade_price'])
  })

  it('gives no event of another code, should a frame have two', () => {
    const { dial, later, counters, connected } = settled()
    const text = JSON.stringify(aTicker()).replace('"opening_price"', '"code":"KRW-ETH","opening_price"')
    dial.frame(Buffer.from(text))
    const [{ frame, read }] = later.kept as [Later['kept'][number]]
    expect(frame.code).toBe('KRW-BTC')
    expect(read(frame)).toBeUndefined()
    expect(counters).toMatchObject({ decoded: 1, rejected: 1, events: 1 })
    expect(connected.undecodable).toMatchObject([
      { path: '$.code', actual: '"ticker KRW-ETH"', code: 'KRW-BTC' },
    ])
  })

  it('is a sign of life like any frame', () => {
    const { dial, time, network } = settled()
    for (let i = 0; i < 20; i++) {
      time.pass(9_000)
      dial.frame(bytesOf(aTicker()))
    }
    expect(network.dials).toHaveLength(1)
  })
})
