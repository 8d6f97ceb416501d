/** The same package as a CommonJS file sees it. */
import rxjs = require('rxjs')
import upbitRx = require('upbit-rx')
import operators = require('upbit-rx/operators')
import testing = require('upbit-rx/testing')

async function first(): Promise<upbitRx.TickerEvent> {
  const exchange = await testing.startExchange({ markets: 2 })
  const upbit = upbitRx.createUpbit({ url: exchange.url })
  try {
    const ticker$: rxjs.Observable<upbitRx.TickerEvent> = upbit.ticker$('KRW-BTC')
    return await rxjs.firstValueFrom(
      ticker$.pipe(operators.boundedBuffer({ capacity: 4, overflow: 'drop-oldest' })),
    )
  } finally {
    await upbit.shutdown()
    await exchange.close()
  }
}

export = { first }
