import { startExchange } from '../../../src/testing'
import { keyA, PrivateBench } from '../support/private'

const market = 'KRW-BTC'

interface Unit {
  readonly ask_price: number
  readonly ask_size: number
  readonly bid_price: number
}

function units(bench: PrivateBench): readonly [Unit, Unit] {
  const [book] = bench.rows(`/v1/orderbook?markets=${market}`)
  return book?.orderbook_units as readonly [Unit, Unit]
}

function bench(): PrivateBench {
  const made = new PrivateBench({ market: true, markets: 1, accounts: [keyA] })
  made.account.deposit('KRW', '900000000')
  return made
}

describe('the seeded market', () => {
  it('fills what crosses its book at its own levels, at once', () => {
    const account = bench()
    const [first, second] = units(account)
    const volume = (first.ask_size + 0.00000001).toFixed(8)
    const price = String(second.ask_price)
    const order = account.account.place({ market, side: 'bid', ord_type: 'limit', price, volume })
    expect(order.trades?.map((trade) => [Number(trade.price), Number(trade.volume)])).toEqual([
      [first.ask_price, first.ask_size],
      [second.ask_price, 0.00000001],
    ])
    expect(order.state).toBe('done')
  })

  it('fills what rests as it trades, while somebody listens, though nobody subscribes to it', () => {
    const account = bench()
    const [{ bid_price: price }] = units(account)
    // Who has seen enough goes, and takes the market's timer along: the time of the exchange comes to its end.
    const end = account.listen(keyA, (frame) => {
      if (frame.type !== 'myOrder' || frame.state !== 'trade') return
      account.deafen()
      end()
    })
    account.account.place({ market, side: 'bid', ord_type: 'limit', price: String(price), volume: '0.5' })
    expect(account.states()).toEqual(['wait'])
    account.scheduler.flush()
    expect(account.states().slice(0, 2)).toEqual(['wait', 'trade'])
    expect(account.orderEvents()[1]).toMatchObject({ is_maker: true, price: String(price) })
  })

  it('fills what rests when it is looked at, where nobody listens, and leaves no timer meanwhile', () => {
    const account = bench()
    account.deafen()
    const [{ bid_price: price }] = units(account)
    const { uuid } = account.account.place({
      market,
      side: 'bid',
      ord_type: 'limit',
      price: String(price),
      volume: '0.5',
    })
    account.pass(120_000)
    const [status, order] = account.get('/v1/order', `uuid=${uuid}`)
    expect([status, (order as { trades_count: number }).trades_count > 0]).toEqual([200, true])
    expect(account.states()).toEqual([])
  })

  it('fills over a real socket too', async () => {
    await using exchange = await startExchange({ markets: 1, accounts: [keyA] })
    const account = exchange.account()
    account.deposit('KRW', '1000000')
    const { state } = account.place({ market, side: 'bid', ord_type: 'price', price: '500000' })
    expect([state, Number(account.balances.find(({ currency }) => currency === 'BTC')?.balance) > 0]).toEqual(
      ['cancel', true],
    )
  })
})
