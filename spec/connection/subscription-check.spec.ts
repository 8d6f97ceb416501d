import { publicEndpoint } from '../../src/connection/endpoint'
import { SubscriptionCheck } from '../../src/connection/subscription-check'
import type { WireFormat } from '../../src/protocol/wire'
import { streamKey } from '../../src/registry/stream-key'
import { aTicker, virtualStartMs } from '../../src/testing'
import type { FakeDial } from '../support/fake-network'
import type { Online } from '../support/online'
import { accept, online } from '../support/online'
import { record } from '../support/recorder'
import { virtualTime } from '../support/virtual-time'
import type { World, WorldOptions } from '../support/world'
import { world } from '../support/world'

/** When the exchange was asked for its list, ms. */
function asked({ exchange }: World): readonly number[] {
  return exchange.received.filter(({ kind }) => kind === 'list').map(({ atMs }) => atMs - virtualStartMs)
}

/** When it was sent a set, and which codes. */
function sent({ exchange }: World): readonly (readonly [number, readonly string[]])[] {
  return exchange.received
    .filter(({ kind }) => kind === 'subscribe')
    .map(({ atMs, items }) => [atMs - virtualStartMs, items.flatMap(({ codes }) => codes)])
}

/** Somebody has two tickers. */
function two(options: WorldOptions = {}): World {
  const made = world(options)
  record(made.upbit.ticker$(['KRW-BTC', 'KRW-ETH']))
  return made
}

const both = ['KRW-BTC', 'KRW-ETH']

