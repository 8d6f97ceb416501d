/** The account by REST at intervals. */
import { of, throwError } from 'rxjs'
import type { UpbitError } from '../../../src/base/errors'
import { UpbitError as Failure } from '../../../src/base/errors'
import { Ledger } from '../../../src/private/ledger/ledger'
import { poll$ } from '../../../src/private/supply/poll'
import type { MissedEvent } from '../../../src/protocol/missed-event'
import { virtualTime } from '../../support/virtual-time'
import { orderRow, rowFill } from '../support/given'

function polled(options?: { pollMs: number }) {
  const time = virtualTime()
  const ledger = new Ledger()
  const told: MissedEvent[] = []
  const errors: UpbitError[] = []
  const looksAtMs: number[] = []
  const priorities = new Set<string | undefined>()
  const book = { open: [orderRow(0)], closed: [orderRow(0)].slice(1), isDown: false }
  const calls = {
    openOrders$: () => (book.isDown ? throwError(() => new Failure('REST_FAILED', 'Down.')) : of(book.open)),
    closedOrders$: () => of(book.closed),
    ordersByIds$: () => of([]),
    order$: () => of({ ...orderRow(10), state: 'done', trades: [rowFill('f1', 10, 1)] }),
    accounts$: (call = {}) => {
      priorities.add((call as { priority?: string }).priority)
      return of([])
    },
  }
  const ports = {
    ledger,
    environment: time.environment,
    calls: {
      ...calls,
      closedOrders$: () => {
        looksAtMs.push(time.nowMs)
        return calls.closedOrders$()
      },
    },
    deliver: (event: MissedEvent) => void told.push(event),
    failed: (error: UpbitError) => void errors.push(error),
  }
  const subscription = poll$(ports, options).subscribe()
  return { time, ledger, told, errors, looksAtMs, priorities, book, subscription }
}

describe('poll$', () => {
  it('looks at once, then 2 s after each look, behind all who wait for an answer', () => {
    const { time, looksAtMs, priorities, subscription } = polled()
    time.pass(6500)
    expect([...new Set(looksAtMs)]).toEqual([0, 2000, 4000, 6000])
    expect([...priorities]).toEqual(['poll'])
    subscription.unsubscribe()
    time.pass(60_000)
    expect(Math.max(...looksAtMs)).toBe(6000)
  })

  it('tells what happened between two looks, and each thing once', () => {
    const { time, told, book } = polled({ pollMs: 500 })
    time.pass(400)
    book.open = []
    book.closed = [orderRow(10, { state: 'done' })]
    time.pass(5000)
    expect(told).toMatchObject([{ state: 'trade', trade_uuid: 'f1' }, { state: 'done' }])
  })

  it('waits longer with each failure in a row, up to a minute, and tells of each; then it is as before', () => {
    const { time, errors, looksAtMs, book } = polled()
    time.pass(100)
    book.isDown = true
    time.pass(600_000)
    const failed = errors.length
    expect(errors.every(({ code }) => code === 'REST_FAILED')).toBe(true)
    // 2, 4, 8, 16, 32, then 60 s apart, each a quarter more or less.
    expect(failed).toBeGreaterThanOrEqual(11)
    expect(failed).toBeLessThanOrEqual(17)
    book.isDown = false
    time.pass(75_000)
    const before = looksAtMs.length
    time.pass(10_000)
    expect(looksAtMs.length - before).toBe(5)
    expect(errors).toHaveLength(failed)
  })
})
