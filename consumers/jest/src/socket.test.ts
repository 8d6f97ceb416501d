import { firstValueFrom, take, toArray } from 'rxjs'
import { createUpbit } from 'upbit-rx'
import { startExchange } from 'upbit-rx/testing'

it('gets events over a real socket of this machine', async () => {
  const exchange = await startExchange({ markets: 2 })
  const upbit = createUpbit({ url: exchange.url })
  try {
    const events = await firstValueFrom(upbit.ticker$('KRW-BTC').pipe(take(3), toArray()))
    expect(events.map(({ code }) => code)).toEqual(Array(3).fill('KRW-BTC'))
    expect(exchange.dials).toHaveLength(1)
  } finally {
    await upbit.shutdown()
    await exchange.close()
  }
})
