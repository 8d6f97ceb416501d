/** Balances that frames do not tell of, or leave open, from outside; and how often they are looked at for that. */
import { defer, ignoreElements } from 'rxjs'
import { Ledger } from '../../../src/private/ledger/ledger'
import { unsureBalances$ } from '../../../src/private/supply/unsure-balances'
import { aMyAsset } from '../../../src/testing'
import { cheapOrder as order, keys } from '../../support/account'
import { record } from '../../support/recorder'
import { virtualTime } from '../../support/virtual-time'
import { world } from '../../support/world'
import { assetFrame, createdMs, orderFrame } from '../support/given'

function setUp(firstAssetDelayMs = 0) {
  const here = world({
    exchange: { market: false, accounts: [keys], switches: { firstAssetDelayMs } },
  })
  let looks = 0
  const upbit = here.client({
    credentials: { ...keys, tokenLifetimeMs: 86_400_000 },
    sendHttp: (request) => {
      if (new URL(request.url).pathname.endsWith('/accounts')) looks++
      return here.exchange.options.sendHttp(request)
    },
  })
  const account = here.exchange.account(keys.accessKey)
  account.deposit('KRW', '1000000')
  const told = record(upbit.myAsset$())
  const view = record(upbit.balances$())
  const shown = (currency = 'KRW'): string | undefined =>
    view.values.at(-1)?.find((each) => each.currency === currency)?.balance
  return { ...here, upbit, account, told, view, shown, looks: () => looks }
}

describe('an account whose first subscription to balances is silent for five minutes', () => {
  it('C12.5 shows half a minute later what changed, and tells it, as long as the silence lasts', () => {
    const { account, pass, shown, told } = setUp(300_000)
    pass(5000)
    for (let round = 1; round <= 10; round++) {
      account.deposit('KRW', '1')
      pass(32_000)
      expect(shown()).toBe(String(1_000_000 + round))
    }
    expect(told.values.map(({ source }) => source)).toContain('rest')
  })

  it('C12.5 shows seconds later what an order changed', () => {
    const { upbit, account, pass, shown } = setUp(300_000)
    upbit.myOrder$().subscribe()
    pass(5000)
    account.fill(account.place(order).uuid)
    pass(2000)
    expect([shown('BTC'), shown()]).toEqual(['0.01', '899950'])
  })

  it('C12.5 shows what changed just before the first frame, which is of another currency', () => {
    const { account, pass, shown } = setUp(300_000)
    pass(298_000)
    account.deposit('KRW', '5')
    pass(8000)
    account.deposit('BTC', '1')
    pass(2000)
    expect([shown('BTC'), shown()]).toEqual(['1', '1000005'])
  })

  it('is looked at eleven times more, if nothing changes, and never again; not at all when nobody wants balances', () => {
    const { told, view, pass, looks } = setUp()
    pass(10_000)
    const before = looks()
    pass(1_800_000)
    expect(looks() - before).toBe(11)
    told.subscription.unsubscribe()
    view.subscription.unsubscribe()
    pass(600_000)
    expect(looks() - before).toBe(11)
  })

  it('is looked at once more when its first frame has come', () => {
    const { account, pass, looks } = setUp()
    pass(10_000)
    const before = looks()
    for (let round = 0; round < 20; round++) {
      account.deposit('KRW', '1')
      pass(40_000)
    }
    expect(looks() - before).toBe(1)
  })
})

describe('stamps that are wrong', () => {
  it('C5.4 one in microseconds makes balances deaf to no frame behind it', () => {
    const { exchange, account, pass, shown } = setUp()
    pass(10_000)
    const assets = [{ currency: 'KRW', balance: '999999', locked: '0' }]
    exchange.emit(aMyAsset({ assets, asset_timestamp: exchange.clockMs * 1000 }))
    pass(10)
    account.deposit('KRW', '5')
    pass(10)
    expect(shown()).toBe('1000005')
  })

  it('C5.4 a clock that went back: a single frame is believed when REST has said the same, seconds later', () => {
    const { exchange, account, pass, shown } = setUp()
    pass(10_000)
    account.deposit('KRW', '5')
    pass(10_000)
    exchange.stepClock(-60_000)
    account.deposit('KRW', '5')
    pass(8000)
    expect(shown()).toBe('1000010')
  })
})

describe('unsureBalances$', () => {
  it('looks one at a time; what comes during a look is the next one’s', () => {
    const time = virtualTime()
    const { environment } = time
    const ledger = new Ledger()
    const begunAtMs: number[] = []
    const startMs = environment.now()
    const look$ = defer(() => {
      begunAtMs.push(environment.now() - startMs)
      return environment.timer$(5000).pipe(ignoreElements())
    })
    unsureBalances$({ ledger, environment }, look$).subscribe()
    ledger.judge(orderFrame({ uuid: 'a' }))
    ledger.judge(orderFrame({ uuid: 'b' }))
    time.pass(3000)
    ledger.judge(orderFrame({ uuid: 'c' }))
    ledger.judge(assetFrame('x', createdMs, ['KRW', '1']))
    time.pass(60_000)
    expect(begunAtMs).toEqual([1000, 7000])
  })
})
