import { codesOf, online } from '../support/online'
import { aTicker } from '../../src/testing'

describe('createSessions', () => {
  it('counts messages, and tells what is on the wire before each goes out', () => {
    const { time, connected, dial } = online(['KRW-BTC'])
    time.pass(2000)
    connected.want('KRW-ETH')
    time.pass(50)
    expect(connected.connection.counters.messages).toBe(2)
    expect(connected.sentIds).toEqual([['ticker KRW-BTC'], ['ticker KRW-BTC', 'ticker KRW-ETH']])
    expect(dial.sent).toHaveLength(2)
  })

  it('C9.5 knows over sessions what was accepted', () => {
    const { time, network, connected, dial } = online(['KRW-BTC'])
    dial.frame(aTicker())
    for (let session = 0; session < 3; session++) {
      time.pass(20_000)
      network.newest.end(1006)
      connected.want(`KRW-BAD${session}`)
      time.pass(400)
      network.newest.open()
      network.newest.error('INVALID_PARAM')
      time.pass(150)
      network.newest.end(1000)
      time.pass(2000)
      network.newest.open()
      expect(codesOf(network.newest.sent[0]!.text)).toEqual(['KRW-BTC'])
    }
    expect(connected.rejections.map(({ ids }) => ids)).toEqual([
      ['ticker KRW-BAD0'],
      ['ticker KRW-BAD1'],
      ['ticker KRW-BAD2'],
    ])
  })

  it('C9.6 counts limits in a row over sessions', () => {
    const { time, network, dial } = online(['KRW-BTC'])
    const limitAt = (newest: typeof dial): number => {
      newest.error('TOO_MANY_REQUEST')
      time.pass(150)
      newest.end(1000)
      const { length } = network.dials
      const endedAtMs = time.nowMs
      while (network.dials.length === length) time.pass(1)
      network.newest.open()
      return time.nowMs - endedAtMs + 150
    }
    const waits = [limitAt(dial), limitAt(network.newest), limitAt(network.newest), limitAt(network.newest)]
    expect(waits[2]).toBeGreaterThanOrEqual(4000)
    expect(waits[3]).toBeGreaterThanOrEqual(8000)
  })
})