describe('SubscriptionCheck', () => {
  describe('when it asks', () => {
    it('C9.7 10 s after the last change, and every five minutes from then on', () => {
      const made = two()
      made.pass(9999)
      expect(asked(made)).toEqual([])
      made.pass(1)
      expect(asked(made)).toEqual([10_000])
      made.pass(600_000)
      expect(asked(made)).toEqual([10_000, 310_000, 610_000])
      expect(sent(made)).toHaveLength(1)
      expect(made.upbit.accounting()).toMatchObject({ checks: 3, resent: 0 })
      made.exchange.forget({ codes: ['KRW-ETH'] })
      made.pass(301_000)
      expect(made.exchange.subscribed('ticker', 'KRW-ETH')).toBe(true)
    })

    it('C9.7 counts from the last change, not from the first', () => {
      const made = two()
      made.pass(5000)
      record(made.upbit.ticker$('KRW-XRP'))
      made.pass(60_000)
      expect(asked(made)).toEqual([15_050])
    })

    it('C9.7 at most once a minute', () => {
      const made = two()
      made.pass(12_000)
      record(made.upbit.ticker$('KRW-XRP'))
      made.pass(30_000)
      expect(asked(made)).toEqual([10_000])
      made.pass(60_000)
      expect(asked(made)).toEqual([10_000, 70_000])
    })

    it('C9.7 at most once a minute over sessions too', () => {
      const made = two()
      made.pass(20_000)
      made.exchange.cut()
      made.pass(100_000)
      expect(asked(made)).toEqual([10_000, 70_000])
    })

    it('C9.7 not while half of the minute’s messages are spent', () => {
      const { time, connected, dial } = online()
      for (let round = 0; dial.sent.length < 60; round++) {
        connected.want(`KRW-C${round}`)
        time.pass(100)
        accept(dial)
      }
      const doneAtMs = time.nowMs
      time.pass(20_000)
      expect(dial.questions).toEqual([])
      time.pass(60_000)
      expect(dial.questions).toHaveLength(1)
      expect(dial.questions[0]!.atMs - doneAtMs).toBeGreaterThan(20_000)
    })

    it('C9.7 its question counts as a message', () => {
      const { time, connected, dial } = online()
      time.pass(10_000)
      expect(dial.questions).toHaveLength(1)
      connected.want('KRW-ETH')
      time.pass(299)
      expect(dial.sent).toHaveLength(1)
      time.pass(1)
      expect(dial.sent).toHaveLength(2)
    })

    it('C9.7 nothing is asked that has nothing on the wire', () => {
      const { time, dial } = online([])
      time.pass(120_000)
      expect(dial.questions).toEqual([])
    })
  })

  describe('before a change', () => {
    /** Asked and answered once, with nothing amiss, and a minute ago. */
    function settled(): Online {
      const here = online(both)
      here.time.pass(10_000)
      answerTo(here.dial, both)
      here.time.pass(60_000)
      return here
    }

    it('C9.7 asks right before it, in the same turn, so that a loss shows that the change makes good', () => {
      const { time, connected, dial } = settled()
      connected.want('KRW-XRP')
      time.pass(50)
      expect(dial.questions.map(({ atMs }) => atMs)).toEqual([10_000, 70_050])
      expect(dial.sent.map(({ atMs }) => atMs)).toEqual([0, 70_050])
      expect(dial.texts.slice(-2)).toEqual([dial.questions[1]?.text, dial.sent[1]?.text])
      answerTo(dial, ['KRW-BTC'])
      expect(connected.connection.counters.resent).toBe(1)
      expect(connected.drifts).toEqual([['- ticker KRW-ETH']])
    })

    it('C9.7 takes an answer about the old set, about the new one, or about one between, for no loss', () => {
      for (const listed of [both, ['KRW-BTC', 'KRW-XRP'], ['KRW-BTC', 'KRW-XRP', 'KRW-SOL']]) {
        const { time, connected, dial } = settled()
        connected.leave('KRW-ETH')
        connected.want('KRW-XRP')
        time.pass(50)
        accept(dial)
        connected.want('KRW-SOL')
        time.pass(300)
        expect(dial.sent).toHaveLength(3)
        answerTo(dial, listed)
        time.pass(1000)
        expect(connected.connection.counters).toMatchObject({ checks: 2, resent: 0 })
      }
    })

    it('C9.7 costs no message more: the question in its place comes at most once a minute', () => {
      const { time, connected, dial } = settled()
      for (let round = 0; round < 30; round++) {
        connected.want(`KRW-C${round}`)
        time.pass(8000)
        accept(dial)
        answerTo(dial, both)
      }
      const atMs = dial.questions.map((question) => question.atMs)
      expect(atMs.length).toBeGreaterThanOrEqual(5)
      for (const [index, each] of atMs.slice(1).entries())
        expect(each - (atMs[index] as number)).toBeGreaterThanOrEqual(60_000)
    })

    it('C9.7 does not ask in the first ten seconds, nor who never answered, nor what is sent to a new session', () => {
      const early = online(both)
      early.time.pass(5000)
      early.connected.want('KRW-XRP')
      early.time.pass(1000)
      expect(early.dial.questions).toEqual([])

      const deaf = online(both)
      deaf.time.pass(120_000)
      deaf.connected.want('KRW-XRP')
      deaf.time.pass(1000)
      expect(deaf.dial.questions).toHaveLength(1)

      const { time, network } = settled()
      network.newest.end(1006)
      time.pass(1000)
      network.newest.open()
      expect(network.newest.texts).toEqual([network.newest.sent[0]?.text])
    })

    it('C9.7 C11.1 does not ask where the change would have to wait for it', () => {
      // Without pings nothing proves that three `PING` were counted: of four, one is left.
      const { time, connected, dial } = online(both, { browser: true })
      time.pass(10_000)
      answerTo(dial, both)
      for (let round = 0; round < 7; round++) {
        time.pass(11_000)
        dial.frame(aTicker())
      }
      time.pass(8000)
      connected.want('KRW-XRP')
      time.pass(100)
      expect(dial.sent.map(({ atMs }) => atMs)).toEqual([0, 30_000, 60_000, 90_000, 95_050])
      expect(dial.questions).toHaveLength(1)
    })
  })

  describe('the answer', () => {
    it.each<WireFormat>(['DEFAULT', 'SIMPLE', 'JSON_LIST', 'SIMPLE_LIST'])(
      'C9.7 is asked for in %s, the connection’s own format, and read in it',
      (format) => {
        const made = two({
          client: { format },
          exchange: { switches: { listAnswer: 'list', listCodes: 'with-suffix' } },
        })
        record(made.upbit.orderbook$('KRW-BTC', { level: 10_000 }))
        made.pass(30_000)
        const [question] = made.exchange.received.filter(({ kind }) => kind === 'list')
        expect(question?.format).toBe(format)
        expect(made.upbit.accounting()).toMatchObject({ checks: 1, resent: 0 })
      },
    )

    it('C9.7 with an entry less: the whole set is sent again, counted, and told once', () => {
      const made = two()
      const { exchange, upbit, pass, errors } = made
      pass(5000)
      expect(exchange.forget({ codes: ['KRW-ETH'] })).toBe(1)
      expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(false)
      pass(5400)
      expect(sent(made)).toEqual([
        [0, both],
        [10_300, both],
      ])
      expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(true)
      pass(1000)
      exchange.forget({ codes: ['KRW-BTC'] })
      pass(100_000)
      expect(sent(made).slice(2)).toEqual([[70_300, both]])
      expect(upbit.accounting()).toMatchObject({ checks: 2, resent: 2 })
      expect(errors.filter(({ code }) => code === 'SUBSCRIPTION_DRIFT')).toEqual([
        expect.objectContaining({
          message: 'The exchange had another subscription than was asked for: - ticker KRW-ETH.',
        }),
      ])
    })

    it('C9.7 with an entry less: its consumer gets events again, and no stream ends', () => {
      const { exchange, upbit, pass } = world()
      const eth = record(upbit.ticker$('KRW-ETH'))
      pass(5000)
      exchange.forget({ codes: ['KRW-ETH'] })
      pass(6000)
      exchange.emit(aTicker({ code: 'KRW-ETH' }))
      expect(eth.values).toHaveLength(1)
      expect(eth.end).toBe('open')
    })

    it('C9.7 that goes on differing is how the exchange is: the set is sent again twice, for it may have been lost twice', () => {
      const { time, connected, dial } = online(both)
      const answer = (codes: readonly string[]): void => answerTo(dial, codes)
      time.pass(10_000)
      answer(['KRW-BTC'])
      time.pass(61_000)
      expect(dial.sent).toHaveLength(2)
      answer(['KRW-BTC'])
      time.pass(61_000)
      expect(dial.sent).toHaveLength(3)
      answer(['KRW-BTC'])
      time.pass(120_000)
      expect(dial.sent).toHaveLength(3)
      connected.want('KRW-XRP')
      time.pass(100)
      // It may have been asked before it read of the new one.
      answer(['KRW-BTC'])
      time.pass(60_000)
      expect(connected.connection.counters.resent).toBe(2)
      answer(['KRW-BTC'])
      time.pass(1000)
      // That one is another.
      expect(connected.connection.counters.resent).toBe(3)
    })

    it('C9.7 that comes later than 5 s, or under another ticket, or after a change, is none', () => {
      const { time, connected, dial } = online(both)
      time.pass(10_000)
      dial.frame({ method: 'LIST_SUBSCRIPTIONS', result: [], ticket: 'another' })
      time.pass(5000)
      answerTo(dial, [])
      connected.want('KRW-XRP')
      time.pass(60_000)
      connected.want('KRW-SOL')
      time.pass(400)
      answerTo(dial, [])
      time.pass(5000)
      expect(connected.connection.counters).toMatchObject({ resent: 0, checks: 2 })
      expect(connected.errors).toEqual([])
    })

    it('C7 that has all says until when, and one that may be about the set before says nothing of the next', () => {
      const { environment, pass } = virtualTime()
      const both = ['KRW-BTC', 'KRW-ETH'].map((code) => streamKey('ticker', code))
      const tickets: string[] = []
      const told: number[] = []
      const made = (): SubscriptionCheck =>
        new SubscriptionCheck({
          environment,
          endpoint: publicEndpoint,
          format: 'DEFAULT',
          mayAsk: () => true,
          ask: (_text, ticket) => tickets.push(ticket),
          differs: (_difference, wholeUntilMs) => told.push(wholeUntilMs - virtualStartMs),
        })
      const answer = (check: SubscriptionCheck, ...codes: string[]): void =>
        check.listed(tickets[tickets.length - 1] as string, [{ type: 'ticker', codes, level: undefined }])

      const one = made()
      one.sent(both)
      pass(10_000)
      answer(one, 'KRW-BTC', 'KRW-ETH')
      pass(300_000)
      answer(one, 'KRW-BTC')
      one.closed()

      const another = made()
      another.sent(both.slice(0, 1))
      pass(10_100)
      another.sent(both)
      answer(another, 'KRW-BTC')
      pass(60_000)
      answer(another, 'KRW-BTC')
      expect(told).toEqual([10_000, 310_000 + 10_100])
    })

    it('C9.7 that is an error: the exchange closes as after any, and is not asked again for ten minutes', () => {
      const { time, network, connected, dial } = online(both)
      time.pass(10_000)
      dial.error('WRONG_FORMAT')
      time.pass(150)
      dial.end(1000)
      time.pass(2000)
      network.newest.open()
      time.pass(300_000)
      expect(network.newest.questions).toEqual([])
      time.pass(300_000)
      expect(network.newest.questions).toHaveLength(1)
      expect(connected.rejections).toEqual([])
      expect(network.dials).toHaveLength(2)
    })

    it('C9.7 that is a limit: it is asked again another time', () => {
      const { time, dial } = online(both)
      time.pass(10_000)
      dial.error('TOO_MANY_REQUEST')
      time.pass(100_000)
      expect(dial.questions).toHaveLength(2)
    })

    it('C9.7 is a control frame in the account', () => {
      const { upbit, pass } = two()
      pass(20_000)
      expect(upbit.accounting()).toMatchObject({ frames: 1, control: 1, data: 0 })
    })
  })
})

/** Answers the newest question with these codes of `ticker`. */
function answerTo(dial: FakeDial, codes: readonly string[]): void {
  const { text } = dial.questions[dial.questions.length - 1] as Online['dial']['questions'][number]
  const [{ ticket }] = JSON.parse(text) as [{ ticket: string }]
  dial.frame({ method: 'LIST_SUBSCRIPTIONS', result: [{ type: 'ticker', codes }], ticket })
}
