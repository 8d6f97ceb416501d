/**
 * Every file of `examples/` runs as a user runs it, against an embedded exchange, ends by itself with exit code 0 and
 * prints what it is there to show.
 */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const root = join(__dirname, '..', '..')
const run = promisify(execFile)

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
  '12-prometheus.ts':
    /^# serving http:\/\/127\.0\.0\.1:\d+\/metrics$[^]*^upbit_events_total\{type="ticker".*\} \d+$/m,
}

describe('examples', () => {
  it('each has a line here that says what it shows', () => {
    expect(readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'))).toEqual(
      Object.keys(shows),
    )
  })

  it.each(Object.entries(shows))(
    '%s runs, ends and shows it',
    async (name, shown) => {
      const { stdout } = await run(
        process.execPath,
        ['--import', 'tsx', join(root, 'scripts', 'example.ts'), name],
        {
          cwd: root,
          timeout: 30_000,
        },
      )
      expect(stdout).toMatch(shown)
    },
    40_000,
  )
})
