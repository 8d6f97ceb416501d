import { config, filter, map, take } from 'rxjs'
import type { ConsumerConfig } from '../../src/channels/consumer-config'
import { Hub } from '../../src/channels/hub'
import { PlainSubscriber } from '../../src/channels/plain-subscriber'
import type { UpbitStream } from '../../src/channels/upbit-stream'
import { upbitStream$ } from '../../src/channels/upbit-stream'
import { toAsyncIterable } from '../../src/operators/to-async-iterable'
import type { TickerEvent } from '../../src/protocol/events'
import { streamKey } from '../../src/registry/stream-key'
import { aTicker } from '../../src/testing'
import { record } from '../support/recorder'
import { laneWorld } from './support/lane-world'

const keys = [streamKey('ticker', 'KRW-BTC')]

function setUp() {
  const here = laneWorld()
  const hub = new Hub(here.ports)
  const enrolled: Omit<ConsumerConfig, 'owner'>[] = []
  const stream$: UpbitStream<TickerEvent> = upbitStream$(
    (consumer) => {
      enrolled.push(consumer)
      return hub.enrol({ ...consumer, owner: {} })
    },
    { kind: 'ticker', keys, options: {} },
  )
  return { ...here, hub, stream$, enrolled }
}

describe('upbitStream$', () => {
  it('C4.1 enrols at each subscription, and not before', () => {
    const { stream$, enrolled, hub } = setUp()
    expect(enrolled).toEqual([])
    const both = [stream$.subscribe(), stream$.subscribe()]
    expect(enrolled).toHaveLength(2)
    expect(hub.consumers).toHaveLength(2)
    for (const each of both) each.unsubscribe()
    expect(hub.consumers).toEqual([])
  })

  it('has left when `take` has had enough, from memory too', () => {
    const { stream$, exchange, pass, hub } = setUp()
    stream$.subscribe()
    pass(1000)
    const first = record(stream$.pipe(take(1)))
    exchange.emit(aTicker())
    const second = record(stream$.pipe(take(1)))
    expect([first.end, second.end]).toEqual(['complete', 'complete'])
    expect(hub.consumers).toHaveLength(1)
    expect(hub.total).toMatchObject({ offered: 3, delivered: 3, discarded: 0 })
  })

  it.each<[string, (stream$: UpbitStream<TickerEvent>, got: unknown[]) => void]>([
    ['a function', (stream$, got) => void stream$.subscribe((event) => got.push(event))],
    ['an observer', (stream$, got) => void stream$.subscribe({ next: (event) => got.push(event) })],
    [
      'callbacks one by one',
      (stream$, got) =>
        // eslint-disable-next-line @typescript-eslint/no-deprecated, rxjs-x/prefer-observer -- old, and promised by rxjs
        void stream$.subscribe(
          (event) => got.push(event),
          null,
          () => got.push('end'),
        ),
    ],
    [
      'operators',
      (stream$, got) => void stream$.pipe(map((event) => event)).subscribe((event) => got.push(event)),
    ],
    [
      'nobody',
      (stream$, got) => {
        stream$.subscribe()
        got.push('nothing')
      },
    ],
  ])('is subscribed to by %s', (_, subscribe) => {
    const { stream$, exchange, pass, hub } = setUp()
    const got: unknown[] = []
    subscribe(stream$, got)
    pass(1000)
    exchange.emit(aTicker())
    expect(got).toHaveLength(1)
    expect(hub.total).toMatchObject({ offered: 1, delivered: 1 })
  })

  it('leaves a plain function to rxjs where its old switch of synchronous errors is on', () => {
    const { stream$, exchange, pass } = setUp()
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})
    const got: TickerEvent[] = []
    try {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is what the case is of
      config.useDeprecatedSynchronousErrorHandling = true
      const subscription = stream$.subscribe((event) => got.push(event))
      expect(subscription).not.toBeInstanceOf(PlainSubscriber)
    } finally {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- as above
      config.useDeprecatedSynchronousErrorHandling = false
      warn.mockRestore()
    }
    expect(stream$.subscribe(() => {})).toBeInstanceOf(PlainSubscriber)
    pass(1000)
    exchange.emit(aTicker())
    expect(got).toHaveLength(1)
  })

  it('errors when it cannot be enrolled', () => {
    const refused = new Error('already configured')
    const stream$ = upbitStream$(
      () => {
        throw refused
      },
      { kind: 'ticker', keys, options: {} },
    )
    expect(record(stream$)).toMatchObject({ end: 'error', error: refused })
  })

  it('pipes into an async iterable, behind operators too', async () => {
    const { stream$, exchange, pass } = setUp()
    const iterators = [
      stream$.pipe(toAsyncIterable()),
      stream$.pipe(
        filter(({ trade_price }) => trade_price > 1),
        toAsyncIterable(),
      ),
    ]
    const prices = stream$.pipe(
      filter(({ trade_price }) => trade_price > 1),
      map(({ trade_price }) => trade_price),
      toAsyncIterable(),
    )
    const firsts = [...iterators.map((iterator) => iterator.next()), prices.next()]
    pass(1000)
    exchange.emit([aTicker({ trade_price: 1 }), aTicker({ trade_price: 2 })])
    expect(await Promise.all(firsts)).toMatchObject([
      { value: { trade_price: 1 } },
      { value: { trade_price: 2 } },
      { value: 2 },
    ])
  })
})
