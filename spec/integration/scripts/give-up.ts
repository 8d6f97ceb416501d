/** A script that subscribes, and changes its mind when it is told to and its connection is in the state of its argument. */
import { once } from 'node:events'
import { filter, firstValueFrom } from 'rxjs'
import { GlobalWebSocketManager, ticker$ } from '../../../src/index'

const subscription = ticker$('KRW-BTC').subscribe()
const { status$ } = GlobalWebSocketManager.shared()
await Promise.all([
  firstValueFrom(status$.pipe(filter(({ state }) => state === process.argv[2]))),
  once(process.stdin, 'data'),
])
// Read no further, else the pipe would hold the process.
process.stdin.destroy()
subscription.unsubscribe()
process.stdout.write('left\n')
