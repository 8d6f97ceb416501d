import { NEVER, Subject } from 'rxjs'
import type { ConsumerDeliveryPorts } from '../../src/channels/consumer-delivery'
import { createConsumerDelivery } from '../../src/channels/consumer-delivery'
import { PendingNotices } from '../../src/channels/pending-notices'
import { streamKey } from '../../src/registry/stream-key'
import { virtualTime } from '../support/virtual-time'
import { candleEvent, orderEvent, tickerEvent, tradeEvent } from './support/events'
import { recordingTarget } from './support/lane-world'

function setUp(given: Partial<ConsumerDeliveryPorts> = {}) {
  const recording = recordingTarget()
  const lost = jest.fn()
  const overflowing = jest.fn()
  const ended = jest.fn()
  const delivery = createConsumerDelivery({
    name: 'spec',
    kind: 'ticker',
    keys: [streamKey('ticker', 'KRW-BTC'), streamKey('ticker', 'KRW-ETH')],
    options: { deliver: NEVER },
    target: recording.target,
    notices: undefined,
    environment: virtualTime().environment,
    lost,
    refill: () => undefined,
    problem: jest.fn(),
    waited: jest.fn(),
    dropped: jest.fn(),
    overflowing,
    ended,
    landed: jest.fn(),
    ...given,
  })
  return { ...recording, delivery, lost, overflowing, ended }
}

describe('createConsumerDelivery', () => {
  it('C6.1 keeps one state a key', () => {
    const { delivery } = setUp()
    for (const code of ['KRW-BTC', 'KRW-ETH', 'KRW-BTC']) delivery.offer(tickerEvent({}, { code }))
    expect(delivery.tally).toMatchObject({ offered: 3, coalesced: 1, pending: 2 })
  })

  it('C6.1 keeps 1,024 trades, and 64 periods a code of a candle', () => {
    const trades = setUp({ kind: 'trade', keys: [streamKey('trade', 'KRW-BTC')] })
    for (let i = 0; i < 1030; i++) trades.delivery.offer(tradeEvent())
    expect(trades.delivery.tally).toMatchObject({ pending: 1024, dropped: 6 })
    const candles = setUp({ kind: 'candle', keys: [streamKey('candle.1m', 'KRW-BTC')] })
    for (let i = 0; i < 70; i++) candles.delivery.offer(candleEvent({ ms: i * 60_000 }))
    expect(candles.delivery.tally).toMatchObject({ pending: 64, dropped: 6 })
  })

  it('C6.1 drops no order, no balance and no announcement without a word: 1,024 wait, and more is an error', () => {
    for (const kind of ['myOrder', 'myAsset', 'announcement'] as const) {
      const { delivery, overflowing } = setUp({ kind, keys: [streamKey(kind, '')] })
      for (let i = 0; i < 1024; i++) delivery.offer(orderEvent())
      expect(delivery.tally).toMatchObject({ pending: 1024, coalesced: 0, dropped: 0 })
      delivery.offer(orderEvent())
      expect(delivery.tally).toMatchObject({ pending: 1024, dropped: 1 })
      expect(overflowing).toHaveBeenCalledTimes(1)
    }
  })

  it('C7 tells a run of drops as a gap of the consumer, in band for who asked alone', () => {
    for (const gaps of [true, false]) {
      const notifier = new Subject<void>()
      const { delivery, lost, got } = setUp({
        options: { deliver: notifier, gaps, buffer: { capacity: 1, overflow: 'drop-oldest' } },
        notices: new PendingNotices(),
      })
      delivery.offer(tickerEvent())
      delivery.offer(tickerEvent())
      notifier.next()
      expect(lost.mock.calls).toMatchObject([[{ cause: 'overflow', consumer: 'spec', count: 1 }]])
      expect(got.map(({ type }) => type)).toEqual(gaps ? ['gap', 'ticker'] : ['ticker'])
    }
  })

  it('C6.2 under error says so at the first drop, and ends with the error behind what waits', () => {
    const notifier = new Subject<void>()
    const { delivery, overflowing, ended, got } = setUp({
      options: { deliver: notifier, buffer: { capacity: 1, overflow: 'error' } },
    })
    delivery.offer(tickerEvent())
    delivery.offer(tickerEvent())
    expect(overflowing).toHaveBeenCalledTimes(1)
    expect(ended).not.toHaveBeenCalled()
    notifier.next()
    expect(got).toHaveLength(1)
    expect(ended.mock.calls).toEqual([[expect.objectContaining({ code: 'BUFFER_OVERFLOW' })]])
  })
})
