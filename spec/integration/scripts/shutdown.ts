/** A script whose last act is to wait for its connection's end. */
import { firstValueFrom } from 'rxjs'
import { createUpbit } from '../../../src/index'

const upbit = createUpbit({})
const { code } = await firstValueFrom(upbit.ticker$('KRW-BTC'))
process.stdout.write(`${code}\n`)
await upbit.shutdown()
process.stdout.write('shut down\n')
