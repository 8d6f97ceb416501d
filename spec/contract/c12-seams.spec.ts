/** An account's streams where two of their rules meet: a renewal and a loss, a right and an outage, a linger and a cut. */
import { anAnnouncement } from '../../src/testing'
import { keys, limitOrder as order } from '../support/account'
import { record } from '../support/recorder'
import { world } from '../support/world'

function setUp(scopes?: readonly ('orders' | 'balances')[]) {
  const made = world({
    exchange: {
      accounts: [scopes === undefined ? keys : { ...keys, scopes }],
      market: false,
      latencyMs: 50,
      handshakeMs: 300,
    },
    client: { credentials: keys },
  })
  const account = made.exchange.account()
  account.deposit('KRW', '10000000')
  return { ...made, account }
}

describe('C12 at its seams', () => {
  it('C7, C9.7 an entry that a session has lost is a gap though a renewal brings it back before it is asked about', () => {
    const { upbit, exchange, account, pass } = setUp()
    const announcements = record<unknown>(upbit.announcement$({ gaps: true }))
    const orders = record<unknown>(upbit.myOrder$({ gaps: true }))
    pass(330_000)
    exchange.private.forget(() => true)
    pass(5000)
    exchange.emit(anAnnouncement())
    account.place(order)
    pass(1_000_000)
    expect(announcements.values).toMatchObject([{ phase: 'opened' }, { phase: 'abandoned' }])
    expect(orders.values).toMatchObject([{ phase: 'opened' }, { state: 'wait' }, { phase: 'closed' }])
  })

  it.each([310, 350, 420])(
    'C12.3 announcements, which need no right, outlive the refusal of a subject that REST tells after %i ms',
    (delayMs) => {
      const { upbit, exchange, pass } = setUp(['balances'])
      exchange.delayRest(delayMs)
      const announcements = record(upbit.announcement$())
      const orders = record(upbit.myOrder$())
      pass(60_000)
      expect(orders.error).toMatchObject({ serverName: 'out_of_scope' })
      expect(announcements.error).toBeUndefined()
    },
  )

  it('C12.3 and so they do on a line that is live, where REST takes 2.1 s', () => {
    const { upbit, exchange, pass } = setUp(['balances'])
    const announcements = record(upbit.announcement$())
    pass(10_000)
    exchange.delayRest(2100)
    record(upbit.myOrder$())
    pass(60_000)
    expect(announcements.error).toBeUndefined()
  })

  it('C12.3 the status is live again once a session serves what is wanted', () => {
    const { upbit, exchange, pass } = setUp(['balances'])
    upbit.announcement$().subscribe()
    record(upbit.myOrder$())
    pass(30_000)
    const held = record(upbit.balances$())
    const states = record(upbit.privateStatus$)
    pass(3_600_000)
    expect([exchange.private.connections, held.values.length]).toEqual([1, 1])
    expect(states.values.at(-1)).toMatchObject({ state: 'live' })
  })

  it('C12.3 a subject without its right costs the others nothing where it is asked for in a short outage', () => {
    const { upbit, exchange, pass } = setUp(['orders'])
    upbit.myOrder$().subscribe()
    pass(10_000)
    exchange.private.cut()
    pass(100)
    record(upbit.balances$())
    pass(60_000)
    // REST is well, and was not asked before the socket was.
    expect(exchange.private.dials).toHaveLength(2)
  })

  it('C12.3 whoever joins after a cut in the linger gets no event of before', () => {
    const { upbit, exchange, account, pass } = setUp()
    const first = upbit.myOrder$().subscribe()
    pass(10_000)
    first.unsubscribe()
    pass(500)
    exchange.private.cut()
    pass(1500)
    account.fill(account.place(order).uuid)
    pass(500)
    const late = record(upbit.myOrder$())
    pass(60_000)
    expect(late.values).toEqual([])
  })

  it('C12.2 a gap of a session that was cut before it was accepted, and before any look, is abandoned', () => {
    const { upbit, exchange, account, pass } = setUp()
    exchange.refuseRest(500)
    const told = record<unknown>(upbit.myOrder$({ gaps: true }))
    pass(900)
    exchange.private.cut()
    pass(50)
    account.place(order)
    exchange.acceptRest()
    pass(120_000)
    expect(told.values).toMatchObject([{ phase: 'opened' }, { phase: 'abandoned' }])
  })

  it('C12.5 a snapshot waits for the look that follows an unreadable frame', async () => {
    const { upbit, exchange, account, pass } = setUp()
    upbit.openOrders$().subscribe()
    upbit.myOrder$().subscribe()
    pass(10_000)
    const unreadable = '{"type":"myOrder","code":"KRW-BTC","uuid":12}'
    exchange.private.emitRaw(unreadable)
    pass(3000)
    exchange.private.stall()
    account.place(order)
    exchange.private.resume()
    exchange.private.emitRaw(unreadable)
    pass(2000)
    const asked = upbit.getOpenOrdersSnapshot({ timeoutMs: 40_000 })
    for (let step = 0; step < 400; step++) {
      pass(100)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await asked).toHaveLength(1)
  })
})
