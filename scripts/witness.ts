/**
 * `npm run witness`: is the embedded exchange like the real one in what it tells an account? Who was made for the real one
 * says: ccxt pro, with its `watchOrders`, `watchMyTrades` and `watchBalance`, against the exchange's own books.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { endChildren, startChild } from '../bench/harness/child'
import { installPeers } from '../bench/harness/peers'
import { anOrderbook, startExchange } from '../src/testing'
import type { Told } from './witness/differences'
import { differences } from './witness/differences'
import type { WitnessOptions } from './witness/options'
import { parseWitnessOptions, witnessUsage } from './witness/options'

/** It compiles itself first, on a machine that may be busy. */
const limitMs = 20_000

let options: WitnessOptions
try {
  options = parseWitnessOptions(process.argv.slice(2))
} catch (error) {
  console.error(`${(error as Error).message}\n\n${witnessUsage}`)
  process.exit(2)
}
if (options.help) {
  console.log(witnessUsage)
  process.exit(0)
}

process.once('exit', endChildren)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const missing = await installPeers(join(import.meta.dirname, '..', 'bench'))
if (missing !== undefined) {
  console.error(`witness: ccxt is not there, ${missing}`)
  process.exit(1)
}

const keys = { accessKey: 'accessKeyOfTheWitness', secretKey: 'secretKeyOfTheWitness' }
await using exchange = await startExchange({ market: false, accounts: [keys] })
const account = exchange.account()
const limit = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.005',
} as const
const newest = (): string => account.orders.at(-1)?.uuid ?? ''
/** Each kind of order, and each way in which one ends; one after another, as ccxt gives a fill once. */
const steps: readonly (() => unknown)[] = [
  () => account.deposit('KRW', '2000000'),
  () => account.place(limit),
  () => account.fill(newest(), '0.002'),
  () => account.fill(newest()),
  () => account.place({ ...limit, price: '90000000' }),
  () => account.cancel(newest()),
  () => account.place({ ...limit, price: '95000000' }),
  () => account.fill(newest(), '0.001'),
  () => account.cancel(newest()),
  () => account.place({ ...limit, price: '80000000', volume: '0.001' }),
  () => exchange.emit(anOrderbook()),
  () => account.place({ market: 'KRW-BTC', side: 'bid', ord_type: 'price', price: '10000' }),
  () => account.place({ market: 'KRW-BTC', side: 'ask', ord_type: 'market', volume: '0.001' }),
]

const child = startChild('witness/ccxt.mjs', { url: exchange.url, ...keys })
let told: Told = { orders: [], trades: [], balances: {} }
let failure: string | undefined
let errors = ''
child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)))
child.on('message', (message: { readonly told?: Told; readonly failure?: string }) => {
  told = message.told ?? told
  failure ??= message.failure
})
const ended = once(child, 'exit').then(() => {
  throw new Error(failure ?? (errors.trim() || 'ccxt has ended'))
})

const within = { timeoutMs: limitMs }
const isListening = (): boolean => ['myOrder', 'myAsset'].every((type) => exchange.private.subscribed(type))
try {
  await Promise.race([exchange.until(isListening, within), ended])
  for (const step of steps) {
    step()
    const endMs = performance.now() + limitMs
    // What it tells comes over a process: looked at until it is there, or the time is over.
    while (differences(told, account).length > 0 && performance.now() < endMs)
      await Promise.race([wait(20), ended])
    if (differences(told, account).length > 0) break
  }
} catch (error) {
  failure ??= (error as Error).message
}
ended.catch(() => {})

const lines = failure === undefined ? differences(told, account) : [failure]
for (const line of lines) console.log(`✘ ${line}`)
const seen = `${told.orders.length} orders, ${told.trades.length} fills, ${account.balances.length} balances`
console.log(lines.length === 0 ? `witness: ccxt tells ${seen} as they are` : 'witness: told otherwise')
process.exitCode = lines.length === 0 ? 0 : 1
child.kill('SIGKILL')
