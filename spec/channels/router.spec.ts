import type { EventHead } from '../../src/channels/event-key'
import type { RouteConsumer } from '../../src/channels/fan-out'
import { Router } from '../../src/channels/router'
import { newCounters } from '../../src/connection/counters'
import type { PublicEvent } from '../../src/protocol/events'
import { streamKey } from '../../src/registry/stream-key'
import { orderbookEvent, tickerEvent, tradeEvent } from './support/events'

interface Listener extends RouteConsumer {
  readonly got: PublicEvent[]
}

function listener(each: (event: PublicEvent) => void = () => {}): Listener {
  const got: PublicEvent[] = []
  return {
    got,
    offer: (offered) => {
      const event = offered as PublicEvent
      got.push(event)
      each(event)
    },
    isPatient: false,
    offerLatest() {},
    returned() {},
    threw() {},
  }
}

function setUp() {
  const counters = newCounters()
  const resumed: string[] = []
  const stepped: EventHead[] = []
  const router = new Router<Listener>({
    counters,
    stepped: (event) => stepped.push(event),
    resumed: (route, event) => resumed.push(`${route.key.id} ${event.epoch}`),
    fanOut: (fanOut, event) => fanOut.run(event),
    keep: (fanOut, latest) => fanOut.runLatest(latest),
  })
  return { router, counters, resumed, stepped }
}

const btc = streamKey('ticker', 'KRW-BTC')
const eth = streamKey('ticker', 'KRW-ETH')
const book = streamKey('orderbook', 'KRW-BTC')
const grouped = streamKey('orderbook', 'KRW-BTC', 10_000)

