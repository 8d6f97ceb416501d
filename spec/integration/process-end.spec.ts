/** C1.6: what keeps a Node process, and what does not. Each program is a process of its own, as a user's is. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'

const root = join(__dirname, '..', '..')

interface Ending {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a module that imports from `upbit-rx`, with the exchange as its UPBIT_URL. */
function run(program: string, url: string): Promise<Ending> {
  const source = program.replaceAll("'upbit-rx'", `'${join(root, 'src/index.ts')}'`)
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', source],
      { cwd: root, env: { ...process.env, UPBIT_URL: url }, timeout: 20_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ code, stdout, stderr })
      },
    )
    child.stdin?.end()
  })
}

describe('C1.6', () => {
  let exchange: ExchangeServer
  beforeEach(async () => {
    exchange = await startExchange({ seed: 1, markets: 5 })
  })
  afterEach(() => exchange.close())

  it.each<[string, string]>([
    [
      'one value is enough: the script ends with it',
      `import { firstValueFrom } from 'rxjs'
       import { ticker$ } from 'upbit-rx'
       const { code } = await firstValueFrom(ticker$('KRW-BTC'))
       const begin = process.hrtime.bigint()
       process.on('exit', () => console.log(code, Number(process.hrtime.bigint() - begin) < 1e9))`,
    ],
    [
      'a shutdown that is awaited resolves before the end',
      `import { firstValueFrom } from 'rxjs'
       import { createUpbit } from 'upbit-rx'
       const upbit = createUpbit()
       const { code } = await firstValueFrom(upbit.ticker$('KRW-BTC'))
       await upbit.shutdown()
       console.log(code, true)`,
    ],
    [
      'one REST call is enough: the socket that it leaves open holds nothing',
      `import { createUpbit } from 'upbit-rx'
       const [{ market }] = await createUpbit().rest.getTickers('KRW-BTC')
       const begin = process.hrtime.bigint()
       process.on('exit', () => console.log(market, Number(process.hrtime.bigint() - begin) < 1e9))`,
    ],
    [
      'a snapshot by REST is enough too',
      `import { createUpbit } from 'upbit-rx'
       const { code, source } = await createUpbit().getTickerSnapshot('KRW-BTC')
       const begin = process.hrtime.bigint()
       process.on('exit', () => console.log(code, source === 'rest' && Number(process.hrtime.bigint() - begin) < 1e9))`,
    ],
    [
      'a client that nobody subscribed to holds nothing',
      `import { createUpbit, GlobalWebSocketManager } from 'upbit-rx'
       createUpbit({ isolated: true }).status$.subscribe()
       GlobalWebSocketManager.shared()
       console.log('KRW-BTC', true)`,
    ],
    [
      'a subscriber holds it, through a lost connection too',
      `import { take } from 'rxjs'
       import { ticker$, trade$ } from 'upbit-rx'
       ticker$('KRW-BTC').subscribe(() => {})
       const epochs = new Set()
       trade$('KRW-BTC').subscribe(({ code, epoch }) => {
         epochs.add(epoch)
         if (epoch === 2) {
           console.log(code, epochs.has(2))
           process.exit(0)
         }
       })`,
    ],
  ])(
    'C1.6 %s',
    async (title, program) => {
      const running = run(program, exchange.url)
      if (title.includes('lost connection')) {
        await exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'))
        exchange.cut()
      }
      expect(await running).toEqual({
        code: 0,
        stdout: 'KRW-BTC true\n',
        stderr: expect.any(String) as string,
      })
    },
    30_000,
  )
})
