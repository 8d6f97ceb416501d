/**
 * A lost connection is no error: the stream goes on with a higher `epoch`, and what was missed is told as a gap. This one
 * brings its own exchange, to cut the line.
 */
import { createUpbit } from 'upbit-rx'
import { startExchange } from 'upbit-rx/testing'

const exchange = await startExchange({ seed: 7 })
const upbit = createUpbit({ url: exchange.url })
upbit.status$.subscribe((status) => console.log('status:', status.state))
// Told on `errors$` instead of as a warning of the process.
upbit.errors$.subscribe(({ code, message }) => console.log(`${code}: ${message}`))

const healed = new Promise<void>((resolve) => {
  let epoch = 0
  upbit.trade$('KRW-BTC', { gaps: true }).subscribe((event) => {
    if (event.type === 'gap')
      console.log(`gap ${event.phase}: ${event.cause}, epochs ${event.epochs.join(' to ')}`)
    else if (event.epoch !== epoch) {
      epoch = event.epoch
      console.log(`trades of epoch ${epoch}`)
      if (epoch === 1) exchange.cut()
      else resolve()
    }
  })
})

try {
  await healed
} finally {
  await upbit.shutdown()
  await exchange.close()
}
