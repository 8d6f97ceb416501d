/** Candles: the same period comes again and again, the last event of a period is true. A later period ends the one before. */
import { filter, map, pairwise, take } from 'rxjs'
import { candle$ } from 'upbit-rx'

candle$('KRW-BTC', '1s')
  .pipe(
    pairwise(),
    filter(([before, now]) => before.candle_date_time_utc < now.candle_date_time_utc),
    map(([finished]) => finished),
    take(2),
  )
  .subscribe(({ candle_date_time_utc, opening_price, high_price, low_price, trade_price }) => {
    console.log(`${candle_date_time_utc} o ${opening_price} h ${high_price} l ${low_price} c ${trade_price}`)
  })
