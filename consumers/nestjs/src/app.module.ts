import { Module } from '@nestjs/common'
import { PricesController } from './prices.controller.js'
import { UpbitModule } from './upbit.module.js'

@Module({ imports: [UpbitModule], controllers: [PricesController] })
export class AppModule {}
