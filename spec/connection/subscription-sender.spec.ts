import { Connected } from '../support/connected'
import { accept, codesOf, messagesOf, offline, online } from '../support/online'
import { mostInAnyWindow } from '../../scripts/chaos/windows'
import { aTicker, anOrderbook } from '../../src/testing'
import { streamKey } from '../../src/registry/stream-key'
import fc from '../support/seeded-fast-check'

const ticker = (code: string): object => aTicker({ code })

describe('SubscriptionSender', () => {
  describe('what goes out', () => {
    it('C9.1 sends the wanted set in the turn in which the socket opens', () => {
      const { dial } = online(['KRW-ETH', 'KRW-BTC'])
      expect(messagesOf(dial)).toEqual([[0, ['KRW-BTC', 'KRW-ETH']]])
    })

    it('C9.1 sends nothing for an empty set', () => {
      const { time, connected, dial } = online([])
      time.pass(10_000)
      expect(dial.sent).toEqual([])
      connected.want('KRW-BTC')
      connected.leave('KRW-BTC')
      time.pass(10_000)
      expect(dial.sent).toEqual([])
    })

    it('C9.1 takes nothing off the wire when the last entry goes, since no message can say so', () => {
      const { time, connected, dial } = online(['KRW-BTC'])
      time.pass(2000)
      connected.leave('KRW-BTC')
      time.pass(20_000)
      expect(dial.sent).toHaveLength(1)
      // It is still on the wire: nothing has to be asked for.
      connected.want('KRW-BTC')
      time.pass(20_000)
      expect(dial.sent).toHaveLength(1)
    })

    it('sends ticket, items and format in the documented order, in the format of the connection', () => {
      const { dial } = online(['KRW-BTC'], { format: 'SIMPLE_LIST' })
      expect(JSON.parse(dial.sent[0]!.text)).toEqual([
        { ticket: expect.any(String) },
        { type: 'ticker', codes: ['KRW-BTC'] },
        { format: 'SIMPLE_LIST' },
      ])
    })

    it('gives each message a ticket of its own', () => {
      const { time, connected, dial } = online()
      connected.want('KRW-ETH')
      time.pass(2000)
      const tickets = dial.sent.map(({ text }) => (JSON.parse(text) as [{ ticket: string }])[0].ticket)
      expect(new Set(tickets).size).toBe(2)
    })

    it('C9.2 never sends a flag', () => {
      const { dial } = online()
      expect(dial.sent[0]!.text).not.toMatch(/is_?only/i)
    })

    it('C9.3 asks for the full window of a book, whatever its consumers cut from it', () => {
      const { network, connected } = offline()
      connected.registry.add([streamKey('orderbook', 'KRW-BTC')])
      connected.listen()
      network.newest.open()
      expect(network.newest.sent[0]!.text).toContain('{"type":"orderbook","codes":["KRW-BTC"]}')
    })

    it('resends the whole set at each epoch, changes made meanwhile included', () => {
      const { time, network, connected, dial } = online()
      dial.end(1006)
      connected.want('KRW-ETH')
      connected.leave('KRW-BTC')
      time.pass(2000)
      network.newest.open()
      expect(network.newest.sent.map(({ text }) => codesOf(text))).toEqual([['KRW-ETH']])
    })
  })

  describe('when it goes out', () => {
    it('C9.1 sends the first addition after a second of quiet within 100 ms', () => {
      const { time, connected, dial } = online()
      time.pass(2000)
      connected.want('KRW-ETH')
      time.pass(100)
      expect(messagesOf(dial).slice(1)).toEqual([[2050, ['KRW-BTC', 'KRW-ETH']]])
    })

    it('makes one message of a burst of 10,000 commands', () => {
      const { time, connected, dial } = online()
      time.pass(2000)
      for (let i = 0; i < 10_000; i++) {
        connected.want(`KRW-C${i % 855}`)
        if (i % 3 === 0) connected.leave(`KRW-C${i % 855}`)
      }
      time.pass(10_000)
      expect(dial.sent).toHaveLength(2)
      expect(codesOf(dial.sent[1]!.text)).toHaveLength(connected.registry.desired.entries.size)
    })

    it('C9.1 sends every 300 ms under sustained change that the exchange keeps up with', () => {
      const { time, connected, dial } = online()
      time.pass(2000)
      for (let i = 0; i < 30; i++) {
        connected.want(`KRW-C${i}`)
        time.pass(51)
        accept(dial)
        time.pass(49)
      }
      const times = dial.sent.slice(1).map(({ atMs }) => atMs)
      expect(times).toEqual([2050, 2350, 2650, 2950, 3250, 3550, 3850, 4150, 4450, 4750])
    })

    it('C9.1 sends every 700 ms below half of the budget of the minute', () => {
      const { time, connected, dial } = online()
      let wanted = 0
      const change = (): void => {
        connected.want(`KRW-C${wanted++}`)
        time.pass(100)
        accept(dial)
      }
      while (dial.sent.length < 60) change()
      const times = dial.sent.map(({ atMs }) => atMs)
      const intervals = times.slice(1).map((atMs, index) => atMs - times[index]!)
      expect(new Set(intervals.slice(2, 48))).toEqual(new Set([300]))
      expect(new Set(intervals.slice(50))).toEqual(new Set([700]))
    })

    it('C9.1 lets a removal alone wait 5 s', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH'])
      time.pass(2000)
      connected.leave('KRW-ETH')
      time.pass(4999)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(messagesOf(dial).slice(1)).toEqual([[7000, ['KRW-BTC']]])
    })

    it('C9.1 lets a removal ride with an addition', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH'])
      time.pass(2000)
      connected.leave('KRW-ETH')
      time.pass(1000)
      connected.want('KRW-XRP')
      time.pass(10_000)
      expect(messagesOf(dial).slice(1)).toEqual([[3050, ['KRW-BTC', 'KRW-XRP']]])
    })

    it('C9.1 sends nothing for a quick remount', () => {
      const { time, connected, dial } = online()
      time.pass(2000)
      connected.leave('KRW-BTC')
      time.pass(1000)
      connected.want('KRW-BTC')
      time.pass(20_000)
      connected.want('KRW-ETH')
      connected.leave('KRW-ETH')
      time.pass(20_000)
      expect(dial.sent).toHaveLength(1)
    })

    it('C11.1 keeps 10 messages of a minute for additions, and says when even those are spent', () => {
      const { time, connected, dial } = online()
      const spend = (messages: number, change: (round: number) => void): void => {
        for (let round = 0; dial.sent.length < messages; round++) {
          change(round)
          time.pass(100)
          accept(dial)
        }
      }
      spend(90, (round) => connected.want(`KRW-C${round}`))
      // 90 messages in about 45 s. A removal now waits for the minute to pass ...
      const spentAtMs = time.nowMs
      connected.leave('KRW-BTC')
      time.pass(6000)
      expect(dial.sent).toHaveLength(90)
      expect(connected.connection.status.state).toBe('live')
      // ... and an addition does not.
      spend(100, (round) => connected.want(`KRW-D${round}`))
      expect(time.nowMs).toBeLessThan(61_000)
      expect(spentAtMs).toBeLessThan(50_000)
      connected.want('KRW-LAST')
      time.pass(100)
      expect(connected.connection.status).toEqual({
        state: 'waiting',
        reason: 'message-limit',
        retryAtMs: expect.any(Number) as number,
      })
      time.pass(20_000)
      expect(codesOf(dial.sent[dial.sent.length - 1]!.text)).toContain('KRW-LAST')
      expect(connected.connection.status.state).toBe('live')
    })

    it('C11.1 counts the messages of each connection by itself', () => {
      const { time, network, connected, dial } = online()
      for (let round = 0; dial.sent.length < 100; round++) {
        connected.want(`KRW-C${round}`)
        time.pass(100)
        accept(dial)
      }
      dial.end(1006)
      time.pass(400)
      network.newest.open()
      accept(network.newest)
      connected.want('KRW-LAST')
      time.pass(300)
      expect(network.newest.sent).toHaveLength(2)
      expect(connected.connection.status.state).toBe('live')
    })

    it('C8.2 is live again when what had to wait is no longer wanted', () => {
      const { time, connected, dial } = online()
      for (let round = 0; dial.sent.length < 100; round++) {
        connected.want(`KRW-C${round}`)
        time.pass(100)
        accept(dial)
      }
      connected.want('KRW-LAST')
      time.pass(1100)
      expect(connected.connection.status).toMatchObject({ reason: 'message-limit' })
      connected.leave('KRW-LAST')
      time.pass(30_000)
      expect(dial.sent).toHaveLength(100)
      expect(connected.connection.status.state).toBe('live')
    })

    it('does not wait for a clock that was set back', () => {
      const { time, network } = offline()
      let setBackMs = 0
      const environment = { ...time.environment, now: () => time.environment.now() - setBackMs }
      const connected = new Connected({ environment, openSocket: network.openSocket })
      connected.want('KRW-BTC')
      connected.listen()
      network.newest.open()
      time.pass(500)
      setBackMs = 3_600_000
      connected.want('KRW-ETH')
      time.pass(1000)
      // The half second before the clock was set is unknown to it, and waited for again.
      expect(messagesOf(network.newest)).toEqual([
        [0, ['KRW-BTC']],
        [1500, ['KRW-BTC', 'KRW-ETH']],
      ])
    })

    it('C11.1 waits for the proof that its messages were counted, however long a stalled link keeps them', () => {
      const { time, connected, dial } = online(['KRW-BTC'], { answersPings: false })
      const wantNext = (): void => {
        connected.want(`KRW-N${time.nowMs}`)
        time.pass(1000)
      }
      for (let i = 0; i < 9; i++) wantNext()
      // One went: what the link holds may all arrive within one second.
      expect(dial.sent).toHaveLength(1)
      dial.pong(dial.proofs[0]!.payload)
      time.pass(300)
      expect(dial.sent).toHaveLength(2)
      expect(codesOf(dial.sent[1]!.text)).toHaveLength(10)
    })

    it('C11.1 sends a ping right behind each message, and takes a frame that only this can have caused as well', () => {
      const { time, connected, dial } = online(['KRW-BTC'], { answersPings: false })
      for (let i = 0; i < 12; i++) {
        connected.want(`KRW-C${i}`)
        time.pass(300)
        accept(dial)
      }
      expect(dial.sent.length).toBeGreaterThan(8)
      expect(dial.proofs.map(({ atMs }) => atMs)).toEqual(dial.sent.map(({ atMs }) => atMs))
    })

    it('C11.1 takes no frame of what was on the wire before for a proof: it may have been under way', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH'], { answersPings: false })
      const flip = (): void => {
        connected.leave('KRW-ETH')
        time.pass(6500)
        connected.want('KRW-ETH')
        time.pass(200)
        dial.frame(ticker('KRW-ETH'))
        time.pass(1500)
      }
      dial.frame(ticker('KRW-ETH'))
      for (let i = 0; i < 3; i++) flip()
      // The first message is proved, that of a flip is not: the next waits until it counts as accepted.
      expect(dial.sent).toHaveLength(3)
    })

    it.each([
      ['answers no ping', undefined],
      ['answers pings with nothing of what they carried', ''],
    ])('sends changes to a peer that %s, as to one that has no pings', (_case, payload) => {
      const { time, connected, dial } = online(['KRW-BTC'], { answersPings: false })
      for (let second = 0; second < 600; second++) {
        dial.frame(ticker('KRW-BTC'))
        const { pingedAtMs, proofs } = dial
        const pings = pingedAtMs.length + proofs.length
        if (second % 12 === 0 && second < 480) connected.want(`KRW-C${second}`)
        time.pass(1000)
        if (payload !== undefined && pings < pingedAtMs.length + proofs.length) dial.pong(payload)
      }
      expect(codesOf(dial.sent.at(-1)!.text)).toHaveLength(41)
      // It is asked for a proof where it can be, and gives none.
      expect(dial.questions.length).toBeGreaterThan(0)
    })

    it('C11.1 never lets the exchange count more than 5 in a second and 100 in a minute, whatever a link does', () => {
      const step = fc.record({
        kind: fc.constantFrom('want', 'want', 'want', 'leave'),
        code: fc.nat(30),
        afterMs: fc.nat(700),
        latencyMs: fc.oneof(fc.nat(1000), fc.nat(1000), fc.nat(6000)),
      })
      fc.assert(
        fc.property(fc.array(step, { minLength: 150, maxLength: 300 }), (steps) => {
          const { time, connected, dial } = online(['KRW-BTC'], { answersPings: false })
          const arrivedAtMs: number[] = []
          let seen = 0
          let latencyMs = 0
          let lastBackMs = 0
          const carry = (): void => {
            for (; seen < dial.sent.length; seen++) {
              const { atMs, text } = dial.sent[seen]!
              const { payload } = dial.proofs[seen]!
              // A connection keeps the order, there and back.
              const arrivesAtMs = Math.max(atMs + latencyMs, arrivedAtMs[arrivedAtMs.length - 1] ?? 0)
              arrivedAtMs.push(arrivesAtMs)
              lastBackMs = Math.max(arrivesAtMs + (latencyMs % 300), lastBackMs)
              time.at(lastBackMs, () => {
                for (const code of codesOf(text)) dial.frame(ticker(code))
                dial.pong(payload)
              })
            }
          }
          const pass = (durationMs: number): void => {
            for (const untilMs = time.nowMs + durationMs; time.nowMs < untilMs;) {
              time.pass(Math.min(10, untilMs - time.nowMs))
              carry()
            }
          }
          carry()
          for (const { kind, code, afterMs, ...next } of steps) {
            latencyMs = next.latencyMs
            if (kind === 'want') connected.want(`KRW-C${code}`, `KRW-N${steps.length - arrivedAtMs.length}`)
            else connected.leave(`KRW-C${code}`)
            pass(afterMs)
          }
          expect(dial.terminatedAtMs).toBeUndefined()
          expect(arrivedAtMs.length).toBeGreaterThan(8)
          expect(mostInAnyWindow(arrivedAtMs, 1000)).toBeLessThanOrEqual(5)
          expect(mostInAnyWindow(arrivedAtMs, 60_000)).toBeLessThanOrEqual(100)
        }),
        { numRuns: 15 },
      )
    })
  })

  describe('acceptance', () => {
    it('C9.5 leaves one message unresolved at a time', () => {
      const { time, connected, dial } = online()
      connected.want('KRW-ETH')
      time.pass(999)
      expect(dial.sent).toHaveLength(1)
      connected.want('KRW-XRP')
      time.pass(1)
      expect(messagesOf(dial)).toEqual([
        [0, ['KRW-BTC']],
        [1000, ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']],
      ])
    })

    it('C9.5 takes a frame of a key that the message added for its acceptance, and no other', () => {
      const { time, connected, dial } = online()
      dial.frame(ticker('KRW-BTC'))
      connected.want('KRW-ETH')
      time.pass(300)
      expect(messagesOf(dial)).toEqual([
        [0, ['KRW-BTC']],
        [300, ['KRW-BTC', 'KRW-ETH']],
      ])
      connected.want('KRW-XRP')
      time.pass(300)
      dial.frame(ticker('KRW-BTC'))
      time.pass(300)
      expect(dial.sent).toHaveLength(2)
      dial.frame(ticker('KRW-ETH'))
      time.pass(0)
      expect(messagesOf(dial).slice(2)).toEqual([[900, ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']]])
    })

    it('C9.4 does not take a frame of another price grouping for it', () => {
      const { time, network, connected } = offline()
      connected.registry.add([streamKey('orderbook', 'KRW-BTC', 10_000)])
      connected.listen()
      network.newest.open()
      connected.want('KRW-ETH')
      network.newest.frame(anOrderbook({ level: 0 }))
      time.pass(500)
      expect(network.newest.sent).toHaveLength(1)
      network.newest.frame(anOrderbook({ level: 10_000 }))
      time.pass(0)
      expect(network.newest.sent).toHaveLength(2)
    })

    it('is told of what it does not wait for only while it waits', () => {
      const { time, connected, dial } = online()
      time.pass(1000)
      dial.frame(ticker('KRW-BTC'))
      connected.want('KRW-ETH')
      time.pass(50)
      expect(dial.sent).toHaveLength(2)
    })

    it('C9.5 takes no silence for it before the exchange has answered the ping behind the message', () => {
      const { time, connected, dial } = online(['KRW-BTC'], { answersPings: false })
      connected.want('KRW-ETH')
      time.pass(2000)
      expect(dial.sent).toHaveLength(1)
      dial.pong(dial.proofs[0]!.payload)
      // What the exchange has against it may come right behind the pong.
      time.pass(299)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(dial.sent).toHaveLength(2)
    })

    it('C9.5 takes no frame of an entry that was on this wire before: it may have been under way', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH'])
      accept(dial)
      time.pass(20_000)
      connected.leave('KRW-ETH')
      time.pass(6000)
      connected.want('KRW-ETH', 'KRW-NOPE')
      time.pass(60)
      dial.frame(ticker('KRW-ETH'))
      connected.want('KRW-XRP')
      time.pass(500)
      expect(dial.sent).toHaveLength(3)
    })
  })

  describe('an error frame', () => {
    it('C9.5 probes the entry that the message added, and no other, and fails it where it is refused alone', () => {
      const { time, network, connected, dial } = online()
      dial.frame(ticker('KRW-BTC'))
      time.pass(2000)
      connected.want('KRW-ETH')
      time.pass(50)
      dial.error('INVALID_PARAM', 'nope')
      dial.end(1000)
      expect(connected.rejections).toEqual([])
      time.pass(2000)
      network.newest.open()
      time.pass(1)
      network.newest.open()
      time.pass(1)
      expect(messagesOf(network.newest).map(([, codes]) => codes)).toEqual([['KRW-ETH']])
      network.newest.error('INVALID_PARAM', 'nope')
      expect(connected.rejections).toEqual([{ ids: ['ticker KRW-ETH'], name: 'INVALID_PARAM' }])
    })

    it('C9.6 fails nobody of several that the message added before it is known who is to blame', () => {
      const { time, network, connected, dial } = online()
      dial.frame(ticker('KRW-BTC'))
      time.pass(20_000)
      connected.want('KRW-ETH', 'KRW-XRP')
      time.pass(50)
      dial.error('INVALID_PARAM', 'nope')
      dial.end(1000)
      time.pass(400)
      network.newest.open()
      expect(messagesOf(network.newest).map(([, codes]) => codes)).toEqual([['KRW-BTC']])
      expect(connected.rejections).toEqual([])
    })

    it('C9.6 is followed by one dial, which sends what was accepted', () => {
      const { time, network, connected, dial } = online()
      time.pass(20_000)
      connected.want('KRW-ETH')
      time.pass(50)
      dial.error('INVALID_PARAM')
      time.pass(150)
      dial.end(1000)
      time.pass(400)
      expect(network.dials).toHaveLength(2)
      network.newest.open()
      expect(messagesOf(network.newest).map(([, codes]) => codes)).toEqual([['KRW-BTC']])
      expect(connected.losses).toEqual([{ epoch: 1, lastSignMs: expect.any(Number), cause: 'rejected' }])
    })

    it('C9.5 means only what was never accepted, in whatever session that was', () => {
      const { time, network, connected, dial } = online()
      time.pass(20_000)
      dial.end(1006)
      connected.want('KRW-ETH')
      time.pass(400)
      network.newest.open()
      expect(codesOf(network.newest.sent[0]!.text)).toEqual(['KRW-BTC', 'KRW-ETH'])
      network.newest.error('INVALID_PARAM')
      network.newest.end(1000)
      time.pass(2000)
      const main = network.newest
      main.open()
      expect(messagesOf(main).map(([, codes]) => codes)).toEqual([['KRW-BTC']])
      // It may as well be that the other one is refused from now on: only a probe can tell.
      time.pass(1)
      network.newest.open()
      time.pass(1)
      expect(messagesOf(network.newest).map(([, codes]) => codes)).toEqual([['KRW-ETH']])
      network.newest.error('INVALID_PARAM')
      // And that this was the exchange's own trouble.
      expect(connected.rejections).toEqual([])
      time.pass(2000)
      network.newest.open()
      time.pass(1)
      network.newest.error('INVALID_PARAM')
      expect(connected.rejections).toEqual([{ ids: ['ticker KRW-ETH'], name: 'INVALID_PARAM' }])
      expect(main.closedAtMs).toBeUndefined()
    })

    it('fails nobody where all that was sent had been accepted', () => {
      const { time, connected, dial } = online()
      time.pass(1000)
      dial.error('INVALID_PARAM')
      time.pass(1000)
      expect(connected.rejections).toEqual([])
      expect(dial.closedAtMs).toBe(2000)
    })

    it.each(['with consumers that leave at once', 'that nobody minds'])(
      'C9.6 closes after a second what the exchange has not closed after an error, %s',
      (how) => {
        const { time, dial } = online()
        if (how === 'that nobody minds') time.pass(2000)
        const errorAtMs = time.nowMs
        dial.error('WRONG_FORMAT')
        time.pass(999)
        expect(dial.closedAtMs).toBeUndefined()
        time.pass(1)
        expect(dial.closedAtMs).toBe(errorAtMs + 1000)
      },
    )

    it('does not put the close off for a second error frame', () => {
      const { time, connected, dial } = online()
      dial.error('WRONG_FORMAT')
      time.pass(500)
      dial.error('TOO_MANY_REQUEST')
      dial.error('INVALID_PARAM')
      time.pass(500)
      expect(dial.closedAtMs).toBe(1000)
      expect(connected.rejections).toEqual([])
    })

    it('sends nothing more to a session that is ending', () => {
      const { time, connected, dial } = online()
      dial.error('WRONG_FORMAT')
      connected.want('KRW-ETH')
      time.pass(900)
      expect(dial.sent).toHaveLength(1)
    })

    it('C9.6 fails nobody who was only the last to come: the error may mean the message before', () => {
      const { time, network, connected, dial } = online()
      dial.frame(ticker('KRW-BTC'))
      time.pass(20_000)
      connected.want('KRW-NOPE')
      time.pass(900)
      connected.want('KRW-ETH')
      time.pass(250)
      expect(dial.sent).toHaveLength(3)
      dial.error('INVALID_PARAM', 'KRW-NOPE')
      dial.end(1000)
      time.pass(400)
      network.newest.open()
      accept(network.newest)
      time.pass(0)
      network.newest.open()
      time.pass(1)
      expect(messagesOf(network.newest).map(([, codes]) => codes)).toEqual([['KRW-ETH']])
      accept(network.newest)
      time.pass(10_000)
      expect(connected.rejections).toEqual([])
    })

    it('C9.6 fails nobody for an error of the exchange’s own', () => {
      const { time, network, connected, dial } = online()
      dial.frame(ticker('KRW-BTC'))
      time.pass(20_000)
      connected.want('KRW-ETH')
      time.pass(300)
      dial.error('INTERNAL_SERVER_ERROR', 'maintenance')
      dial.end(1000)
      for (let dials = 1; dials < 3; dials++) {
        time.pass(400)
        network.newest.open()
        accept(network.newest)
      }
      time.pass(10_000)
      expect(connected.rejections).toEqual([])
      expect(codesOf(network.dials[1]!.sent.at(-1)!.text)).toEqual(['KRW-BTC', 'KRW-ETH'])
    })

    it.each([true, false])(
      'C9.6 blames in a page (%p: with, without data) whatever has not been proved, however late the error comes',
      (hasData) => {
        const { time, network, connected, dial } = online(['KRW-BTC'], { browser: true })
        dial.frame(ticker('KRW-BTC'))
        time.pass(20_000)
        connected.want('KRW-ETH', 'KRW-NOPE')
        time.pass(1500)
        if (hasData) dial.frame(ticker('KRW-ETH'))
        dial.error('INVALID_PARAM', 'late')
        dial.end(1000)
        time.pass(400)
        network.newest.open()
        const expected = hasData ? ['KRW-BTC', 'KRW-ETH', 'KRW-NOPE'] : ['KRW-BTC']
        expect(codesOf(network.newest.sent[0]!.text)).toEqual(expected)
      },
    )

    it('C10.2 leaves INVALID_AUTH to the connection: it is no fault of what was asked for', () => {
      const { time, connected, dial } = online()
      dial.error('INVALID_AUTH', '인증 정보가 올바르지 않습니다.')
      time.pass(150)
      dial.end(1000)
      expect(connected.rejections).toEqual([])
      expect(connected.refusal).toMatchObject({
        code: 'AUTH_REFUSED',
        serverName: 'INVALID_AUTH',
        serverMessage: '인증 정보가 올바르지 않습니다.',
      })
    })
  })

  describe('a limit', () => {
    it.each(['TOO_MANY_REQUEST', 'Too Many Requests', 'too_many_requests'])(
      'C9.6 named %s sends the same set again after a second, where the connection stays open',
      (name) => {
        const { time, connected, dial } = online()
        time.pass(100)
        dial.error(name)
        expect(connected.connection.status).toMatchObject({ state: 'waiting', reason: 'message-limit' })
        time.pass(999)
        expect(dial.sent).toHaveLength(1)
        time.pass(1)
        expect(messagesOf(dial)).toEqual([
          [0, ['KRW-BTC']],
          [1100, ['KRW-BTC']],
        ])
        expect(connected.connection.status.state).toBe('live')
        expect(connected.rejections).toEqual([])
      },
    )

    it('C9.6 waits a minute after a block that states no time', () => {
      const { time, dial } = online()
      dial.error("I'm a teapot")
      time.pass(59_999)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(messagesOf(dial)).toEqual([
        [0, ['KRW-BTC']],
        [60_000, ['KRW-BTC']],
      ])
    })

    it('C9.6 waits as long as the exchange says', () => {
      const { time, dial } = online()
      dial.error("I'm a teapot", 'blocked for 20 seconds')
      time.pass(19_999)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(dial.sent).toHaveLength(2)
    })

    it('C9.6 waits longer with each limit in a row', () => {
      const { time, dial } = online()
      const at: number[] = []
      for (let i = 0; i < 4; i++) {
        dial.error('TOO_MANY_REQUEST')
        time.pass(1000 * 2 ** i)
        at.push(time.nowMs)
      }
      expect(dial.sent.slice(1).map(({ atMs }) => atMs)).toEqual(at)
    })

    it('C9.6 waits once for a frame that says the same many times', () => {
      const { time, dial } = online()
      const said = { error: { name: 'TOO_MANY_REQUEST', message: '' } }
      dial.frame(Array.from({ length: 12 }, () => said))
      time.pass(999)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(dial.sent).toHaveLength(2)
    })

    it('C9.6 holds through a linger that ends and a connection made anew, which asks for nothing any sooner', () => {
      const { time, network, connected } = offline()
      connected.want('KRW-BTC')
      const first = connected.listen()
      network.newest.open()
      network.newest.error('TOO_MANY_REQUEST', 'Blocked for 60 seconds.')
      first.unsubscribe()
      time.pass(10_000)
      expect(connected.connection.status.state).toBe('idle')
      connected.listen()
      network.newest.open()
      expect(network.dials).toHaveLength(2)
      expect(connected.connection.status).toEqual({
        state: 'waiting',
        reason: 'message-limit',
        retryAtMs: time.environment.now() + 50_000,
      })
      connected.want('KRW-ETH')
      time.pass(49_999)
      expect(network.newest.sent).toEqual([])
      time.pass(1)
      expect(messagesOf(network.newest)).toEqual([[60_000, ['KRW-BTC', 'KRW-ETH']]])
      expect(connected.connection.status.state).toBe('live')
    })

    it('C9.6 says nothing of a limit to a session that has nothing to ask for', () => {
      const { time, network, connected } = offline()
      connected.want('KRW-BTC')
      const first = connected.listen()
      network.newest.open()
      network.newest.error('TOO_MANY_REQUEST', 'Blocked for 60 seconds.')
      connected.leave('KRW-BTC')
      first.unsubscribe()
      time.pass(10_000)
      connected.listen()
      network.newest.open()
      expect(connected.connection.status.state).toBe('live')
    })

    it('C9.6 sends no change any sooner, and all of it together', () => {
      const { time, connected, dial } = online()
      dial.error('TOO_MANY_REQUEST')
      time.pass(100)
      connected.want('KRW-ETH')
      connected.leave('KRW-BTC')
      time.pass(899)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(messagesOf(dial).slice(1)).toEqual([[1000, ['KRW-ETH']]])
    })

    it('takes no frame of the set that is still running for the acceptance of the resent one', () => {
      const { time, connected, dial } = online()
      dial.frame(ticker('KRW-BTC'))
      connected.want('KRW-ETH')
      time.pass(300)
      dial.error('TOO_MANY_REQUEST')
      time.pass(1000)
      expect(dial.sent).toHaveLength(3)
      dial.frame(ticker('KRW-BTC'))
      dial.error('INVALID_PARAM')
      expect(connected.connection.wire.accepted).toEqual(['ticker KRW-BTC'])
    })

    it('C9.6 sends the same set on the next connection, where the exchange closes', () => {
      const { time, network, connected, dial } = online()
      time.pass(20_000)
      connected.want('KRW-ETH')
      time.pass(50)
      dial.error('Too Many Requests', 'wait 5 seconds')
      time.pass(150)
      dial.end(1000)
      expect(connected.connection.status).toMatchObject({ state: 'waiting', reason: 'message-limit' })
      time.pass(4849)
      expect(network.dials).toHaveLength(1)
      time.pass(1)
      expect(network.dials).toHaveLength(2)
      network.newest.open()
      expect(messagesOf(network.newest).map(([, codes]) => codes)).toEqual([['KRW-BTC', 'KRW-ETH']])
      expect(connected.rejections).toEqual([])
      expect(connected.losses.map(({ cause }) => cause)).toEqual(['disconnect'])
    })

    it('is forgotten once a message is accepted: a later end of the session has its own reason', () => {
      const { time, connected, dial } = online()
      dial.error('TOO_MANY_REQUEST')
      time.pass(3000)
      dial.error('TOO_MANY_REQUEST')
      time.pass(3000)
      dial.end(1006)
      expect(connected.errors.map(({ message }) => message)).toEqual([
        'No connection to exchange.invalid: closed with 1006.',
      ])
    })
  })
})
