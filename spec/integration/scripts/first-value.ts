/** A script that takes one event and does nothing to end itself. */
import { firstValueFrom } from 'rxjs'
import { ticker$ } from '../../../src/index'

const { code, epoch } = await firstValueFrom(ticker$('KRW-BTC'))
process.stdout.write(`${code} in epoch ${epoch}\n`)
