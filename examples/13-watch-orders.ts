/**
 * An account on the terminal: open orders, balances, and fills as they come. On an exchange of its own, where a few orders
 * are placed for it; with your keys in UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY, `npm run example -- 13 --live` shows your
 * account until Ctrl-C, and nothing else does. It places nothing: keys that may only look are enough.
 */
import { once } from 'node:events'
import { filter, firstValueFrom } from 'rxjs'
import { createUpbit, isOrderFilled, isUpbitError } from 'upbit-rx'
import { startExchange } from 'upbit-rx/testing'

const isLive = process.argv.includes('--live')
const keys = { accessKey: 'access-key', secretKey: 'secret-key' }
const exchange = await startExchange({ market: false, accounts: [keys] })
const upbit = createUpbit(isLive ? {} : { url: exchange.url, credentials: keys })
if (isLive && !upbit.isPrivateAvailable()) {
  console.error('There is no account to show: --live needs UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY.')
  process.exit(2)
}
console.log(isLive ? 'Your account:' : 'A made-up account on an exchange of its own (yours: --live):')

// Keys that are refused, say. Without it the error would end the process.
const error = (reason: unknown): void =>
  console.error(isUpbitError(reason) ? `${reason.message} ${reason.nextStep}` : reason)

upbit.privateStatus$.subscribe(({ state }) => console.log(`[${state}]`))
upbit.openOrders$().subscribe({
  next: (orders) => {
    console.log(`open: ${orders.length}`)
    for (const { code, ask_bid, price, remaining_volume } of orders)
      console.log(`  ${code} ${ask_bid} ${remaining_volume ?? '?'} at ${price ?? 'the market'}`)
  },
  error,
})
upbit.balances$().subscribe({
  next: (held) => {
    const shown = held.map(({ currency, balance, locked }) => `${currency} ${balance} (${locked} locked)`)
    console.log(`held: ${shown.join(', ') || 'nothing'}`)
  },
  error,
})
// A handler may take its time: not one of its orders is dropped.
const fills = upbit.subscribeMyOrder((order) => {
  const { source, code, ask_bid, state, price, volume } = order
  if (state === 'trade') console.log(`fill: ${code} ${ask_bid} ${volume} at ${price} (${source})`)
  if (state === 'cancel' && !isOrderFilled(order)) console.log(`cancelled: ${code} ${ask_bid}`)
})

if (isLive) await once(process, 'SIGINT')
else await move()

/** What a trader would do meanwhile. */
async function move(): Promise<void> {
  const account = exchange.account()
  const open = (count: number) =>
    firstValueFrom(upbit.openOrders$().pipe(filter(({ length }) => length === count)))
  await open(0)
  await exchange.until(() => exchange.private.subscribed('myOrder') && exchange.private.subscribed('myAsset'))
  account.deposit('KRW', '1000000')
  const bid = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', volume: '0.004' } as const
  const { uuid } = account.place({ ...bid, price: '100000000' })
  const { uuid: other } = account.place({ ...bid, price: '99000000' })
  await open(2)
  account.fill(uuid, '0.001')
  account.fill(uuid)
  account.cancel(other)
  await open(0)
}

fills.unsubscribe()
await upbit.shutdown()
await exchange.close()
