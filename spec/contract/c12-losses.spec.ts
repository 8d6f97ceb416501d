/** C12.2 from outside: frames of an account that are lost in ways that are no plain outage, and what REST then tells. */
import { isOrderFilled } from '../../src/index'
import { anOrderbook } from '../../src/testing'
import { keys, limitOrder as limit } from '../support/account'
import { record } from '../support/recorder'
import { world } from '../support/world'

const sale = { market: 'KRW-BTC', side: 'ask', ord_type: 'market', volume: '0.001' } as const

/** `hasBook`: market orders find something to trade with. */
function setUp({ hasBook = true } = {}) {
  const here = world({
    exchange: { market: false, accounts: [keys] },
    client: { credentials: keys },
  })
  const account = here.exchange.account()
  account.deposit('KRW', '1000000000')
  account.deposit('BTC', '5')
  if (hasBook) here.exchange.emit(anOrderbook())
  const orders = record(here.upbit.myOrder$())
  const told = (uuid: string): readonly string[] =>
    orders.values
      .filter((event) => event.uuid === uuid)
      .map(({ source, state, executed_volume }) => `${source} ${state} ${executed_volume}`)
  const phases = (): readonly string[] => here.gaps.map(({ phase }) => phase)
  /** Until it is so: the moments of which these specs tell are the exchange's. */
  const passUntil = (isSo: () => boolean, stepMs = 20): void => {
    for (let step = 0; step < 5000 && !isSo(); step++) here.pass(stepMs)
    expect(isSo()).toBe(true)
  }
  here.pass(5000)
  return { ...here, account, orders, told, phases, passUntil }
}

/** The subscription is there again, an order of now comes by it, and the sale that was made without it by REST. */
function expectAllTold({ exchange, pass, account, told }: ReturnType<typeof setUp>, uuid: string): void {
  pass(80)
  expect(exchange.private.subscribed('myOrder')).toBe(true)
  const later = account.place(limit)
  pass(5000)
  expect(told(later.uuid)).toEqual(['socket wait 0'])
  expect(told(uuid)).toEqual(['rest wait 0', 'rest trade 0.001', 'rest done 0.001'])
}

