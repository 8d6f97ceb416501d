/** Where problems show: wrong arguments at the call, everything else on `errors$`, with a code and the next step. */
import { firstValueFrom, take, toArray } from 'rxjs'
import { createUpbit, isUpbitError } from 'upbit-rx'
import { startExchange } from 'upbit-rx/testing'

const exchange = await startExchange({ seed: 10 })
const upbit = createUpbit({ url: exchange.url })

try {
  upbit.ticker$('BTC/KRW').subscribe()
} catch (error) {
  if (isUpbitError(error)) console.log(`${error.code}: ${error.message}`)
}

const problems = firstValueFrom(upbit.errors$.pipe(take(2), toArray()))
using handler = upbit.subscribeTicker('KRW-BTC', () => {
  exchange.emitRaw('{"type":"ticker","code":"KRW-BTC"}') // a frame that lacks everything
  throw new Error('a bug in the handler')
})
const seen = new Map((await problems).map((problem) => [problem.code, problem]))
for (const { code, path, consumer, nextStep } of seen.values()) {
  console.log(`${code}: ${path ?? consumer ?? ''}: ${nextStep ?? ''}`)
}
console.log(`still subscribed: ${!handler.closed}`)

await upbit.shutdown()
await exchange.close()
