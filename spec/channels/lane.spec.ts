import { Consumer } from '../../src/channels/consumer'
import type { OrderbookOptions } from '../../src/channels/consumer-options'
import { Lane } from '../../src/channels/lane'
import type { EventKind } from '../../src/protocol/events'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'
import { anOrderbook, aTicker } from '../../src/testing'
import { ManualWork } from '../operators/support'
import { consumerHost, laneWorld, recordingTarget } from './support/lane-world'

const btc = streamKey('ticker', 'KRW-BTC')
const eth = streamKey('ticker', 'KRW-ETH')

function setUp() {
  const here = laneWorld()
  const lane = new Lane(here.ports)
  /** A consumer that has not joined yet. */
  function make(
    keys: readonly StreamKey[],
    handler: () => unknown = () => undefined,
    options: OrderbookOptions = {},
    kind: EventKind = 'ticker',
  ) {
    const recording = recordingTarget(handler)
    const name = `consumer of ${keys.map(({ id }) => id).join(', ')}`
    const consumer = new Consumer(
      { kind, keys, options: { name, ...options }, target: recording.target, owner: {} },
      consumerHost({
        environment: here.ports.environment,
        lost: here.ports.gap,
        leave: (leaving) => lane.leave(leaving, keys),
      }),
      1,
    )
    return { ...recording, consumer }
  }
  function join(...given: Parameters<typeof make>) {
    const made = make(...given)
    lane.join(made.consumer, given[0])
    return made
  }
  return { ...here, lane, make, join }
}