describe('C12.2 a subscription that the exchange has lost', () => {
  it('C12.2 what happened until it is found is told, though frames of the new one come before REST is asked', () => {
    const { exchange, pass, account, told, passUntil } = setUp()
    exchange.private.forget({ type: 'myOrder' })
    const { uuid } = account.place(sale)
    passUntil(() => exchange.private.subscribed('myOrder'))
    const later = account.place(limit)
    pass(10_000)
    expect(told(later.uuid)).toEqual(['socket wait 0'])
    expect(told(uuid)).toEqual(['rest wait 0', 'rest trade 0.001', 'rest done 0.001'])
  })

  it('C7 is a gap, from when it was last known to be there until REST has told what was missed', () => {
    const { exchange, pass, account, gaps, now, passUntil, upbit } = setUp()
    const inBand = record<unknown>(upbit.myOrder$({ gaps: true }))
    // Asked once, with nothing amiss: whole until then.
    pass(10_000)
    const knownMs = now()
    pass(60_000)
    exchange.private.forget({ type: 'myOrder' })
    account.place(sale)
    passUntil(() => gaps.length > 0, 100)
    expect(gaps).toMatchObject([{ phase: 'opened', cause: 'disconnect', event: 'myOrder', epochs: [1, 1] }])
    expect(gaps[0]?.from_ms).toBeGreaterThan(knownMs - 10_000)
    expect(gaps[0]?.from_ms).toBeLessThanOrEqual(knownMs)
    pass(10_000)
    expect(gaps).toMatchObject([{}, { id: gaps[0]?.id, phase: 'closed', event: 'myOrder', epochs: [1, 1] }])
    expect(inBand.values).toMatchObject([
      { phase: 'opened' },
      { state: 'wait' },
      { state: 'trade' },
      { state: 'done' },
      { phase: 'closed' },
    ])
  })

  it('C12.2 what happened until it is asked for anew, because somebody asks for something else, is told', () => {
    const here = setUp()
    const { exchange, pass, account, phases, upbit } = here
    pass(100_000)
    exchange.private.forget({ type: 'myOrder' })
    const { uuid } = account.place(sale)
    pass(5000)
    upbit.announcement$().subscribe()
    expectAllTold(here, uuid)
    // REST may be behind, so that another look has the last word.
    expect(phases()).toEqual(['opened'])
    pass(5000)
    expect(phases()).toEqual(['opened', 'closed'])
  })

  it.each([true, false])(
    'C12.2 and so it is where nothing asks whether it was there, since that was asked just before (announcements: %s)',
    (isAnnouncements) => {
      const here = setUp()
      const { exchange, pass, account, upbit } = here
      pass(10_000)
      exchange.private.forget({ type: 'myOrder' })
      const { uuid } = account.place(sale)
      pass(5000)
      if (isAnnouncements) upbit.announcement$().subscribe()
      else upbit.myAsset$().subscribe()
      expectAllTold(here, uuid)
    },
  )

  it('C7 of announcements it is a gap that nothing makes good', () => {
    const { exchange, pass, upbit, gaps } = setUp()
    upbit.announcement$().subscribe()
    pass(3000)
    exchange.private.forget({ type: 'announcement' })
    pass(400_000)
    expect(gaps).toMatchObject([
      { phase: 'opened', event: 'announcement' },
      { phase: 'abandoned', event: 'announcement' },
    ])
  })

  it('C7 what the exchange has too much is no gap', () => {
    const { exchange, pass, upbit, phases } = setUp()
    const assets = upbit.myAsset$().subscribe()
    pass(3000)
    assets.unsubscribe()
    exchange.private.forget({ type: 'myAsset' })
    pass(400_000)
    expect(phases()).toEqual([])
  })
})

describe('C12.2 what is lost while REST is asked', () => {
  const broken = '{"type":"myOrder","code":"KRW-BTC","uuid":5}'

  it('C12.2 C7 is looked after by a look that begins later, and its gap stays open until then', () => {
    const { exchange, pass, account, told, phases, passUntil } = setUp()
    exchange.delayRest(1000)
    const { length } = exchange.restCalls
    exchange.private.emitRaw(broken)
    passUntil(() => exchange.restCalls.slice(length).some(({ path }) => path === '/v1/orders/closed'))
    pass(100)
    // Its frames come spoilt.
    exchange.private.stall()
    const { uuid } = account.place(sale)
    exchange.private.resume()
    exchange.private.emitRaw(broken)
    pass(2500)
    exchange.delayRest(0)
    // Far later than the lost one: what it tells says nothing of before.
    const later = account.place(limit)
    pass(1000)
    expect([told(later.uuid), told(uuid), phases()]).toEqual([['socket wait 0'], [], ['opened']])
    pass(30_000)
    expect(told(uuid)).toEqual(['rest wait 0', 'rest trade 0.001', 'rest done 0.001'])
    expect(phases()).toEqual(['opened', 'closed'])
  })
})

