/** `GET /prices/KRW-BTC`: a server-sent event for each price; whoever goes away unsubscribes. */
import type { MessageEvent } from '@nestjs/common'
import { Controller, Inject, Param, Sse } from '@nestjs/common'
import type { Observable } from 'rxjs'
import { map } from 'rxjs'
import type { Upbit } from 'upbit-rx'
import { UPBIT } from './upbit.module.js'

@Controller('prices')
export class PricesController {
  constructor(@Inject(UPBIT) private readonly upbit: Upbit) {}

  @Sse(':code')
  prices(@Param('code') code: string): Observable<MessageEvent> {
    return this.upbit
      .ticker$(code)
      .pipe(map(({ trade_price, epoch }) => ({ data: { code, trade_price, epoch } })))
  }
}