describe('Router', () => {
  it('C4.4 hands an event to the consumers of its type, code and level, and to nobody else', () => {
    const { router, counters } = setUp()
    const listeners = [btc, eth, book, grouped].map((key) => {
      const made = listener()
      router.open(key).add(made)
      return made
    })
    const events = [
      tickerEvent(),
      tickerEvent({}, { code: 'KRW-ETH' }),
      orderbookEvent(),
      orderbookEvent({}, { level: 10_000 }),
    ]
    for (const event of events) router.dispatch(event)
    router.dispatch(tradeEvent())
    router.dispatch(orderbookEvent({}, { level: 5 }))
    expect(listeners.map(({ got }) => got)).toEqual(events.map((event) => [event]))
    expect(counters).toMatchObject({ routed: 4, unrouted: 2, duplicate: 0, stale: 0 })
  })

  it('opens one route a key, and finds it', () => {
    const { router } = setUp()
    const route = router.open(grouped)
    expect(router.open(streamKey('orderbook', 'KRW-BTC', 10_000))).toBe(route)
    expect(router.find('orderbook', 'KRW-BTC', 10_000)).toBe(route)
    expect(router.find('orderbook', 'KRW-BTC')).toBeUndefined()
    expect(router.find('weather', 'KRW-BTC')).toBeUndefined()
  })

  it('finds the route of a code that has consumers, whatever its level', () => {
    const { router } = setUp()
    router.open(book)
    expect(router.findConsumed('orderbook', 'KRW-BTC')).toBeUndefined()
    const route = router.open(grouped)
    route.add(listener())
    expect(router.findConsumed('orderbook', 'KRW-BTC')).toBe(route)
    expect(router.findConsumed('orderbook', 'KRW-ETH')).toBeUndefined()
    expect(router.findConsumed(undefined, undefined)).toBeUndefined()
  })

  it('counts what the order withholds, and what nobody waits for', () => {
    const { router, counters, stepped } = setUp()
    const route = router.open(btc)
    route.add(listener())
    router.dispatch(tickerEvent({ ms: 9000 }))
    for (const ms of [1, 2, 3]) router.dispatch(tickerEvent({ ms }))
    router.dispatch(tickerEvent({ ms: 3 }, { stream_type: 'SNAPSHOT' }))
    router.dispatch(tradeEvent())
    expect(counters).toMatchObject({ routed: 2, stale: 2, duplicate: 1, unrouted: 1 })
    expect(stepped).toHaveLength(1)
  })

  it('goes on judging and remembering while a route has no consumers', () => {
    const { router, counters } = setUp()
    const route = router.open(btc)
    router.dispatch(tickerEvent({ ms: 2 }))
    router.dispatch(tickerEvent({ ms: 1 }))
    expect(route.memory).toMatchObject({ source: 'socket' })
    expect(counters).toMatchObject({ unrouted: 1, stale: 1 })
  })

  it('tells of the first frame of an epoch before any consumer sees it', () => {
    const { router, resumed } = setUp()
    const order: string[] = []
    router.open(btc).add(listener(() => order.push(`delivered after ${resumed.length}`)))
    router.dispatch(tickerEvent())
    router.dispatch(tickerEvent())
    router.dispatch(tickerEvent({ epoch: 2 }))
    expect(resumed).toEqual(['ticker KRW-BTC 1', 'ticker KRW-BTC 2'])
    expect(order).toEqual(['delivered after 1', 'delivered after 1', 'delivered after 2'])
  })

  describe('C4.6', () => {
    it('C4.6 an event that a callback causes is delivered after the current one', () => {
      const { router } = setUp()
      const first = listener(() => {
        if (first.got.length < 3) router.dispatch(tickerEvent({ ms: first.got.length }))
      })
      const second = listener(() => order.push(second.got.length))
      const order: number[] = []
      for (const each of [first, second]) router.open(btc).add(each)
      router.dispatch(tickerEvent())
      expect(second.got).toEqual(first.got)
      expect(order).toEqual([1, 2, 3])
    })

    it('C4.6 so is any other work, in the order in which it was caused', () => {
      const { router } = setUp()
      const log: string[] = []
      router.open(btc).add(
        listener(({ received_at }) => {
          log.push(`event ${received_at - tickerEvent().received_at}`)
          if (log.length > 1) return
          router.inTurn(() => {
            log.push('work')
            router.inTurn(() => log.push('work of work'))
          })
          router.dispatch(tickerEvent({ ms: 1 }))
          log.push('end of callback')
        }),
      )
      router.dispatch(tickerEvent())
      expect(log).toEqual(['event 0', 'end of callback', 'work', 'event 1', 'work of work'])
    })

    it('C4.6 work outside of a delivery is done at once, and holds back the events that it causes', () => {
      const { router } = setUp()
      const log: string[] = []
      router.open(btc).add(listener(() => log.push('event')))
      router.inTurn(() => {
        router.dispatch(tickerEvent())
        log.push('work')
      })
      expect(log).toEqual(['work', 'event'])
    })

    it('C4.6 work that throws does not stop what comes later', () => {
      const { router } = setUp()
      const here = listener()
      router.open(btc).add(here)
      expect(() =>
        router.inTurn(() => {
          throw new Error('broken')
        }),
      ).toThrow('broken')
      router.dispatch(tickerEvent())
      expect(here.got).toHaveLength(1)
    })

    it('C4.6 who joins or leaves from inside a callback changes the next event, not this one', () => {
      const { router } = setUp()
      const late = listener()
      const route = router.open(btc)
      const first = listener(() => {
        if (first.got.length > 1) return
        route.add(late)
        route.remove(second)
      })
      const second = listener()
      for (const each of [first, second]) route.add(each)
      router.dispatch(tickerEvent())
      router.dispatch(tickerEvent())
      expect([first, second, late].map(({ got }) => got.length)).toEqual([2, 1, 1])
    })
  })

  it('prunes what has no consumer and is not on the wire', () => {
    const { router } = setUp()
    router.open(btc).add(listener())
    router.open(eth)
    router.open(book)
    router.prune((id) => id === book.id)
    expect([btc, eth, book].map(({ type, code }) => router.find(type, code) !== undefined)).toEqual([
      true,
      false,
      true,
    ])
  })

  it('forgets memory, and keeps the marks', () => {
    const { router, counters } = setUp()
    const route = router.open(btc)
    router.dispatch(tickerEvent({ ms: 2 }))
    router.forgetMemory()
    expect(route.memory).toBeUndefined()
    router.dispatch(tickerEvent({ ms: 1 }))
    expect(counters.stale).toBe(1)
  })
})
