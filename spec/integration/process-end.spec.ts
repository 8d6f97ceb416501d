/** C1.6: what keeps a Node process, and what does not. Each program is a process of its own, as a user's is. */
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'
import { root } from '../docs/support/page-blocks'
import { buildPrograms, makeFolder } from '../docs/support/run-programs'

interface Ending {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program, with the exchange as its UPBIT_URL. */
function run(file: string, url: string): Promise<Ending> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [file],
      { cwd: root, env: { ...process.env, UPBIT_URL: url }, timeout: 20_000 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        resolve({ code, stdout, stderr })
      },
    )
    child.stdin?.end()
  })
}

const programs: readonly (readonly [title: string, code: string])[] = [
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
]

describe('C1.6', () => {
  const folder = makeFolder()
  let files: readonly string[]
  let exchange: ExchangeServer
  beforeAll(async () => {
    files = await buildPrograms(
      folder,
      programs.map(([where, code]) => ({
        where,
        code,
        modules: new Map(),
        isEndless: false,
        expected: undefined,
      })),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  beforeEach(async () => {
    exchange = await startExchange({ seed: 1, markets: 5 })
  })
  afterEach(() => exchange.close())

  it.each(programs.map(([title], index) => [title, index] as const))(
    'C1.6 %s',
    async (title, index) => {
      const running = run(files[index]!, exchange.url)
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
