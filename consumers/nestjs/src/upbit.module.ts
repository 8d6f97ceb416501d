/** The client as a provider: made once, ended with the application. */
import type { OnApplicationShutdown } from '@nestjs/common'
import { Global, Inject, Module } from '@nestjs/common'
import type { Upbit } from 'upbit-rx'
import { createUpbit } from 'upbit-rx'

export const UPBIT = Symbol('upbit')

@Global()
@Module({
  providers: [{ provide: UPBIT, useFactory: () => createUpbit() }],
  exports: [UPBIT],
})
export class UpbitModule implements OnApplicationShutdown {
  constructor(@Inject(UPBIT) private readonly upbit: Upbit) {}

  onApplicationShutdown(): Promise<void> {
    return this.upbit.shutdown()
  }
}
