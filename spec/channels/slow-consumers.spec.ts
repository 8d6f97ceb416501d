import type { UpbitError } from '../../src/base/errors'
import type { Consumer } from '../../src/channels/consumer'
import { SlowConsumers } from '../../src/channels/slow-consumers'
import { virtualTime } from '../support/virtual-time'
import { tickerEvent } from './support/events'

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
  return { slow, told, consumers, clock, offered }
}

describe('SlowConsumers', () => {
  it('C4.4 looks at the clock twice an event, however many consumers there are', () => {
    const { slow, told, consumers, clock } = setUp(...Array<number>(1000).fill(0))
    slow.fanOut(consumers, tickerEvent())
    expect(clock.looks).toBe(2)
    expect(told).toEqual([])
  })

  it('C4.4 names the one that took more than 10 ms, in the next event of the same consumers, once', () => {
    const { slow, told, consumers, offered } = setUp(1, 11, 1)
    slow.fanOut(consumers, tickerEvent())
    expect(told).toEqual([])
    for (let i = 0; i < 4; i++) slow.fanOut(consumers, tickerEvent())
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
    const mixed = [first, second]
    for (let i = 0; i < 2; i++) {
      slow.fanOut(mixed, tickerEvent())
      slow.fanOut(others, tickerEvent())
    }
    expect(told).toMatchObject([{ consumer: 'consumer 1' }])
  })

  it('C4.4 names nobody when all together took long and each was quick', () => {
    const { slow, told, consumers } = setUp(5, 5, 5)
    for (let i = 0; i < 3; i++) slow.fanOut(consumers, tickerEvent())
    expect(told).toEqual([])
  })

  it('C4.4 names nobody for one slow event, such as the first run of cold code', () => {
    const { slow, told, consumers } = setUp(11)
    slow.fanOut(consumers, tickerEvent())
    expect(told).toEqual([])
    slow.fanOut(consumers, tickerEvent())
    expect(told).toHaveLength(1)
  })

  it('C4.4 10 ms are not more than 10 ms', () => {
    const { slow, told, consumers } = setUp(10)
    for (let i = 0; i < 3; i++) slow.fanOut(consumers, tickerEvent())
    expect(told).toEqual([])
  })
})
