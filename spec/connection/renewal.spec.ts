import { UpbitError } from '../../src/base/errors'
import type { DialHeaders } from '../../src/connection/dial'
import type { PublicEvent } from '../../src/protocol/events'
import { aTicker } from '../../src/testing'
import type { SocketTap } from '../../src/transport/socket-taps'
import { SocketTaps } from '../../src/transport/socket-taps'
import { closingMs } from '../support/fake-network'
import type { FakeDial } from '../support/fake-network'
import { messagesOf } from '../support/online'
import type { Renewing } from '../support/renewing'
import { dialed, lifeMs, list, renewing } from '../support/renewing'

const prices = (events: readonly PublicEvent[]): unknown[] =>
  events.map((event) => (event.type === 'ticker' ? event.trade_price : undefined))

const price = (trade_price: number, code = 'KRW-BTC'): object => aTicker({ code, trade_price })

/** A renewal whose answer has come, and which has one second more to wait. */
function ready(made: Renewing = renewing()): Renewing & { readonly other: FakeDial } {
  const other = made.renewal()
  list(other)
  return { ...made, other }
}

describe('renewed$', () => {
  describe('C12.1 the switch', () => {
    it('dials with another token when 70 to 75 % of its life are over, and leaves the one before a second after the answer', () => {
      const made = renewing()
      const { time, network, dial } = made
      const atMs = dialed(made)
      expect(atMs).toBeGreaterThanOrEqual(0.7 * lifeMs)
      expect(atMs).toBeLessThanOrEqual(0.75 * lifeMs)
      const other = network.newest
      expect([dial, other].map(({ request }) => request.headers)).toEqual([
        { authorization: 'Bearer token 1' },
        { authorization: 'Bearer token 2' },
      ])
      time.pass(300)
      other.open()
      time.pass(200)
      list(other)
      const answeredMs = time.nowMs
      time.pass(999)
      expect(dial.leftAtMs).toBeUndefined()
      time.pass(1)
      expect(dial.leftAtMs).toBe(answeredMs + 1000)
      expect(other.leftAtMs).toBeUndefined()
    })

    it('is one more epoch, and no loss: the status stays live', () => {
      const { time, connected } = ready()
      time.pass(60_000)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(connected.losses).toEqual([])
      expect(connected.states).toEqual(['idle', 'connecting', 'live', 'live'])
      expect(connected.connection.status).toMatchObject({ state: 'live', epoch: 2 })
      expect(connected.connection.downSinceMs).toBeUndefined()
      expect(connected.errors).toEqual([])
      expect(connected.ends).toBe(0)
    })

    it('asks for what is wanted, then what the exchange has, once each', () => {
      const made = renewing(['KRW-BTC', 'KRW-ETH'])
      const { time, connected } = made
      const other = made.renewal()
      expect(messagesOf(other)).toEqual([[time.nowMs, ['KRW-BTC', 'KRW-ETH']]])
      expect(other.questions).toHaveLength(1)
      list(other)
      time.pass(5000)
      expect(other.sent).toHaveLength(1)
      expect(connected.connection.counters).toMatchObject({ dials: 2, epochs: 2, messages: 2 })
      expect(connected.connection.wire).toEqual({
        sent: ['ticker KRW-BTC', 'ticker KRW-ETH'],
        accepted: ['ticker KRW-BTC', 'ticker KRW-ETH'],
      })
    })

    it('tells that what is wanted is on the wire, and accepted', () => {
      const { time, connected } = ready()
      time.pass(1000)
      expect(connected.sentIds).toEqual([['ticker KRW-BTC'], ['ticker KRW-BTC']])
    })

    it('delivers of the one before until the switch, then what was held, then what comes: each in its order', () => {
      const { time, connected, dial, other } = ready()
      other.frame(price(11))
      dial.frame(price(1))
      time.pass(500)
      other.frame(price(12))
      dial.frame(price(2))
      expect(prices(connected.events)).toEqual([1, 2])
      time.pass(500)
      expect(prices(connected.events)).toEqual([1, 2, 11, 12])
      dial.frame(price(3))
      other.frame(price(13))
      expect(prices(connected.events)).toEqual([1, 2, 11, 12, 13])
      expect(connected.events.map(({ epoch }) => epoch)).toEqual([1, 1, 2, 2, 2])
    })

    it('reads what was held before what it causes, though it comes while it is read', () => {
      const { time, connected, other } = ready()
      other.frame(price(11))
      other.frame(price(12))
      connected.received = (event) => {
        if (event.type === 'ticker' && event.trade_price === 11) other.frame(price(13))
      }
      time.pass(1000)
      expect(prices(connected.events)).toEqual([11, 12, 13])
    })

    it('holds the bytes as they were, which are the socket’s', () => {
      const { time, connected, other } = ready()
      const bytes = new TextEncoder().encode(JSON.stringify(price(11)))
      other.frame(bytes)
      bytes.fill(0)
      time.pass(1000)
      expect(prices(connected.events)).toEqual([11])
    })

    it('counts each frame of both once', () => {
      const { time, connected, dial, other } = ready()
      const { counters } = connected.connection
      const before = counters.frames
      dial.frame(price(1))
      other.frame(price(1))
      time.pass(1000)
      // The answer to the question among them.
      expect(counters.frames).toBe(before + 3)
      expect(counters.frames).toBe(counters.data + counters.control)
    })

    it('names no code as silent that spoke while it was held', () => {
      const { time, connected, dial, other } = ready()
      dial.frame(price(1))
      other.frame(price(1))
      time.pass(20_000)
      // The first session's, in which nothing came.
      expect(connected.silent).toEqual(['ticker KRW-BTC'])
    })

    it('pings and watches the new one as any', () => {
      const { time, other } = ready()
      time.pass(1000 + 30_000)
      expect(other.pingedAtMs).toHaveLength(1)
    })

    it('C11.1 counts what was sent before for the messages that follow', () => {
      const { time, connected, other } = ready(renewing(['KRW-BTC'], { answersPings: true }))
      time.pass(1000)
      const sentAtMs = (): number[] => other.sent.map(({ atMs }) => atMs)
      for (let index = 0; index < 12; index++) {
        connected.want(`KRW-C${index}`)
        time.pass(350)
        other.frame(price(1, `KRW-C${index}`))
      }
      const all = [...sentAtMs(), ...other.questions.map(({ atMs }) => atMs)].sort((a, b) => a - b)
      expect(all.length).toBeGreaterThan(10)
      for (const atMs of all)
        expect(all.filter((each) => each >= atMs && each < atMs + 1000).length).toBeLessThan(6)
    })

    it('goes on so for an hour: a dial for each token, and two sockets for a second and a half at the most', () => {
      const made = renewing()
      const { time, network, connected } = made
      network.dialed = (dial) => {
        time.at(time.nowMs + 200, () => dial.open())
        time.at(time.nowMs + 400, () => list(dial))
      }
      time.pass(3_600_000)
      const gaps = network.dialedAtMs.slice(1).map((atMs, index) => atMs - network.dialedAtMs[index]!)
      expect(gaps.every((gapMs) => gapMs >= 0.7 * lifeMs && gapMs <= 0.76 * lifeMs)).toBe(true)
      expect(gaps).toHaveLength(8)
      expect(connected.losses).toEqual([])
      expect(connected.openedEpochs).toHaveLength(9)
      network.dials.slice(0, -1).forEach(({ leftAtMs }, index) => {
        expect(leftAtMs).toBe(network.dialedAtMs[index + 1]! + 1400)
      })
    })
  })

  describe('C12.1 what the exchange has', () => {
    it('is waited for 5 s; without an answer a pong is enough', () => {
      const made = renewing()
      const { time, connected, dial } = made
      made.renewal()
      const atMs = time.nowMs
      time.pass(5999)
      expect(dial.leftAtMs).toBeUndefined()
      time.pass(1)
      expect(dial.leftAtMs).toBe(atMs + 6000)
      expect(connected.openedEpochs).toEqual([1, 2])
    })

    it('without an answer and a pong is nothing to go to: the renewal is given up, and told', () => {
      const made = renewing(['KRW-BTC'], { answersPings: false })
      const { time, connected, dial } = made
      // The heartbeat of the one before has its answers.
      const beat = (): void => {
        dial.pong()
        time.at(time.nowMs + 1000, beat)
      }
      beat()
      const other = made.renewal()
      time.pass(5000)
      expect(other.leftAtMs).toBe(time.nowMs)
      expect(dial.leftAtMs).toBeUndefined()
      expect(connected.errors).toEqual([
        expect.objectContaining({
          code: 'CONNECT_FAILED',
          message: 'No connection with a new token to exchange.invalid: no answer in 5 s.',
        }),
      ])
    })

    it('has to be what was asked for: asked once more with everything sent again, else given up', () => {
      const made = renewing(['KRW-BTC', 'KRW-ETH'])
      const { time, connected, dial } = made
      const other = made.renewal()
      list(other, ['KRW-BTC'])
      time.pass(1000)
      expect(other.sent).toHaveLength(2)
      expect(dial.leftAtMs).toBeUndefined()
      list(other, ['KRW-BTC'])
      expect(other.leftAtMs).toBe(time.nowMs)
      expect(connected.errors.map(({ message }) => message)).toEqual([
        'No connection with a new token to exchange.invalid: it has another subscription than was asked for: - ticker KRW-ETH.',
      ])
    })

    it('may come right at the second time', () => {
      const made = renewing(['KRW-BTC', 'KRW-ETH'])
      const { time, connected } = made
      const other = made.renewal()
      list(other, ['KRW-BTC'])
      time.pass(1000)
      list(other)
      time.pass(1000)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(connected.errors).toEqual([])
    })

    it('may be said otherwise, where the one before was never brought to say it as it was asked', () => {
      const made = renewing(['KRW-BTC', 'KRW-ETH'])
      const { time, connected, dial } = made
      for (let questions = 0; questions < 3;) {
        time.pass(100)
        if (dial.questions.length > questions && ++questions) list(dial, ['KRW-BTC'])
      }
      const other = made.renewal()
      list(other, ['KRW-BTC'])
      time.pass(1000)
      expect(connected.openedEpochs).toEqual([1, 2])
    })

    it('is not asked where nothing is wanted', () => {
      const made = renewing([])
      const { time, connected } = made
      const other = made.renewal()
      time.pass(1000)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect([...other.sent, ...other.questions]).toEqual([])
      connected.want('KRW-BTC')
      time.pass(1000)
      expect(other.sent).toHaveLength(1)
    })
  })

  describe('C12.1 what is wanted changes meanwhile', () => {
    it('an addition goes to both, and the switch waits until the new one has it', () => {
      const { time, connected, dial, other } = ready()
      connected.want('KRW-ETH')
      time.pass(1000)
      expect(dial.leftAtMs).toBeUndefined()
      expect(messagesOf(dial).at(-1)![1]).toEqual(['KRW-BTC', 'KRW-ETH'])
      expect(messagesOf(other).at(-1)![1]).toEqual(['KRW-BTC', 'KRW-ETH'])
      list(other)
      other.frame(price(11, 'KRW-ETH'))
      time.pass(1000)
      expect(dial.leftAtMs).toBe(time.nowMs)
      expect(prices(connected.events)).toEqual([11])
      expect(other.sent).toHaveLength(2)
    })

    it('an addition takes the proof back: what had the session before may have died since', () => {
      const { time, connected, dial, other } = ready()
      time.pass(100)
      dial.isDead = true
      connected.want('KRW-ETH')
      time.pass(1000)
      list(other)
      dial.end(1006)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(connected.losses).toEqual([expect.objectContaining({ epoch: 1, cause: 'disconnect' })])
    })

    it('additions that never end give the renewal up after 30 s', () => {
      const { time, connected, dial, other } = ready()
      const atMs = time.nowMs
      for (let count = 0; count < 70; count++) {
        connected.want(`KRW-C${count}`)
        time.pass(500)
      }
      expect(other.leftAtMs).toBe(atMs + 30_000)
      expect(dial.leftAtMs).toBeUndefined()
      expect(connected.losses).toEqual([])
    })

    it('a removal goes out after the switch', () => {
      const { time, connected, other } = ready(renewing(['KRW-BTC', 'KRW-ETH']))
      connected.leave('KRW-ETH')
      time.pass(1000)
      expect(connected.openedEpochs).toEqual([1, 2])
      time.pass(5000)
      expect(messagesOf(other).map(([, codes]) => codes)).toEqual([['KRW-BTC', 'KRW-ETH'], ['KRW-BTC']])
    })

    it('what a held frame makes somebody want goes out as ever', () => {
      const { time, connected, other } = ready()
      connected.received = () => {
        if (connected.events.length === 1) connected.want('KRW-ETH')
      }
      other.frame(price(1))
      time.pass(2000)
      expect(messagesOf(other).at(-1)![1]).toEqual(['KRW-BTC', 'KRW-ETH'])
    })
  })

  describe('C12.1 the one before ends in the middle', () => {
    it('before the answer: the ordinary loss, and both are over', () => {
      const made = renewing()
      const { time, connected, dial, network } = made
      const other = made.renewal()
      dial.end(1006)
      expect(connected.losses).toHaveLength(1)
      expect(other.leftAtMs).toBe(time.nowMs)
      expect(connected.connection.status.state).toBe('waiting')
      time.pass(400)
      expect(network.dials).toHaveLength(3)
    })

    it('after the answer, and proved to have brought everything: the new one takes over at once, nothing is lost', () => {
      const { time, connected, dial, other, network } = ready()
      other.frame(price(11))
      time.pass(1)
      dial.end(1006)
      expect(connected.losses).toEqual([])
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(prices(connected.events)).toEqual([11])
      expect(connected.connection.status).toMatchObject({ state: 'live', epoch: 2 })
      time.pass(10_000)
      expect(network.dials).toHaveLength(2)
    })

    it('after the answer, but without that proof: the new one takes over at once, and the loss is told', () => {
      const { connected, dial, other } = ready()
      other.frame(price(11))
      dial.end(1006)
      expect(connected.losses).toHaveLength(1)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(prices(connected.events)).toEqual([11])
    })

    it('dead without an end: it is found out before the switch, and the loss is told from its last sign on', () => {
      const made = renewing()
      const { time, connected, dial } = made
      const other = made.renewal()
      dial.isDead = true
      const { lastSignMs } = connected.connection
      time.pass(200)
      list(other)
      const answeredMs = time.nowMs
      time.pass(10_000)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(dial.terminatedAtMs).toBe(answeredMs + 10_000)
      expect(connected.losses).toEqual([{ epoch: 1, lastSignMs, cause: 'disconnect' }])
    })

    it('dead without an end, but for frames that were under way when the ping went out: they prove nothing', () => {
      const made = renewing()
      const { time, connected, dial } = made
      const other = made.renewal()
      dial.isDead = true
      list(other)
      const answeredMs = time.nowMs
      time.pass(2000)
      dial.frame(price(5))
      const { lastSignMs } = connected.connection
      time.pass(8000)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(dial.terminatedAtMs).toBe(answeredMs + 10_000)
      expect(connected.losses).toEqual([{ epoch: 1, lastSignMs, cause: 'disconnect' }])
    })

    it('answers no ping and goes on speaking: it lives, and the new one takes over with no loss', () => {
      const made = renewing()
      const { time, connected, dial } = made
      const other = made.renewal()
      // Its pongs are missing, and nothing else.
      dial.isDead = true
      list(other)
      time.pass(6000)
      dial.frame(price(5))
      time.pass(4000)
      expect(connected.openedEpochs).toEqual([1, 2])
      expect(dial.terminatedAtMs).toBeUndefined()
      expect(connected.losses).toEqual([])
    })

    it('after an error of the exchange, which ends its streams: it is not taken for whole by its pong', () => {
      const made = renewing()
      const { time, connected, dial } = made
      const other = made.renewal()
      dial.error('INVALID_PARAM')
      list(other)
      time.pass(150)
      dial.end(1000)
      expect(connected.losses).toEqual([expect.objectContaining({ epoch: 1, cause: 'rejected' })])
      expect(connected.openedEpochs).toEqual([1, 2])
    })

    it('after such an error, and later than the switch would be: it is no switch, and the loss is told', () => {
      const made = renewing()
      const { time, connected, dial } = made
      const other = made.renewal()
      dial.error('INVALID_PARAM')
      list(other)
      time.pass(2000)
      dial.end(1000)
      expect(connected.losses).toEqual([expect.objectContaining({ epoch: 1, cause: 'rejected' })])
      expect(connected.openedEpochs).toEqual([1, 2])
    })
  })

  describe('C12.1 a renewal that fails', () => {
    it('is tried again, later and later, while the one before goes on', () => {
      const made = renewing()
      const { connected, dial } = made
      const waits: number[] = []
      for (let refusedAtMs = 0; waits.length < 4; refusedAtMs = made.time.nowMs) {
        waits.push(dialed(made) - refusedAtMs)
        made.network.newest.refuse({ status: 503 })
      }
      expect(waits[1]).toBeGreaterThanOrEqual(750)
      expect(waits[1]).toBeLessThanOrEqual(1250)
      expect(waits[3]).toBeGreaterThanOrEqual(3000)
      expect(waits[3]).toBeLessThanOrEqual(5000)
      expect(connected.states).toEqual(['idle', 'connecting', 'live'])
      expect(connected.errors.map(({ code }) => code)).toEqual(Array(4).fill('CONNECT_FAILED'))
      expect(connected.errors[0]).toMatchObject({
        message: 'No connection with a new token to exchange.invalid: HTTP 503.',
        nextStep: expect.stringMatching(
          /^The connection with the token before goes on. The next attempt is in \d s; nothing/,
        ) as string,
      })
      dial.frame(price(1))
      expect(prices(connected.events)).toEqual([1])
    })

    it('begins to count anew after one that did not', () => {
      const made = renewing()
      for (let count = 0; count < 4; count++) {
        dialed(made)
        made.network.newest.refuse()
      }
      list(made.renewal())
      made.time.pass(1000)
      dialed(made)
      const refusedAtMs = made.time.nowMs
      made.network.newest.refuse()
      expect(dialed(made) - refusedAtMs).toBeLessThanOrEqual(1250)
    })

    it('refused keys are told, and tried again after a minute at the soonest', () => {
      const made = renewing()
      const { connected, dial } = made
      const other = made.renewal()
      other.error('INVALID_AUTH', 'no')
      const atMs = made.time.nowMs
      expect(other.leftAtMs).toBe(atMs)
      expect(connected.errors).toEqual([
        expect.objectContaining({
          code: 'AUTH_REFUSED',
          serverName: 'INVALID_AUTH',
          nextStep: expect.stringContaining('goes on') as string,
        }),
      ])
      const waitMs = dialed(made) - atMs
      expect(waitMs).toBeGreaterThanOrEqual(45_000)
      expect(waitMs).toBeLessThanOrEqual(75_000)
      made.network.newest.refuse({ status: 401 })
      expect(connected.errors.map(({ code }) => code)).toEqual(['AUTH_REFUSED', 'AUTH_REFUSED'])
      dial.frame(price(1))
      expect(prices(connected.events)).toEqual([1])
      expect(connected.refusal).toBeUndefined()
    })

    it('a limit is waited for as long as it says', () => {
      const made = renewing()
      const other = made.renewal()
      other.error('TOO_MANY_REQUESTS', 'Please retry after 20 seconds.')
      const atMs = made.time.nowMs
      expect(dialed(made) - atMs).toBeGreaterThanOrEqual(1000)
    })

    it('a block is waited for', () => {
      const made = renewing()
      dialed(made)
      made.network.newest.refuse({ status: 418, retryAfterMs: 90_000 })
      const atMs = made.time.nowMs
      expect(dialed(made) - atMs).toBeGreaterThanOrEqual(90_000)
    })

    it('a flood is not held: the renewal is given up', () => {
      const { time, connected, dial, other } = ready()
      const frame = JSON.stringify(price(1))
      for (let count = 0; count < 10_001; count++) other.frame(frame)
      expect(other.leftAtMs).toBe(time.nowMs)
      expect(dial.leftAtMs).toBeUndefined()
      expect(connected.events).toEqual([])
      expect(connected.errors.map(({ message }) => message)).toEqual([
        'No connection with a new token to exchange.invalid: more came than is held.',
      ])
    })

    it('one that ends while it waits is given up', () => {
      const { connected, dial, other } = ready()
      other.end(1006)
      dial.end(1006)
      expect(connected.losses).toHaveLength(1)
      expect(connected.openedEpochs).toEqual([1])
    })
  })

  describe('C12.1 the life of a token', () => {
    const give = (headers: DialHeaders) => renewing(['KRW-BTC'], { give: () => headers })

    it('without an end is not renewed', () => {
      for (const headers of [{ headers: {} }, { headers: {}, expiresAtMs: Infinity }]) {
        const { time, network } = give(headers)
        time.pass(24 * 3_600_000)
        expect(network.dials).toHaveLength(1)
      }
    })

    it('of a moment is renewed no more often than every 10 s', () => {
      const made = renewing(['KRW-BTC'], { give: (nowMs) => ({ headers: {}, expiresAtMs: nowMs + 10 }) })
      const first = dialed(made)
      expect(first).toBe(10_000)
      made.network.newest.open()
      list(made.network.newest)
      made.time.pass(1000)
      expect(dialed(made) - made.network.dials[0]!.leftAtMs!).toBe(10_000)
    })

    it('a provider that fails is a failed dial, told with its error as the cause and its own advice', () => {
      const cause = new UpbitError('AUTH_REFUSED', 'The `tokenProvider` failed.', {
        nextStep: 'It has to resolve.',
      })
      let fails = false
      const made = renewing(['KRW-BTC'], {
        give(nowMs) {
          if (fails) throw cause
          return { headers: {}, expiresAtMs: nowMs + lifeMs }
        },
      })
      fails = true
      made.time.pass(lifeMs)
      const { errors } = made.connected
      expect(errors[0]).toMatchObject({
        code: 'CONNECT_FAILED',
        message:
          'No connection with a new token to exchange.invalid: not opened: The `tokenProvider` failed.',
        cause,
        nextStep: expect.stringMatching(/^It has to resolve\. The connection/) as string,
      })
      expect(errors.length).toBeGreaterThanOrEqual(3)
      expect(made.connected.connection.status.state).toBe('live')
    })
  })

  describe('who else is concerned', () => {
    it('C4.1 the end of the linger closes both', () => {
      const made = renewing()
      const { connected, dial, time } = made
      const other = made.renewal()
      list(other)
      made.listening.unsubscribe()
      connected.connection.close$().subscribe()
      expect([dial.leftAtMs, other.leftAtMs]).toEqual([time.nowMs, time.nowMs])
      expect(connected.losses).toEqual([])
      expect(connected.ends).toBe(1)
      time.pass(lifeMs)
      expect(made.network.dials).toHaveLength(2)
    })

    it('C4.1 so it does while it waits for the next attempt', () => {
      const made = renewing(['KRW-BTC'], { lingerMs: 10 })
      dialed(made)
      made.network.newest.refuse()
      made.listening.unsubscribe()
      made.time.pass(lifeMs)
      expect(made.network.dials).toHaveLength(2)
    })

    it('C1.6 does not hold the process, neither of them', () => {
      const { dial, other } = ready()
      expect([dial.referenced, other.referenced]).toEqual([false, false])
    })

    it('C11.2 stands in the line of dials', () => {
      const made = renewing(['KRW-BTC'])
      const others = Array.from({ length: 12 }, () => made.another())
      dialed(made)
      for (const each of others) each.listen()
      made.time.pass(1)
      expect(made.network.dials.length).toBeLessThanOrEqual(7)
    })

    it('taps see both, one after the other, with what the new one was sent before', () => {
      const taps = new SocketTaps()
      const seen: string[] = []
      const tap: SocketTap = {
        opened: ({ epoch }) => seen.push(`opened ${epoch}`),
        frame: ({ epoch }, raw) => seen.push(`frame ${epoch} ${String(raw).slice(0, 10)}`),
        sent: ({ epoch }, text) =>
          seen.push(`sent ${epoch} ${text.includes('LIST') ? 'question' : 'request'}`),
        closed: ({ epoch }, failure) => seen.push(`closed ${epoch} ${failure?.closeCode ?? '-'}`),
      }
      taps.add(tap, 0)
      const { time, dial, other } = ready(renewing(['KRW-BTC'], { taps }))
      seen.length = 0
      other.frame('{"type":"x"}')
      dial.frame('{"type":"y"}')
      time.pass(1000)
      expect(seen).toEqual([
        'frame 1 {"type":"y',
        'closed 1 -',
        'opened 2',
        'sent 2 request',
        'sent 2 question',
        'frame 2 {"method":',
        'frame 2 {"type":"x',
      ])
    })

    it('C1.6 close$ waits until both are gone', () => {
      const { time, connected, dial, other, listening } = ready()
      time.pass(995)
      const log: string[] = []
      time.pass(5)
      expect(dial.leftAtMs).toBe(time.nowMs)
      time.pass(closingMs - 5)
      listening.unsubscribe()
      connected.connection.close$().subscribe(() => log.push(`closed at ${time.nowMs - other.leftAtMs!}`))
      time.pass(1000)
      expect(log).toEqual([`closed at ${closingMs}`])
    })
  })
})