describe('Lane', () => {
  it('connects with the first consumer, and brings each what it joined for', () => {
    const { lane, join, exchange, pass } = setUp()
    const first = join([btc, eth])
    const second = join([eth])
    pass(1000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })])
    expect([first.got.length, second.got.length]).toEqual([2, 1])
    expect(lane.connection.counters).toMatchObject({ dials: 1, messages: 1, routed: 2 })
  })

  it('a consumer that leaves in the replay of its first entry gets no second one', () => {
    const { join, make, exchange, pass, lane } = setUp()
    join([btc, eth])
    pass(1000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })])
    const late = make([btc, eth], () => late.consumer.discard())
    lane.join(late.consumer, [btc, eth])
    expect(late.got).toHaveLength(1)
    pass(10_000)
    exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })])
    expect(late.got).toHaveLength(1)
    expect(lane.connection.counters.messages).toBe(1)
  })

  it('leaving twice, or without having joined, is nothing', () => {
    const { lane, join, make, exchange, pass } = setUp()
    const first = join([btc])
    const second = join([btc])
    pass(1000)
    lane.leave(first.consumer, [btc])
    lane.leave(first.consumer, [btc])
    lane.leave(make([btc]).consumer, [btc])
    pass(10_000)
    exchange.emit(aTicker())
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)
    expect(second.got).toHaveLength(1)
  })

  it('a refused entry leaves the wire though its consumer still works, and is not asked for again', () => {
    const { join, exchange, pass } = setUp()
    join([btc])
    pass(2000)
    const work = new ManualWork()
    const both = join([btc, eth], () => work)
    exchange.emit(aTicker())
    exchange.rejectItems({ codes: ['KRW-ETH'] }, 'INVALID_PARAM')
    pass(5000)
    exchange.cut()
    pass(5000)
    expect(both.log).toEqual([])
    expect(exchange.connections).toBe(1)
    // Once with the others, and once alone, on the probe.
    expect(exchange.received.filter(({ text }) => text.includes('KRW-ETH'))).toHaveLength(2)
    work.succeed()
    // The memory of its join, and what came before the refusal, was delivered first.
    expect(both.log).toEqual(['REJECTED'])
  })

  it('a consumer of several refused entries gets one error', () => {
    const { join, exchange, pass } = setUp()
    exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM')
    const both = join([btc, eth])
    pass(5000)
    expect(both.log).toEqual(['REJECTED'])
  })

  it('credentials refused end every consumer, and a later one dials afresh', () => {
    const { join, exchange, pass } = setUp()
    exchange.refuse(401, { times: 1 })
    const refused = [join([btc]), join([eth])]
    pass(1000)
    expect(refused.map(({ log }) => log)).toEqual([['AUTH_REFUSED'], ['AUTH_REFUSED']])
    const later = join([btc])
    pass(20_000)
    exchange.emit(aTicker())
    expect(later.got).toHaveLength(1)
  })

  it('C4.8 who comes back from inside the error of a refusal is connected again', () => {
    const { join, exchange, pass, lane } = setUp()
    exchange.refuse(401, { times: 1 })
    const again: ReturnType<typeof join>[] = []
    const first = recordingTarget()
    const consumer = new Consumer(
      {
        kind: 'ticker',
        keys: [btc],
        options: { name: 'eager' },
        target: { ...first.target, error: () => again.push(join([btc])) },
        owner: {},
      },
      consumerHost({
        environment: exchange.options.environment,
        leave: (leaving) => lane.leave(leaving, [btc]),
      }),
      1,
    )
    lane.join(consumer, [btc])
    pass(20_000)
    exchange.emit(aTicker())
    expect(again).toHaveLength(1)
    expect(again[0]?.got).toHaveLength(1)
    expect(lane.connection.status).toMatchObject({ state: 'live' })
  })

  it('reports what it is told: undecodable frames, drift, silence, clock steps', () => {
    const { join, exchange, pass, errors } = setUp()
    join([btc])
    join([streamKey('orderbook', 'KRW-BTC')], undefined, {}, 'orderbook')
    pass(1000)
    exchange.emit(aTicker({ timestamp: 100, market_state: 'HALTED' }))
    for (const timestamp of [3, 2, 1]) exchange.emit(aTicker({ timestamp }))
    exchange.emitRaw('[]')
    pass(10_000)
    expect(errors.map(({ code, stream, path }) => [code, stream ?? path])).toEqual([
      ['SCHEMA_DRIFT', 'ticker.market_state=HALTED'],
      ['CLOCK_STEPPED', 'ticker KRW-BTC'],
      ['UNDECODABLE', '$'],
      ['SILENT_CODE', 'orderbook KRW-BTC'],
    ])
  })

  it('C7 bad elements of one list are told in few reports, and every event that is missing is counted', () => {
    const { join, exchange, pass, errors, gaps } = setUp()
    const ticker = join([btc], undefined, { gaps: true })
    pass(1000)
    exchange.emitRaw(
      `[${Array.from({ length: 1000 }, () => '{"type":"ticker","code":"KRW-BTC"}').join(',')}]`,
    )
    expect(errors).toHaveLength(9)
    expect(errors.at(-1)?.message).toMatch(/, and 991 more elements of that frame\.$/)
    const missing = (notices: readonly { readonly count?: number }[]): number =>
      notices.reduce((sum, { count = 0 }) => sum + count, 0)
    expect(missing(gaps)).toBe(1000)
    expect(missing(ticker.got as typeof gaps)).toBe(1000)
  })

  it('a consumer that leaves while the connection begins leaves nothing open', () => {
    const { lane, make, exchange, pass } = setUp()
    const first = make([btc])
    lane.connection.status$.subscribe(({ state }) => {
      if (state === 'connecting') first.consumer.discard()
    })
    lane.join(first.consumer, [btc])
    pass(20_000)
    expect(exchange.connections).toBe(0)
    expect(lane.connection.status).toMatchObject({ state: 'idle' })
  })

  it('who joins while another leaves as the connection begins is served', () => {
    const { lane, make, join, exchange, pass } = setUp()
    const first = make([btc])
    const second: ReturnType<typeof join>[] = []
    lane.connection.status$.subscribe(({ state }) => {
      if (state !== 'connecting' || second.length > 0) return
      first.consumer.discard()
      second.push(join([eth]))
    })
    lane.join(first.consumer, [btc])
    pass(20_000)
    exchange.emit(aTicker({ code: 'KRW-ETH' }))
    expect(second[0]?.got).toHaveLength(1)
    second[0]?.consumer.discard()
    pass(20_000)
    expect(exchange.connections).toBe(0)
  })

  it('forgets the routes of what left the wire, with memory and marks', () => {
    const { join, exchange, pass } = setUp()
    join([eth])
    const first = join([btc])
    pass(1000)
    exchange.emit(aTicker({ timestamp: 9000 }))
    first.consumer.discard()
    pass(6000)
    const second = join([btc])
    expect(second.got).toEqual([])
    pass(1000)
    exchange.emit(aTicker({ timestamp: 1 }))
    expect(second.got).toMatchObject([{ timestamp: 1 }])
  })

  it('C9.4 tells a gap to the consumers of its grouping alone', () => {
    const { join, exchange, pass } = setUp()
    const grouped = join([streamKey('orderbook', 'KRW-BTC', 10)], undefined, { gaps: true }, 'orderbook')
    const ticker = join([btc], undefined, { gaps: true })
    pass(1000)
    exchange.emit(anOrderbook({ level: 10 }))
    exchange.cut()
    expect(grouped.got.map(({ type }) => type)).toEqual(['orderbook', 'gap'])
    expect(grouped.got[1]).toMatchObject({ event: 'orderbook', level: 10 })
    expect(ticker.got).toMatchObject([{ event: 'ticker' }])
  })
})
