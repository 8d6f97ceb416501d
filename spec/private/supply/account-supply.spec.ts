/** When a subject is looked at, and when a look has the last word. */
import { BehaviorSubject, of } from 'rxjs'
import type { AccountSubject } from '../../../src/private/ledger/account-subject'
import { Ledger } from '../../../src/private/ledger/ledger'
import type { Line, SupplyPorts } from '../../../src/private/supply/account-supply'
import { AccountSupply } from '../../../src/private/supply/account-supply'
import { orderFrame, orderRow } from '../support/given'
import { virtualTime } from '../../support/virtual-time'

function setUp(subject: AccountSubject = 'orders') {
  const { environment, pass } = virtualTime()
  const ledger = new Ledger()
  const lineSubject = new BehaviorSubject<Line>('live')
  const told: string[] = []
  const settled: boolean[] = []
  let isEnded = false
  let looks = 0
  const rows = () => (isEnded ? [orderRow(0, { state: 'cancel' })] : [])
  const ports: SupplyPorts = {
    environment,
    ledger,
    pollAfterMs: 3000,
    pollMs: 2000,
    calls: {
      accounts$: () => of([]),
      openOrders$: () => {
        looks++
        return of(isEnded ? [] : [orderRow(0)])
      },
      closedOrders$: () => of(rows()),
      ordersByIds$: () => of(rows()),
      order$: () => of(orderRow(0)),
    },
    lineOf$: () => lineSubject,
    deliver: (event) => told.push('state' in event ? `${event.type} ${event.state}` : event.type),
    settled: (_subject, { isBlind }) => settled.push(isBlind),
    polled: () => undefined,
    allowed: () => undefined,
    refused: () => undefined,
    failed: () => undefined,
  }
  new AccountSupply(ports).want([subject])
  return { pass, ledger, lineSubject, told, settled, end: () => (isEnded = true), looks: () => looks }
}

describe('AccountSupply', () => {
  it('C12.2 looks again five seconds after frames were lost, since REST may be behind, and only then a gap ends', () => {
    const { pass, ledger, lineSubject, told, settled, end, looks } = setUp()
    expect([settled, looks()]).toEqual([[false], 1])
    ledger.lineLost()
    lineSubject.next('down')
    lineSubject.next('live')
    expect(looks()).toBe(2)
    // What was missed is in no answer of the first look.
    end()
    pass(4999)
    expect([settled, told]).toEqual([[false], []])
    pass(1)
    expect([settled, told, looks()]).toEqual([[false, false], ['myOrder cancel'], 3])
    pass(60_000)
    lineSubject.next('live')
    expect([settled.length, looks()]).toEqual([3, 4])
  })

  it('C12.2 nor does a look end it that comes in between, because frames leave open what balances are', () => {
    const { pass, ledger, lineSubject, settled } = setUp('balances')
    expect(settled).toEqual([false])
    ledger.lineLost()
    lineSubject.next('down')
    lineSubject.next('live')
    ledger.judge(orderFrame())
    pass(4999)
    expect(settled).toEqual([false])
    pass(1)
    expect(settled).toEqual([false, false])
  })

  it('C12.2 a gap is abandoned by what the first look owns up to, though another has the last word', () => {
    const { pass, ledger, lineSubject, settled } = setUp()
    ledger.forget(['orders'])
    ledger.live()
    ledger.lineLost()
    lineSubject.next('live')
    pass(3000)
    // Before it came another loss.
    ledger.lineLost()
    lineSubject.next('live')
    pass(5000)
    expect(settled).toEqual([false, true])
  })
})