describe('C12.2 an order that was made and ended in an outage in which the exchange’s clock went back', () => {
  /** Made before it, as the clock stood then: what is heard last. */
  function outage(stepMs: number) {
    const here = setUp()
    const { exchange, account, pass } = here
    pass(100_000)
    account.cancel(account.place(limit).uuid)
    pass(1000)
    exchange.private.refuse(503)
    exchange.private.cut()
    exchange.stepClock(-stepMs)
    return here
  }

  it.each([10_000, 60_000, 3_600_000])(
    'C12.2 C5.4 by %i ms: the look after it tells of it, though by its time it is old',
    (stepMs) => {
      const { exchange, pass, account, told, orders } = outage(stepMs)
      const { length } = orders.values
      const { uuid } = account.place(sale)
      pass(500)
      exchange.private.accept()
      pass(10_000)
      expect(told(uuid)).toEqual(['rest wait 0', 'rest trade 0.001', 'rest done 0.001'])
      expect(orders.values).toHaveLength(length + 3)
    },
  )

  it('C12.2 C5.4 and so does the poll, and again where it went back between two of them', () => {
    const { exchange, pass, account, told } = outage(60_000)
    const first = account.place(sale)
    pass(20_000)
    expect(told(first.uuid)).toEqual(['rest wait 0', 'rest trade 0.001', 'rest done 0.001'])
    exchange.stepClock(-60_000)
    const second = account.place(sale)
    pass(20_000)
    expect(told(second.uuid)).toEqual(['rest wait 0', 'rest trade 0.001', 'rest done 0.001'])
  })

  it('C12.2 C5.4 by a minute: also where more were made than one answer has', () => {
    const { exchange, pass, account, orders } = outage(60_000)
    const { length } = orders.values
    for (let index = 0; index < 150; index++) account.cancel(account.place(limit).uuid)
    pass(500)
    exchange.private.accept()
    pass(10_000)
    expect(orders.values.slice(length).filter(({ state }) => state === 'cancel')).toHaveLength(150)
  })
})

describe('C12.2 an order that was made in an outage, and moves before REST has answered', () => {
  it.each([
    ['filled', 'fill', undefined, ['socket trade 0.001', 'socket done 0.001']],
    ['filled in part', 'fill', '0.0004', ['socket trade 0.0004']],
    ['cancelled', 'cancel', undefined, ['socket cancel 0']],
  ] as const)('C12.2 %s: it is not told as waiting after that', (_, move, volume, expected) => {
    const { exchange, pass, account, told, passUntil } = setUp()
    exchange.delayRest(500)
    exchange.private.cut()
    const { uuid } = account.place(limit)
    passUntil(() => exchange.private.subscribed('myOrder'))
    pass(20)
    if (move === 'fill') account.fill(uuid, volume)
    else account.cancel(uuid)
    pass(20_000)
    expect(told(uuid)).toEqual(expected)
  })
})

describe('C3.2 an order that self-match prevention made smaller', () => {
  it('C12.5 is open as long as something of it waits, whatever its own rule is', () => {
    const { exchange, upbit, pass, account } = setUp({ hasBook: false })
    const open: (string | null)[][] = []
    upbit
      .openOrders$()
      .subscribe((orders) => open.push(orders.map(({ remaining_volume }) => remaining_volume)))
    pass(1000)
    account.place({ ...limit, volume: '1' })
    account.place({ ...limit, side: 'ask', volume: '0.4', smp_type: 'reduce' })
    pass(20_000)
    expect(open.at(-1)).toEqual(['0.6'])
    // Nothing is left of a market buy, though no volume says so.
    account.place({ ...limit, side: 'ask', price: '200000000', volume: '0.4' })
    account.place({ market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '100000', smp_type: 'reduce' })
    pass(20_000)
    expect(open.at(-1)?.length).toBe(exchange.account().orders.filter(({ state }) => state === 'wait').length)
  })

  it('C12.5 is filled by the fill that REST tells as by that of the socket: nothing remains', () => {
    const { exchange, pass, account, orders } = setUp({ hasBook: false })
    exchange.private.refuse(503)
    exchange.private.cut()
    const bid = account.place({ ...limit, volume: '1', smp_type: 'reduce' })
    account.place({ ...limit, side: 'ask', volume: '0.4', smp_type: 'reduce' })
    account.fill(bid.uuid)
    pass(20_000)
    const events = orders.values.filter(({ uuid }) => uuid === bid.uuid)
    expect(
      events.map((event) => [
        event.state,
        event.executed_volume,
        event.remaining_volume,
        isOrderFilled(event),
      ]),
    ).toEqual([
      ['wait', '0', '1', false],
      ['trade', '0.6', '0', true],
      ['done', '0.6', '0', true],
    ])
  })
})
