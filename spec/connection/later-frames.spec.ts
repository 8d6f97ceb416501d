/** Frames that need not be decoded when they come, as a connection counts and hands them on. */
import type { LaterFrames, ReadLater } from '../../src/connection/later-frames'
import type { Interest } from '../../src/protocol/skim'
import { FusedReader } from '../../src/protocol/fused/fused-reader'
import type { StateHead } from '../../src/protocol/state-head'
import { anOrderbook, aTicker, aTrade } from '../../src/testing'
import { online } from '../support/online'

class Later implements LaterFrames {
  readonly asked: string[] = []
  readonly kept: { readonly head: StateHead; readonly bytes: Uint8Array; readonly read: ReadLater }[] = []
  answer: Interest = 'later'

  interest(type: string, code: string): Interest {
    this.asked.push(`${type} ${code}`)
    return this.answer
  }

  keep(head: StateHead, bytes: Uint8Array, read: ReadLater): void {
    this.kept.push({ head, bytes: Uint8Array.from(bytes), read })
  }
}

const bytesOf = (frame: object): Uint8Array => Buffer.from(JSON.stringify(frame))

const createReader = () => new FusedReader()

/** The message is accepted, its code has spoken, and its reader is made. */
function settled() {
  const later = new Later()
  const made = online(['KRW-BTC'], { later, createReader })
  made.dial.frame(bytesOf(aTicker()))
  return { ...made, later, counters: made.connected.connection.counters }
}

describe('a connection that is told what is wanted later', () => {
  it('decodes each frame until its message is accepted and its codes have spoken', () => {
    const later = new Later()
    const { dial, connected, time } = online(['KRW-BTC', 'KRW-ETH'], { later, createReader })
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

  it('C6.2 counts a kept frame as the event that it is', () => {
    const { dial, later, counters, connected } = settled()
    dial.frame(bytesOf(aTicker()))
    // The first of its kind: there is no reader yet that could skim it.
    dial.frame(bytesOf(anOrderbook()))
    dial.frame(bytesOf(anOrderbook()))
    expect(later.kept.map(({ head }) => head.type)).toEqual(['ticker', 'orderbook'])
    expect(counters).toMatchObject({
      frames: 4,
      data: 4,
      decoded: 4,
      events: 4,
      skimmed: 2,
      byType: { ticker: 2, orderbook: 2 },
    })
    expect(connected.events).toHaveLength(2)
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
    const [{ head, bytes, read }] = later.kept as [Later['kept'][number]]
    expect(read(head, bytes)).toMatchObject({
      trade_price: 5,
      epoch: 1,
      received_at: receivedAt,
      source: 'socket',
    })
    expect(counters).toMatchObject({ decoded: 2, events: 2, skimmed: 0, fused: 2 })
  })

  it('C7 rejects at once what is no event, whoever would have had it later', () => {
    const { dial, later, counters, connected } = settled()
    const bad = JSON.stringify(aTicker()).replace(/"trade_price":[^,]+/, '"trade_price":"much"')
    dial.frame(Buffer.from(bad))
    const twice = JSON.stringify(aTicker()).replace('"opening_price"', '"code":"KRW-ETH","opening_price"')
    dial.frame(Buffer.from(twice))
    expect(later.kept).toEqual([])
    expect(counters).toMatchObject({ data: 3, decoded: 2, rejected: 1, events: 2 })
    expect(connected.undecodable.map(({ path }) => path)).toEqual(['$.trade_price'])
    expect(connected.events.at(-1)).toMatchObject({ code: 'KRW-ETH' })
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
