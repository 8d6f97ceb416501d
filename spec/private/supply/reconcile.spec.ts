/** A sweep by REST against the model of an account: which calls it makes, what it tells, and in which turn. */
import type { Observable } from 'rxjs'
import { concat, defer, EMPTY, NEVER, of, throwError } from 'rxjs'
import { UpbitError } from '../../../src/base/errors'
import { Ledger } from '../../../src/private/ledger/ledger'
import { reconcile$ } from '../../../src/private/supply/reconcile'
import type { MissedEvent } from '../../../src/protocol/missed-event'
import type { SweepOptions, SweepPorts, SweepSummary } from '../../../src/private/supply/sweep'
import type { RestOrder } from '../../../src/rest/rows/order-row'
import { virtualTime } from '../../support/virtual-time'
import type { Frame } from '../support/account-model'
import { AccountModel } from '../support/account-model'
import { account, assetFrame, createdMs, fillFrame, orderFrame, orderRow, rowFill } from '../support/given'
import { modelCalls } from '../support/model-calls'

type Calls = SweepPorts['calls']

/** An account of which each call is answered at once, unless given otherwise. */
function calls(given: Partial<Calls> = {}): Calls {
  return {
    accounts$: () => of([]),
    openOrders$: () => of([]),
    closedOrders$: () => of([]),
    ordersByIds$: () => of([]),
    order$: () => NEVER,
    ...given,
  }
}

function world() {
  const { environment, pass } = virtualTime()
  const ledger = new Ledger()
  const told: MissedEvent[] = []
  const run = (given: Calls, options?: SweepOptions) => {
    const outcome: { summary?: SweepSummary; error?: unknown } = {}
    const ports = {
      ledger,
      calls: given,
      environment,
      deliver: (event: MissedEvent) => void told.push(event),
    }
    const subscription = reconcile$(ports, options).subscribe({
      next: (summary) => {
        outcome.summary = summary
      },
      error: (error: unknown) => {
        outcome.error = error
      },
    })
    return { outcome, subscription }
  }
  return { environment, pass, ledger, told, run, judge: (frame: Frame) => ledger.judge(frame) }
}

