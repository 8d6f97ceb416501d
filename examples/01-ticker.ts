/** The shortest program: no set-up at all. Ends by itself, since nothing holds the process when nobody listens. */
import { take } from 'rxjs'
import { ticker$ } from 'upbit-rx'

ticker$('KRW-BTC')
  .pipe(take(3))
  .subscribe(({ code, trade_price, signed_change_rate }) => {
    console.log(`${code} ${trade_price.toLocaleString('en')} (${(signed_change_rate * 100).toFixed(2)} %)`)
  })
