import type { Told } from '../../../scripts/witness/differences'
import { differences } from '../../../scripts/witness/differences'
import { createVirtualExchange } from '../../../src/testing'
import { virtualTime } from '../../support/virtual-time'

const limit = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.005',
} as const

function books() {
  const { scheduler } = virtualTime()
  const exchange = createVirtualExchange(scheduler, {
    accounts: [{ accessKey: 'access-key', secretKey: 'secret-key' }],
  })
  const account = exchange.account()
  account.deposit('KRW', '1000000')
  const { uuid } = account.place(limit)
  account.fill(uuid, '0.002')
  return { account, uuid, fill: account.orders[0]!.trades![0]! }
}

function right({ account, uuid, fill }: ReturnType<typeof books>): Told {
  const fee = { currency: 'KRW', cost: 100 }
  const atMs = Date.parse(fill.created_at)
  return {
    orders: [
      {
        ...{ id: uuid, symbol: 'BTC/KRW', side: 'buy', status: 'open', filled: 0.002, remaining: 0.003 },
        ...{ cost: 200_000, average: 100_000_000, fee, orderMs: Date.parse(account.orders[0]!.created_at) },
      },
    ],
    trades: [
      {
        ...{ id: fill.uuid, order: uuid, price: 100_000_000, amount: 0.002, cost: 200_000, fee },
        ...{ tradeFee: 100, isMaker: true, tradeMs: atMs, atMs },
      },
    ],
    balances: { free: { KRW: 499_750, BTC: 0.002 }, used: { KRW: 300_150, BTC: 0 } },
  }
}

describe('differences', () => {
  it('are none where all is told as it is', () => {
    const real = books()
    expect(differences(right(real), real.account)).toEqual([])
  })

  it.each<[string, (told: Told) => Told, RegExp]>([
    ['an order is missing', (told) => ({ ...told, orders: [] }), /^orders: 1, told as 0/],
    [
      'an order is filled otherwise',
      (told) => ({ ...told, orders: told.orders.map((order) => ({ ...order, filled: 0.001 })) }),
      /^filled of .*: 0.002, told as 0.001$/,
    ],
    [
      'an order is in another state',
      (told) => ({ ...told, orders: told.orders.map((order) => ({ ...order, status: 'closed' })) }),
      /^state of .*: open, told as closed$/,
    ],
    ['a fill is missing', (told) => ({ ...told, trades: [] }), /^fills: 1, told as 0/],
    [
      'a fill has another price',
      (told) => ({ ...told, trades: told.trades.map((trade) => ({ ...trade, price: 1 })) }),
      /^price of fill .*: 100000000, told as 1$/,
    ],
    [
      'a balance is another',
      (told) => ({ ...told, balances: { ...told.balances, free: { KRW: 1, BTC: 0.002 } } }),
      /^KRW: 499750, told as 1$/,
    ],
    ...(
      [
        ['cost', 1, /^cost of .*: 200000, told as 1$/],
        ['average', 1, /^average of .*: 100000000, told as 1$/],
        ['fee', { currency: 'KRW', cost: 1 }, /^fee of .*: 100, told as 1$/],
        ['fee', { currency: 'BTC', cost: 100 }, /^currency of the fee of .*: KRW, told as BTC$/],
        ['orderMs', 1, /^time of .*, told as 1$/],
      ] as const
    ).map(([name, value, line]): [string, (told: Told) => Told, RegExp] => [
      `the ${name} of an order is another: ${JSON.stringify(value)}`,
      (told) => ({ ...told, orders: told.orders.map((order) => ({ ...order, [name]: value })) }),
      line,
    ]),
    ...(
      [
        ['cost', 1, /^cost of the order by fill .*: 200000, told as 1$/],
        ['fee', { currency: 'KRW', cost: 1 }, /^fee of the order by fill .*: 100, told as 1$/],
        ['tradeFee', 1, /^fee of fill .*: 100, told as 1$/],
        ['isMaker', false, /^maker of fill .*: true, told as false$/],
        ['tradeMs', 1, /^time of fill .*, told as 0$/],
        ['atMs', 1, /^time of what told fill .*, told as 0$/],
      ] as const
    ).map(([name, value, line]): [string, (told: Told) => Told, RegExp] => [
      `the ${name} of a fill is another`,
      (told) => ({ ...told, trades: told.trades.map((trade) => ({ ...trade, [name]: value })) }),
      line,
    ]),
    ['no balance was told', (told) => ({ ...told, balances: {} }), /^KRW: 499750, told as undefined/],
  ])('say so where %s', (_, wrong, line) => {
    const real = books()
    expect(differences(wrong(right(real)), real.account).join('\n')).toMatch(new RegExp(line, 'm'))
  })
})