describe('reconcile$', () => {
  it('C12.2 resolves by id, a hundred at a time, what was open here and is in no list', () => {
    const { ledger, run, told, judge } = world()
    run(calls())
    for (let index = 0; index < 250; index++) judge(orderFrame({ uuid: `order-${index}` }))
    const asked: (readonly string[] | undefined)[] = []
    const { outcome } = run(
      calls({
        ordersByIds$: ({ uuids = [] }) => {
          asked.push(uuids)
          return of(uuids.map((uuid) => orderRow(0, { uuid, state: 'cancel' })))
        },
      }),
    )
    expect(asked.map((uuids) => uuids?.length)).toEqual([100, 100, 50])
    expect(told).toHaveLength(250)
    expect(told.every((event) => event.type === 'myOrder' && event.state === 'cancel')).toBe(true)
    expect(ledger.openOrders.value).toEqual([])
    expect(outcome.summary).toEqual({
      calls: 7,
      missed: 250,
      unsettled: 0,
      vanished: 0,
      isBlind: false,
      isOvertaken: false,
    })
  })

  it('C12.2 fetches the fills of each order of which more was executed than is known, and of no other', () => {
    const { run, told, judge } = world()
    run(calls())
    judge(orderFrame({ uuid: 'a' }))
    judge(orderFrame({ uuid: 'b' }))
    judge(fillFrame('f1', 4, 4, { uuid: 'b' }))
    const asked: (string | undefined)[] = []
    run(
      calls({
        openOrders$: () => of([orderRow(4, { uuid: 'a' }), orderRow(4, { uuid: 'b' })]),
        order$: ({ uuid }) => {
          asked.push(uuid)
          return of(orderRow(4, { uuid: 'a', trades: [rowFill('g1', 1, 1), rowFill('g2', 3, 2)] }))
        },
      }),
    )
    expect(asked).toEqual(['a'])
    expect(told).toMatchObject([
      { uuid: 'a', trade_uuid: 'g1', executed_volume: '1' },
      { uuid: 'a', trade_uuid: 'g2', executed_volume: '4' },
    ])
  })

  it('C12.2 what is lost while it asks is the next one’s, however new the frames are that come in between', () => {
    const { ledger, run, told, judge } = world()
    run(calls())
    judge(orderFrame({ uuid: 'before' }))
    const losing = calls({
      closedOrders$: () =>
        defer(() => {
          ledger.lineLost()
          return of([])
        }),
    })
    expect(run(losing).outcome.summary).toMatchObject({ missed: 0, isOvertaken: true })
    const laterMs = createdMs + 60_000
    judge(orderFrame({ uuid: 'later', timestamp: laterMs, order_timestamp: laterMs }))
    const made = orderRow(0, { uuid: 'made', state: 'cancel' })
    expect(run(calls({ closedOrders$: () => of([made]) })).outcome.summary).toMatchObject({
      missed: 2,
      isOvertaken: false,
    })
    expect(told).toMatchObject([
      { uuid: 'made', state: 'wait' },
      { uuid: 'made', state: 'cancel' },
    ])
  })

  it('finds an order that was made and ended while no frame came, and none of before', () => {
    const { ledger, run, told } = world()
    const old = orderRow(10, { uuid: 'old', state: 'done', created_at: '2026-11-23T08:59:58+09:00' })
    run(calls({ closedOrders$: () => of([old]) }))
    ledger.lineLost()
    const made = orderRow(10, { uuid: 'made', state: 'done' })
    run(
      calls({
        closedOrders$: () => of([made, old]),
        order$: () => of({ ...made, trades: [rowFill('f1', 10, 0)] }),
      }),
    )
    expect(told).toMatchObject([
      { uuid: 'made', state: 'wait' },
      { uuid: 'made', trade_uuid: 'f1' },
      { uuid: 'made', state: 'done' },
    ])
  })

  it('C12.2 an order of an outage is told though no look was through before it, and that more may be missing is said once', () => {
    const { ledger, run, told, judge } = world()
    const refused = new UpbitError('REST_FAILED', 'It failed.')
    run(calls({ closedOrders$: () => throwError(() => refused) }))
    ledger.live()
    judge(orderFrame({ uuid: 'heard', timestamp: createdMs + 10_000, order_timestamp: createdMs + 10_000 }))
    ledger.lineLost()
    const at = (second: number): string => `2026-11-23T09:00:${String(second).padStart(2, '0')}+09:00`
    const heard = orderRow(0, { uuid: 'heard', created_at: at(10) })
    const made = orderRow(10, { uuid: 'made', state: 'done', created_at: at(11) })
    const old = orderRow(10, { uuid: 'old', state: 'done', created_at: at(8) })
    const given = calls({
      openOrders$: () => of([heard]),
      closedOrders$: () => of([made, old]),
      accounts$: () => of([account('KRW', '7')]),
    })
    const fills$ = (): Observable<RestOrder> => of({ ...made, trades: [rowFill('f1', 10, 12)] })
    // What was owed is owed still after a look that failed.
    expect(run({ ...given, order$: () => throwError(() => refused) }).outcome.error).toBe(refused)
    expect(run({ ...given, order$: fills$ }).outcome.summary).toMatchObject({ isBlind: true })
    expect(told).toMatchObject([
      { uuid: 'made', state: 'wait' },
      { assets: [{ currency: 'KRW', balance: '7' }] },
      { uuid: 'made', trade_uuid: 'f1' },
      { uuid: 'made', state: 'done' },
    ])
    expect(run({ ...given, order$: fills$ }).outcome.summary).toMatchObject({
      missed: 0,
      isBlind: false,
      isOvertaken: false,
    })
  })

  it('C12.2 tells nothing and says so, where a line was lost of which neither frame nor look was had', () => {
    const { ledger, run, told } = world()
    ledger.live(['orders'])
    ledger.lineLost()
    const given = calls({
      closedOrders$: () => of([orderRow(10, { state: 'done' })]),
      accounts$: () => of([account('KRW', '7')]),
    })
    expect(run(given, { subjects: ['balances'] }).outcome.summary).toMatchObject({ isBlind: false })
    expect(run(given, { subjects: ['orders'] }).outcome.summary).toMatchObject({ isBlind: true })
    expect(told).toEqual([])
  })

  it('a line that was never there, or is lost after the first look, hides nothing', () => {
    const { ledger, run } = world()
    ledger.lineLost()
    expect(run(calls()).outcome.summary).toMatchObject({ isBlind: false })
    ledger.live()
    ledger.lineLost()
    expect(run(calls()).outcome.summary).toMatchObject({ isBlind: false, isOvertaken: false })
  })

  it('C12.2 finds an order that was made and ended in an outage longer than the week that REST tells', () => {
    const { environment, pass, ledger, run, told } = world()
    run(calls())
    ledger.lineLost()
    const madeMs = environment.now() + 86_400_000
    pass(20 * 86_400_000)
    const made = orderRow(0, { state: 'cancel', created_at: new Date(madeMs).toISOString() })
    const given = calls({
      closedOrders$: ({ endTime = environment.now() } = {}) =>
        of(madeMs <= Number(endTime) && madeMs >= Number(endTime) - 7 * 86_400_000 ? [made] : []),
    })
    run(given)
    expect(told).toMatchObject([{ state: 'wait' }, { state: 'cancel' }])
    // Closed, open, accounts: the last look is not long ago.
    expect(run(given).outcome.summary).toMatchObject({ calls: 3, missed: 0 })
  })

  it('C12.2 asks once more for what a frame touches meanwhile, at most three times, and keeps the frame', () => {
    const { ledger, run, told, judge } = world()
    let accounts = 0
    let byIds = 0
    const { outcome } = run(
      calls({
        openOrders$: () => {
          judge(orderFrame({ timestamp: 1_000_000_000_000 }))
          return of([orderRow(0, { locked: '1' })])
        },
        ordersByIds$: () => {
          byIds++
          judge(fillFrame(`f${byIds}`, 1, byIds))
          return of([orderRow(0, { locked: '2' })])
        },
        accounts$: () => {
          accounts++
          judge(assetFrame(`x${accounts}`, accounts, ['KRW', String(100 + accounts)]))
          return of([account('KRW', '1'), account('BTC', '2')])
        },
      }),
    )
    expect([byIds, accounts]).toEqual([2, 3])
    expect(outcome.summary).toMatchObject({ unsettled: 2 })
    expect(ledger.balances.value).toMatchObject([
      { currency: 'BTC', balance: '2' },
      { currency: 'KRW', balance: '103' },
    ])
    expect(ledger.openOrders.value).toMatchObject([{ executed_volume: '2', locked: '1000.5' }])
    expect(told).toEqual([])
  })

  it('does not ask again for what nothing touched', () => {
    const { run } = world()
    const { outcome } = run(calls({ accounts$: () => of([account('KRW', '1')]) }))
    // Closed, open, closed, accounts.
    expect(outcome.summary).toEqual({
      calls: 4,
      missed: 0,
      unsettled: 0,
      vanished: 0,
      isBlind: false,
      isOvertaken: false,
    })
  })

  it('an order that a frame opened after the open ones were listed is no vanished one', () => {
    const { ledger, run, judge } = world()
    run(calls())
    const { outcome } = run(
      calls({
        closedOrders$: () => {
          judge(orderFrame())
          return of([])
        },
        ordersByIds$: () => of([orderRow()]),
      }),
    )
    expect(outcome.summary).toMatchObject({ vanished: 0, unsettled: 0 })
    expect(ledger.openOrders.value).toHaveLength(1)
  })

  it('an order that REST denies is given up after three looks, not after three calls of one', () => {
    const { ledger, run, told, judge } = world()
    run(calls())
    judge(orderFrame())
    const denied = { calls: 6, missed: 0, unsettled: 1, vanished: 0, isBlind: false, isOvertaken: false }
    expect(run(calls()).outcome.summary).toEqual(denied)
    expect(run(calls()).outcome.summary).toEqual(denied)
    // A look that did not get to its end is none.
    run(calls({ accounts$: () => NEVER })).subscription.unsubscribe()
    expect(ledger.openOrders.value).toHaveLength(1)
    expect(run(calls()).outcome.summary).toEqual({ ...denied, unsettled: 0, vanished: 1 })
    expect(ledger.openOrders.value).toEqual([])
    expect(told).toEqual([])
  })

  it('errors with what REST says, and the next one finds what this one did not tell', () => {
    const { run, told, judge } = world()
    run(calls())
    judge(orderFrame())
    const refused = new UpbitError('REST_FAILED', 'It failed.')
    const ended = orderRow(4, { state: 'cancel' })
    const failing = run(calls({ ordersByIds$: () => of([ended]), order$: () => throwError(() => refused) }))
    expect(failing.outcome).toEqual({ error: refused })
    expect(told).toEqual([])
    run(
      calls({
        ordersByIds$: () => of([ended]),
        order$: () => of({ ...ended, trades: [rowFill('f1', 4, 1)] }),
      }),
    )
    expect(told).toMatchObject([{ state: 'trade' }, { state: 'cancel' }])
  })

  it('an order without a page of its own keeps its end for the next one, and stops nothing', () => {
    const { run, told, judge, pass } = world()
    run(calls())
    judge(orderFrame())
    const row = orderRow(4, { state: 'cancel' })
    const given = calls({
      ordersByIds$: () => of([row]),
      order$: () => throwError(() => new UpbitError('NOT_FOUND', 'No such order.')),
    })
    const { outcome } = run(given)
    pass(4999)
    expect(outcome.summary).toBeUndefined()
    pass(1)
    expect(outcome.summary).toMatchObject({ missed: 0 })
    run(given)
    expect(told).toMatchObject([{ state: 'cancel' }])
  })

  it('C12.2 asks once more for fills whose order REST does not know yet, before it tells of the end without them', () => {
    const { run, told, judge, pass } = world()
    run(calls())
    judge(orderFrame())
    let asked = 0
    run(
      calls({
        ordersByIds$: () => of([orderRow(4, { state: 'cancel' })]),
        order$: () =>
          asked++ === 0
            ? throwError(() => new UpbitError('NOT_FOUND', 'No such order.'))
            : of(orderRow(4, { state: 'cancel', trades: [rowFill('f1', 4, 0)] })),
      }),
    )
    pass(5000)
    expect(told).toMatchObject([{ state: 'trade', trade_uuid: 'f1' }, { state: 'cancel' }])
  })

  it('the end of the client is no answer: nothing is known by it', () => {
    const { ledger, run } = world()
    const { outcome } = run(calls({ openOrders$: () => EMPTY }))
    expect(outcome.error).toMatchObject({ code: 'ABORTED' })
    expect(ledger.openOrders.value).toBeUndefined()
  })

  it('unsubscribing aborts the call in flight, and no other one is made', () => {
    const { run } = world()
    const log: string[] = []
    const { subscription } = run(
      calls({
        closedOrders$: () => concat(of([] as readonly RestOrder[])),
        openOrders$: () => {
          log.push('open')
          return NEVER
        },
        accounts$: () => {
          log.push('accounts')
          return of([])
        },
      }),
    )
    subscription.unsubscribe()
    expect(log).toEqual(['open'])
  })

  it('looks at what it is asked for alone: a key may have no right to the rest', () => {
    const { ledger, run } = world()
    const asked = run(calls({ openOrders$: () => NEVER }), { subjects: ['balances'] })
    expect(asked.outcome.summary).toMatchObject({ calls: 1 })
    expect(ledger.balances.value).toEqual([])
    expect(ledger.openOrders.value).toBeUndefined()
  })

  it('10,000 orders come with a change of the view each hundred, and two calls each hundred at most', () => {
    const { environment, pass, ledger, run } = world()
    const model = new AccountModel(
      () => environment.now(),
      () => undefined,
      () => 0,
    )
    for (let index = 0; index < 10_000; index++) model.placeLimit('BTC', 'bid', index % 40, false)
    const { calls: given, log } = modelCalls(model, environment, { latencyMs: 10 })
    let changes = 0
    ledger.openOrders.value$.subscribe(() => changes++)
    const { outcome } = run(given)
    pass(60_000)
    expect(ledger.openOrders.value).toHaveLength(10_000)
    expect(outcome.summary?.missed).toBe(0)
    expect(log.open).toBeLessThan(120)
    // Not known before, it is shown once.
    expect(changes).toBe(1)
    const again = run(given)
    pass(60_000)
    expect(again.outcome.summary?.missed).toBe(0)
    expect(log.order).toBeUndefined()
  })
})
