import type { ConsumerConfig } from '../../src/channels/consumer-config'
import { Hub } from '../../src/channels/hub'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'
import { anOrderbook, aTicker } from '../../src/testing'
import { ManualWork } from '../operators/support'
import { laneWorld, recordingTarget } from './support/lane-world'

const btc = streamKey('ticker', 'KRW-BTC')
const eth = streamKey('ticker', 'KRW-ETH')

function setUp() {
  const here = laneWorld()
  const hub = new Hub(here.ports)
  const enrol = ({
    keys = [btc],
    handler = () => undefined,
    ...given
  }: Partial<ConsumerConfig> & {
    readonly keys?: readonly StreamKey[]
    readonly handler?: () => unknown
  } = {}) => {
    const recording = recordingTarget(() => handler())
    const kind = keys[0]?.type === 'orderbook' ? 'orderbook' : 'ticker'
    const consumer = hub.enrol({ owner: {}, kind, keys, options: {}, target: recording.target, ...given })
    return {
      ...recording,
      consumer,
      enter: () => consumer.enter(),
      leave: () => consumer.discard(),
    }
  }
  const join = (given: Parameters<typeof enrol>[0] = {}) => {
    const made = enrol(given)
    made.enter()
    return made
  }
  return { ...here, hub, enrol, join }
}

describe('Hub', () => {
  it('a consumer is counted from its enrolment and receives from its entry on', () => {
    const { hub, enrol, join, exchange, pass } = setUp()
    join()
    pass(1000)
    const waiting = enrol()
    exchange.emit(aTicker())
    expect(waiting.got).toEqual([])
    expect(hub.consumers.map(({ name, offered }) => [name, offered])).toEqual([
      ['ticker KRW-BTC #1', 1],
      ['ticker KRW-BTC #2', 0],
    ])
    waiting.enter()
    expect(waiting.got).toMatchObject([{ source: 'memory' }])
  })

  it('one that was left before it entered never enters', () => {
    const { hub, enrol, exchange, pass } = setUp()
    const left = enrol()
    left.leave()
    left.enter()
    pass(1000)
    expect(exchange.dials).toEqual([])
    expect(hub.consumers).toEqual([])
    expect(left.log).toEqual([])
  })

  it('leaves every lane, once, and frees its levels', () => {
    const { join, exchange, pass } = setUp()
    join({ keys: [streamKey('orderbook', 'KRW-BTC')] })
    const both = join({
      keys: [streamKey('orderbook', 'KRW-BTC', 10), streamKey('orderbook', 'KRW-ETH', 10)],
      options: { level: 10 },
    })
    pass(2000)
    expect(exchange.connections).toBe(2)
    both.leave()
    both.leave()
    pass(10_000)
    expect(exchange.connections).toBe(1)
    expect(exchange.subscribed('orderbook', 'KRW-ETH')).toBe(false)
    join({ keys: [streamKey('orderbook', 'KRW-ETH', 5)], options: { level: 5 } })
    pass(2000)
    expect(exchange.connections).toBe(1)
  })

  it('one that ends in the replay of a lane does not join the next', () => {
    const { hub, enrol, join, exchange, pass } = setUp()
    join({ keys: [streamKey('orderbook', 'KRW-ETH', 10)], options: { level: 10 } })
    const main = join({ keys: [streamKey('orderbook', 'KRW-BTC')] })
    pass(2000)
    exchange.emit(anOrderbook({ code: 'KRW-ETH', level: 10 }))
    const both = enrol({
      keys: [streamKey('orderbook', 'KRW-ETH', 10), streamKey('orderbook', 'KRW-BTC', 10)],
      options: { level: 10 },
      handler: () => both.leave(),
    })
    both.enter()
    pass(10_000)
    expect(both.got).toHaveLength(1)
    expect(exchange.connections).toBe(1)
    expect(hub.connections).toHaveLength(1)
    main.leave()
  })

  it('C6.2 total counts the present and the past, and promises that are still pending', () => {
    const { hub, join, exchange, pass } = setUp()
    const work = new ManualWork()
    const slow = join({ handler: () => work })
    const quick = join()
    pass(1000)
    exchange.emit([aTicker(), aTicker()])
    slow.leave()
    quick.leave()
    expect(hub.consumers).toEqual([])
    expect(hub.total).toMatchObject({ offered: 4, delivered: 2, discarded: 1, pending: 1 })
    work.succeed()
    expect(hub.total).toMatchObject({ offered: 4, delivered: 3, discarded: 1, pending: 0 })
    expect(hub.total).toMatchObject({ offered: 4, delivered: 3 })
  })

  it('C6.2 total is a look, not a thing that changes', () => {
    const { hub, join, exchange, pass } = setUp()
    join()
    pass(1000)
    const before = hub.total
    exchange.emit(aTicker())
    expect(before.offered).toBe(0)
    expect(hub.total.offered).toBe(1)
  })

  it('ends the consumers of an owner, or all: discarded, completed and off the wire', () => {
    const { hub, join, exchange, pass } = setUp()
    const owner = {}
    const work = new ManualWork()
    const mine = join({ owner, handler: () => work })
    const theirs = join({ keys: [btc, eth] })
    pass(1000)
    exchange.emit([aTicker(), aTicker()])
    hub.end(owner)
    expect([mine.log, theirs.log]).toEqual([['complete'], []])
    expect(mine.consumer.tally).toMatchObject({ discarded: 1, pending: 1 })
    hub.end()
    expect(theirs.log).toEqual(['complete'])
    expect(hub.consumers).toEqual([])
    pass(5000)
    expect(exchange.connections).toBe(0)
  })

  it('ends those too that have left their routes and still deliver', () => {
    const { hub, join, exchange, pass } = setUp()
    const work = new ManualWork()
    const slow = join({ options: { only: 'snapshot' }, handler: () => work })
    pass(1000)
    exchange.emit(aTicker())
    expect(hub.consumers).toHaveLength(1)
    hub.end()
    expect(slow.log).toEqual(['complete'])
    work.succeed()
    expect(slow.log).toEqual(['complete'])
    expect(hub.total).toMatchObject({ offered: 1, delivered: 1, pending: 0 })
  })

  it('names consumers by their first entry, how many more, and a number', () => {
    const { hub, enrol } = setUp()
    const names = [enrol(), enrol({ keys: [btc, eth] }), enrol({ options: { name: 'chart' } })].map(
      ({ consumer }) => consumer.name,
    )
    expect(names).toEqual(['ticker KRW-BTC #1', 'ticker KRW-BTC +1 #2', 'chart'])
    expect(hub.nameOf({}, 'consume')).toBe('consume #3')
    expect(hub.nameOf({ name: 'chart_1' }, 'consume')).toBe('chart_1 consume #4')
  })

  it('close$ emits when no socket is left, at once when none ever was', () => {
    const { hub, join, pass } = setUp()
    const states: string[] = []
    hub.close$().subscribe({ next: () => states.push('closed'), complete: () => states.push('complete') })
    expect(states).toEqual(['closed', 'complete'])
    const consumer = join()
    pass(1000)
    consumer.leave()
    hub.close$().subscribe(() => states.push('closed again'))
    expect(states).toEqual(['closed', 'complete', 'closed again'])
    expect(hub.status).toEqual({ state: 'closed' })
  })
})
