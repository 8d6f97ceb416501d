import { createVirtualExchange } from '../../../src/testing'
import { keyA, keyB, PrivateBench } from '../support/private'

const buy = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', price: '10000000', volume: '0.001' } as const

function bench(): PrivateBench {
  const made = new PrivateBench()
  made.account.deposit('KRW', '20000')
  return made
}

describe('the controls of an account', () => {
  it('move money in and out, exactly, and tell the account', () => {
    const account = bench()
    account.account.deposit('XRP', '1386929.37231066771348207123')
    account.account.deposit('KRW', '-19999.5')
    expect([account.balance('XRP'), account.balance('KRW')]).toEqual([
      ['1386929.37231066771348207123', '0'],
      ['0.5', '0'],
    ])
    expect(account.heard.at(-1)).toMatchObject({
      type: 'myAsset',
      assets: [{ currency: 'KRW', balance: '0.5', locked: '0' }],
    })
  })

  it('refuse what cannot be done, by its name, and change nothing', () => {
    const account = bench()
    const { uuid } = account.account.place(buy)
    const watching = account.account.place({ ...buy, price: '9000000' }, { watch: true })
    const heard = account.heard.length
    const controls = account.account
    const wrong: readonly (readonly [() => unknown, string])[] = [
      [() => controls.deposit('', '1'), 'currency'],
      [() => controls.deposit('KRW', 'much'), 'amount'],
      [() => controls.deposit('KRW', '-20000'), 'amount'],
      [() => controls.place({ ...buy, prize: '1' } as never), 'prize'],
      [() => controls.place(buy, { wach: true } as never), 'wach'],
      [() => controls.place({ ...buy, volume: '1' }), 'insufficient_funds_bid'],
      [() => controls.fill('none'), 'uuid'],
      [() => controls.fill(uuid, '0.002'), 'volume'],
      [() => controls.fill(uuid, '0'), 'volume'],
      [() => controls.fill(uuid, '0.000000001'), 'volume'],
      [() => controls.fill(uuid, undefined, '10001000'), 'price'],
      [() => controls.fill(uuid, undefined, '0'), 'price'],
      [() => controls.fill(watching.uuid), 'uuid'],
      [() => controls.trigger(uuid), 'uuid'],
      [() => controls.cancel('none'), 'uuid'],
    ]
    for (const [call, named] of wrong) expect(call).toThrow(named)
    expect(account.heard).toHaveLength(heard)
    expect(() => account.exchange.account('nobody')).toThrow('accessKey')
    expect(() => createVirtualExchange().account()).toThrow('accessKey')
  })

  it('fill at a better price than the order’s, and no listener hears more once it has left', () => {
    const account = bench()
    const { uuid } = account.account.place(buy)
    account.account.fill(uuid, '0.0004', '9000000')
    expect(account.orderEvents(uuid).at(-1)).toMatchObject({
      price: '9000000',
      volume: '0.0004',
      is_maker: true,
    })
    // 10,005 were locked; 3,600 and its fee are paid, 6,000 and its fee stay locked.
    expect(account.balance('KRW')).toEqual(['10395.2', '6003'])
    account.deafen()
    account.account.fill(uuid)
    expect(account.states(uuid)).toEqual(['wait', 'trade'])
  })

  it.each<[string, object]>([
    ['scopes', { ...keyA, scopes: ['read'] }],
    ['scopes', { ...keyA, scopes: 'orders' }],
    ['keys.secretKey', { ...keyA, keys: [{ accessKey: 'x', secretKey: 1 }] }],
    ['scope', { ...keyA, keys: [{ ...keyB, scope: [] }] }],
    ['balances.balance', { ...keyA, balances: [{ currency: 'KRW', unit_currency: 'KRW', balance: 'x' }] }],
  ])('need options that mean something: %s', (named, account) => {
    expect(() => createVirtualExchange(undefined, { accounts: [account as never] })).toThrow(named)
  })

  it('show no secret where an option is wrong', () => {
    const account = { ...keyA, keys: [{ accessKey: '', secretKey: 'the secret' }] }
    let message = ''
    try {
      createVirtualExchange(undefined, { accounts: [account] })
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain('accounts.keys.accessKey')
    expect(message).not.toContain('secret')
  })
})
