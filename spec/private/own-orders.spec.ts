/** Orders that the application places itself, where the answer is what tells of them, sooner or later than all else. */
import { delay } from 'rxjs'
import type { HttpRequest, SendHttp } from '../../src/index'
import { cheapOrder, keys } from '../support/account'
import { world } from '../support/world'

/** An account whose placements are answered so late. */
function placingWith(answerAfterMs: number) {
  const sendHttp: SendHttp = (request) => {
    const answer$ = here.exchange.options.sendHttp(request)
    return isPlacement(request) ? answer$.pipe(delay(answerAfterMs, here.time.scheduler)) : answer$
  }
  const here = world({
    exchange: { market: false, accounts: [keys] },
    client: { credentials: keys, trading: true, sendHttp },
  })
  const account = here.exchange.account(keys.accessKey)
  account.deposit('KRW', '10000000')
  return { ...here, account }
}

const isPlacement = ({ method }: HttpRequest): boolean => method === 'POST'

describe('an order of the application itself', () => {
  it('is in openOrders$ from its answer on, also while the line is down and nothing was looked at since', async () => {
    const { upbit, exchange, pass } = placingWith(0)
    const open: number[] = []
    upbit.openOrders$().subscribe((orders) => open.push(orders.length))
    pass(2000)
    exchange.private.refuse(503)
    exchange.private.cut()
    pass(100)
    const placing = upbit.trading.placeOrder(cheapOrder)
    pass(500)
    await placing
    expect(open).toEqual([0, 1])
    // Whoever comes now waits until REST has said what else there is.
    const late: number[] = []
    upbit.openOrders$().subscribe((orders) => late.push(orders.length))
    expect(late).toEqual([])
    pass(5000)
    expect([open, late]).toEqual([[0, 1], [1]])
  })

  it('is told though it ended before anybody asked, and its answer, which says that it waits, comes last', async () => {
    const { upbit, account, pass } = placingWith(4000)
    const placing = upbit.trading.placeOrder(cheapOrder)
    pass(500)
    account.fill(account.orders[0]!.uuid)
    const open: number[] = []
    const told: string[] = []
    upbit.openOrders$().subscribe((orders) => open.push(orders.length))
    upbit.myOrder$().subscribe(({ state, source }) => told.push(`${state} ${source}`))
    pass(3600)
    expect((await placing).state).toBe('wait')
    expect(told).toEqual([])
    pass(3000)
    expect(open).toEqual([0])
    expect(told).toEqual(['wait rest', 'trade rest', 'done rest'])
  })

  it('is told from its beginning on though a first look that came before its answer took it for an old one', async () => {
    const { upbit, exchange, account, pass } = placingWith(4000)
    const told: string[] = []
    exchange.private.refuse(503)
    const placing = upbit.trading.placeOrder(cheapOrder)
    pass(500)
    const { uuid } = account.orders[0]!
    account.fill(uuid, '0.004')
    upbit.myOrder$().subscribe(({ state, source }) => told.push(`${state} ${source}`))
    pass(3000)
    exchange.private.accept()
    expect(told).toEqual([])
    pass(60_000)
    await placing
    account.fill(uuid)
    pass(60_000)
    expect(told).toEqual(['wait rest', 'trade rest', 'trade socket', 'done socket'])
  })
})
