import type { UpbitError } from '../../src/base/errors'
import { Consumer } from '../../src/channels/consumer'
import { FanOut } from '../../src/channels/fan-out'
import type { LaneMeter, Meter } from '../../src/channels/meter'
import { SlowConsumers } from '../../src/channels/slow-consumers'
import { streamKey } from '../../src/registry/stream-key'
import { virtualTime } from '../support/virtual-time'
import { tickerEvent } from './support/events'
import { consumerHost } from './support/lane-world'

/** Consumers that take so many ms of a clock that only they move. */
function setUp(...ms: readonly number[]) {
  const clock = { ms: 0, looks: 0 }
  const environment = {
    ...virtualTime().environment,
    now: () => {
      clock.looks++
      return clock.ms
    },
  }
  const told: UpbitError[] = []
  const slow = new SlowConsumers(environment, (error) => told.push(error))
  const offered: string[] = []
  const consumers = ms.map((takes, index) => {
    const name = `consumer ${index}`
    return {
      name,
      offer: () => {
        offered.push(name)
        clock.ms += takes
      },
    } as Pick<Consumer, 'name' | 'offer'> as Consumer
  })
  return { slow, told, consumers, fanOut: fanOutTo(consumers), clock, offered, environment }
}

function fanOutTo(consumers: readonly Consumer[]): FanOut<Consumer> {
  const fanOut = new FanOut<Consumer>()
  for (const consumer of consumers) fanOut.add(consumer)
  return fanOut
}

describe('SlowConsumers', () => {
  it('C4.4 looks at the clock twice an event, however many consumers there are', () => {
    const { slow, told, fanOut, clock } = setUp(...Array<number>(1000).fill(0))
    slow.fanOut(fanOut, tickerEvent())
    expect(clock.looks).toBe(2)
    expect(told).toEqual([])
  })

  it('C4.4 names the one that took more than 10 ms, in the next event of the same consumers, once', () => {
    const { slow, told, fanOut, offered } = setUp(1, 11, 1)
    slow.fanOut(fanOut, tickerEvent())
    expect(told).toEqual([])
    for (let i = 0; i < 4; i++) slow.fanOut(fanOut, tickerEvent())
    expect(told).toMatchObject([
      {
        code: 'SLOW_CONSUMER',
        consumer: 'consumer 1',
        message: 'consumer 1 took 11 ms for one ticker event.',
        nextStep: expect.stringContaining("deliver: 'task'") as string,
      },
    ])
    expect(offered).toHaveLength(15)
  })

  it('C4.4 finds it also when events of quick consumers come between', () => {
    const { slow, told, consumers } = setUp(1, 11, 1, 1)
    const [first, second, ...others] = consumers as [Consumer, Consumer, ...Consumer[]]
    const mixed = fanOutTo([first, second])
    const quick = fanOutTo(others)
    for (let i = 0; i < 2; i++) {
      slow.fanOut(mixed, tickerEvent())
      slow.fanOut(quick, tickerEvent())
    }
    expect(told).toMatchObject([{ consumer: 'consumer 1' }])
  })

  it('C4.4 names nobody when all together took long and each was quick', () => {
    const { slow, told, fanOut } = setUp(5, 5, 5)
    for (let i = 0; i < 3; i++) slow.fanOut(fanOut, tickerEvent())
    expect(told).toEqual([])
  })

  it('C4.4 names nobody for one slow event, such as the first run of cold code', () => {
    const { slow, told, fanOut } = setUp(11)
    slow.fanOut(fanOut, tickerEvent())
    expect(told).toEqual([])
    slow.fanOut(fanOut, tickerEvent())
    expect(told).toHaveLength(1)
  })

  it.each([3, 50, 1000])('C4.4 names one that is slow in every event number %d', (every) => {
    const { slow, told, consumers, clock } = setUp(0)
    let events = 0
    const seldom = { name: 'seldom', offer: () => (clock.ms += ++events % every === 0 ? 50 : 0) }
    const fanOut = fanOutTo([...consumers, seldom as unknown as Consumer])
    for (let i = 0; i < every * 6; i++) slow.fanOut(fanOut, tickerEvent())
    expect(told).toMatchObject([{ code: 'SLOW_CONSUMER', consumer: 'seldom' }])
  })

  it('C4.4 goes back to two looks at the clock when a hundred events were quick', () => {
    const { slow, consumers, clock } = setUp(0, 0)
    let takes = 50
    const once = { name: 'once', offer: () => ((clock.ms += takes), (takes = 0)) }
    const fanOut = fanOutTo([...consumers, once as unknown as Consumer])
    for (let i = 0; i <= 100; i++) slow.fanOut(fanOut, tickerEvent())
    clock.looks = 0
    slow.fanOut(fanOut, tickerEvent())
    expect(clock.looks).toBe(2)
  })

  it('counts the latency of an event that is timed too', () => {
    const latencies: number[] = []
    const lane = { delivered: (latencyMs: number) => latencies.push(latencyMs) } as unknown as LaneMeter
    const all = { queued: 0, slow() {} } as unknown as Meter
    const { fanOut, environment, clock } = setUp(11)
    const slow = new SlowConsumers(environment, () => {}, { all, lane })
    for (let i = 0; i < 3; i++) slow.fanOut(fanOut, { ...tickerEvent(), received_at: clock.ms })
    expect(latencies).toEqual([11, 11, 11])
  })

  it('C6.2 the account of one that is ended because of the warning is exact', () => {
    const clock = { ms: 0 }
    const fanOut = new FanOut<Consumer>()
    const slow = new SlowConsumers({ ...virtualTime().environment, now: () => clock.ms }, () =>
      consumer.discard(),
    )
    const target = { next: () => void (clock.ms += 11), complete() {}, error() {} }
    const keys = [streamKey('ticker', 'KRW-BTC')]
    const consumer = new Consumer({ kind: 'ticker', keys, options: {}, target, owner: {} }, consumerHost(), 1)
    fanOut.add(consumer)
    consumer.sit(fanOut)
    slow.fanOut(fanOut, tickerEvent())
    slow.fanOut(fanOut, tickerEvent())
    expect(consumer.isOver).toBe(true)
    expect(consumer.tally).toMatchObject({ offered: 2, delivered: 2, pending: 0 })
  })

  it('C4.4 10 ms are not more than 10 ms', () => {
    const { slow, told, fanOut } = setUp(10)
    for (let i = 0; i < 3; i++) slow.fanOut(fanOut, tickerEvent())
    expect(told).toEqual([])
  })
})
