/**
 * Every file of `examples/` runs against an embedded exchange, ends by itself with exit code 0 and prints what it is there
 * to show. All are built in one go; as a user runs one, by `npm run example`, is in `prometheus.spec.ts`.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'
import { root } from '../docs/support/page-blocks'
import { buildPrograms, makeFolder, runProgram } from '../docs/support/run-programs'

const limitMs = 30_000

const shows: Readonly<Record<string, RegExp>> = {
  '01-ticker.ts': /^KRW-BTC [\d,.]+ \(-?\d+\.\d\d %\)$/m,
  '02-one-connection.ts': /^dials: 1, subscribe messages: 1$/m,
  '03-handler-with-a-buffer.ts': /^offered \d+ = delivered \d+ \+ dropped \d+ \+ pending \d+$/m,
  '04-order-book.ts': /^KRW-BTC: asks [\d.]+, bids [\d.]+ in the full window\n(.+ \| .+\n){5}/m,
  '05-candles.ts': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d o [\d.]+ h [\d.]+ l [\d.]+ c [\d.]+$/m,
  '06-for-await.ts': /^\d{17} (ASK|BID) [\d.]+$/m,
  '07-cut-and-heal.ts':
    /trades of epoch 1\n[^]*gap opened[^]*gap abandoned: disconnect, epochs 1 to 2\ntrades of epoch 2/,
  '08-bounded-buffer.ts': /^30 of 30 accounted for$/m,
  '09-marble-test.ts': /^the price survived a cut, in virtual time$/m,
  '10-what-goes-wrong.ts':
    /INVALID_CODE: [^]*HANDLER_FAILED: [^]*UNDECODABLE: \$\.opening_price[^]*still subscribed: true/,
  '11-proxy.ts':
    /^both: chart_1 .*chart_2 .*\none left: chart_2 (?!.*chart_1).*\nbest bid [\d.]+\nprices shown: true$/m,
  '13-watch-orders.ts':
    /^A made-up account [^]*^\[live\]\n[^]*^open: 2\n[^]*^fill: KRW-BTC BID 0\.001 at 100000000 [^]*^fill: KRW-BTC BID 0\.003 at 100000000 [^]*^held: BTC 0\.004 \(0 locked\), KRW 599800 \(0 locked\)$/m,
  '14-paper-trading.ts':
    /^BID 0\.\d+ at \d+, filled with cancel [^]*^ASK 0\.\d+ at \d+, filled with [^]*^4 orders filled\nin the end: KRW \d+/m,
}
/** Runs in `prometheus.spec.ts`, which reads all that it prints. */
const elsewhere = '12-prometheus.ts'

describe('examples', () => {
  const programs = Object.keys(shows).map((where) => ({
    where,
    code: readFileSync(join(root, 'examples', where), 'utf8'),
    modules: new Map<string, string>(),
    isEndless: false,
    expected: undefined,
  }))
  const folder = makeFolder()
  let exchange: ExchangeServer
  let files: readonly string[]

  beforeAll(async () => {
    exchange = await startExchange({ seed: 1, limits: false })
    files = await buildPrograms(folder, programs)
  })

  afterAll(async () => {
    await exchange.close()
    rmSync(folder, { recursive: true })
  })

  it('each has a line here that says what it shows', () => {
    expect(readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'))).toEqual(
      [...Object.keys(shows), elsewhere].sort(),
    )
  })

  it.each(Object.entries(shows).map(([name, shown], index) => ({ name, shown, index })))(
    '$name runs, ends and shows it',
    async ({ shown, index }) => {
      const { code, output, errors } = await runProgram(
        files[index]!,
        programs[index]!,
        exchange.url,
        limitMs,
      )
      expect({ code, errors }).toMatchObject({ code: 0 })
      expect(output).toMatch(shown)
    },
    limitMs + 5000,
  )

  const ofAccount = Object.keys(shows).indexOf('13-watch-orders.ts')
  const noKeys = { UPBIT_ACCESS_KEY: undefined, UPBIT_SECRET_KEY: undefined }

  it('13-watch-orders.ts shows a made-up account where keys are set, unless --live asks for theirs', async () => {
    const env = { UPBIT_URL: undefined, UPBIT_ACCESS_KEY: 'an-access-key', UPBIT_SECRET_KEY: 'a-secret-key' }
    const { code, output } = await runProgram(
      files[ofAccount]!,
      programs[ofAccount]!,
      exchange.url,
      limitMs,
      { env },
    )
    expect(code).toBe(0)
    expect(output).toMatch(shows['13-watch-orders.ts']!)
  })

  it('13-watch-orders.ts --live without keys says so, and shows none', async () => {
    const { code, output, errors } = await runProgram(
      files[ofAccount]!,
      programs[ofAccount]!,
      exchange.url,
      limitMs,
      { options: ['--live'], env: noKeys },
    )
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toMatch(
      /^There is no account to show: --live needs UPBIT_ACCESS_KEY and UPBIT_SECRET_KEY\.$/m,
    )
  })
})
