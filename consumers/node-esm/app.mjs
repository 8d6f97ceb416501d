/** Prints three prices of two markets. UPBIT_URL says where from; nothing has to be closed for the program to end. */
import { lastValueFrom, take, tap } from 'rxjs'
import { isUpbitError, ticker$ } from 'upbit-rx'

try {
  await lastValueFrom(
    ticker$(['KRW-BTC', 'KRW-ETH']).pipe(
      take(3),
      tap(({ code, trade_price, epoch }) => console.log(JSON.stringify({ code, trade_price, epoch }))),
    ),
  )
} catch (error) {
  console.error(isUpbitError(error) ? `${error.code}: ${error.message}` : error)
  process.exitCode = 1
}
