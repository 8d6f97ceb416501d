import type { GapEvent } from '../../src/channels/gap-event'
import { PendingNotices } from '../../src/channels/pending-notices'

let ids = 0
const unreadable = (fields: Partial<GapEvent> = {}): GapEvent => ({
  type: 'gap',
  id: `${++ids}`,
  phase: 'abandoned',
  cause: 'undecodable',
  event: 'trade',
  code: 'KRW-BTC',
  epochs: [1, 1],
  from_ms: ids,
  to_ms: ids,
  count: 1,
  ...fields,
})

describe('PendingNotices', () => {
  it('C7 unreadable frames of one entry are one notice while it waits, from the first to the last', () => {
    const notices = new PendingNotices()
    const [first, second, third] = [
      unreadable(),
      unreadable({ count: 5 }),
      unreadable({ epochs: [2, 2], to_ms: 99 }),
    ]
    expect([first, second, third].map((gap) => notices.admit(gap))).toEqual([true, false, false])
    expect(notices.take(first)).toEqual({ ...first, epochs: [1, 2], to_ms: 99, count: 7 })
  })

  it('C7 what comes after it was delivered is another notice', () => {
    const notices = new PendingNotices()
    const [first, second] = [unreadable(), unreadable()]
    notices.admit(first)
    expect(notices.take(first)).toBe(first)
    expect(notices.admit(second)).toBe(true)
    expect(notices.take(second)).toBe(second)
  })

  it.each<[string, Partial<GapEvent>]>([
    ['type', { event: 'ticker' }],
    ['code', { code: 'KRW-ETH' }],
    ['grouping', { event: 'orderbook', level: 10 }],
  ])('another %s is another notice', (_, fields) => {
    const notices = new PendingNotices()
    const [here, there] = [unreadable(), unreadable(fields)]
    expect([here, there].map((gap) => notices.admit(gap))).toEqual([true, true])
    expect([there, here].map((gap) => notices.take(gap))).toEqual([there, here])
  })

  it('leaves notices of other causes as they are', () => {
    const notices = new PendingNotices()
    const lost = unreadable({ cause: 'disconnect', phase: 'opened' })
    notices.admit(unreadable())
    expect([notices.admit(lost), notices.admit(lost)]).toEqual([true, true])
    expect(notices.take(lost)).toBe(lost)
  })
})
