import type { Online } from '../support/online'
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
      const main = network.newest
      main.open()
      expect(codesOf(main.sent[0]!.text)).toEqual(['KRW-BTC'])
      time.pass(3000)
      // The probe's, twice.
      for (let probe = 0; probe < 2; probe++) {
        network.newest.open()
        time.pass(1)
        network.newest.error('INVALID_PARAM')
        time.pass(2000)
      }
      network.dials.splice(0, network.dials.length, main)
    }
    expect(connected.rejections.map(({ ids }) => ids)).toEqual([
      ['ticker KRW-BAD0'],
      ['ticker KRW-BAD1'],
      ['ticker KRW-BAD2'],
    ])
  })

  describe('a set that was accepted and is refused from now on', () => {
    /** Ends the newest session and refuses the request of the next one. */
    function refused({ time, network }: Online): void {
      const { length } = network.dials
      network.newest.end(1000)
      while (network.dials.length === length) time.pass(1)
      network.newest.open()
      network.newest.error('INVALID_PARAM', '잘못된 마켓 코드입니다.')
      time.pass(150)
    }

    function poisoned(codes = ['KRW-BTC', 'KRW-ETH']): Online {
      const made = online(codes)
      made.time.pass(20_000)
      return made
    }

    it('C8.1 is told at once, with the words of the exchange and the codes to look at', () => {
      const made = poisoned()
      refused(made)
      expect(made.connected.rejections).toEqual([])
      expect(made.connected.errors).toEqual([
        expect.objectContaining({
          code: 'SERVER_ERROR',
          message: 'The exchange refused what it had accepted before: INVALID_PARAM 잘못된 마켓 코드입니다.',
          serverName: 'INVALID_PARAM',
          serverMessage: '잘못된 마켓 코드입니다.',
          nextStep: expect.stringContaining('(ticker KRW-BTC, ticker KRW-ETH)') as string,
        }),
      ])
    })

    it('C8.3 names a few of the codes and counts the others', () => {
      const made = poisoned(Array.from({ length: 200 }, (_, index) => `KRW-C${index}`))
      refused(made)
      expect(made.connected.errors[0]?.nextStep).toContain(
        '(ticker KRW-C0, ticker KRW-C1, ticker KRW-C2 and 197 more)',
      )
    })

    it('C8.1 makes the failed sessions name it too, instead of saying that nothing has to be done', () => {
      const made = poisoned()
      refused(made)
      refused(made)
      const failed = made.connected.errors.filter(({ code }) => code === 'CONNECT_FAILED')
      expect(failed).toHaveLength(1)
      expect(failed[0]).toMatchObject({
        serverName: 'INVALID_PARAM',
        serverMessage: '잘못된 마켓 코드입니다.',
        nextStep: expect.stringContaining('SERVER_ERROR or REJECTED') as string,
      })
      expect(failed[0]?.nextStep).not.toContain('nothing has to be done')
    })

    it('C9.6 fails the consumers of its one entry at the third refusal in a row, and does not dial for it for ever', () => {
      const made = poisoned(['KRW-BTC'])
      refused(made)
      refused(made)
      expect(made.connected.rejections).toEqual([])
      refused(made)
      made.network.newest.end(1000)
      made.time.pass(5000)
      made.network.newest.open()
      expect(made.network.newest.sent).toEqual([])
      made.time.pass(2000)
      made.network.newest.open()
      made.time.pass(1)
      made.network.newest.error('INVALID_PARAM')
      expect(made.connected.rejections).toEqual([{ ids: ['ticker KRW-BTC'], name: 'INVALID_PARAM' }])
    })

    it('C9.6 is halved at the third refusal in a row, and nothing of it is asked for on the main connection', () => {
      const made = poisoned()
      refused(made)
      refused(made)
      refused(made)
      expect(made.connected.rejections).toEqual([])
      made.network.newest.end(1000)
      made.time.pass(10_000)
      made.network.newest.open()
      expect(made.network.newest.sent).toEqual([])
    })

    it('C9.6 begins to count again once it was accepted', () => {
      const made = poisoned()
      for (let round = 0; round < 3; round++) {
        refused(made)
        refused(made)
        const { length } = made.network.dials
        made.network.newest.end(1000)
        while (made.network.dials.length === length) made.time.pass(1)
        made.network.newest.open()
        // As long as a silence must last to prove it after a refusal.
        made.time.pass(61_000)
      }
      expect(made.connected.rejections).toEqual([])
    })
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
