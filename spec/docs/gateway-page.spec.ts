/** The gateway of the page on keys, in both languages, as a process: it answers whatever becomes of its account. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'
import { blocksOf, root } from './support/page-blocks'
import { buildPrograms, makeFolder } from './support/run-programs'

const keys = { accessKey: 'access-key', secretKey: 'secret-key' }
const gateways = ['docs/guides/key-safety.md', 'docs/guides/key-safety.ko.md'].flatMap((page) =>
  blocksOf(page).filter(({ code }) => code.includes('listen(8080')),
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('the gateway of the page on keys', () => {
  const folder = makeFolder()
  let exchange: ExchangeServer
  let port: number
  let file: string

  beforeAll(async () => {
    port = await freePort()
    exchange = await startExchange({ market: false, accounts: [keys] })
    const code = (gateways[0]?.code ?? '').replace('8080', String(port))
    const [built] = await buildPrograms(folder, [
      { where: 'gateway', code, modules: new Map(), isEndless: true, expected: undefined },
    ])
    file = built!
  })

  afterAll(async () => {
    await exchange.close()
    rmSync(folder, { recursive: true })
  })

  /** What `work` finds while the gateway runs with these keys, and how it stands afterwards. */
  async function during<T>(
    env: NodeJS.ProcessEnv,
    work: (get: () => Promise<Response>) => Promise<T>,
  ): Promise<{ readonly found: T; readonly isUp: boolean; readonly said: string }> {
    const child = spawn(process.execPath, [file], {
      cwd: root,
      env: {
        ...process.env,
        UPBIT_URL: exchange.url,
        UPBIT_ACCESS_KEY: undefined,
        UPBIT_SECRET_KEY: undefined,
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    const get = async (): Promise<Response> => {
      for (;;) {
        try {
          return await fetch(`http://127.0.0.1:${port}/`)
        } catch (error) {
          // Not listening yet; one that has ended never will.
          if (child.exitCode !== null) throw error
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
    }
    try {
      const found = await work(get)
      return { found, isUp: child.exitCode === null, said }
    } finally {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    }
  }

  it('is the same in both languages', () => {
    expect(gateways.map(({ code }) => code)).toEqual([gateways[0]?.code, gateways[0]?.code])
  })

  it.each([
    ['without keys', {}, 'UPBIT_ACCESS_KEY'],
    ['with keys that are refused', { UPBIT_ACCESS_KEY: 'another', UPBIT_SECRET_KEY: 'secret' }, 'keys'],
  ])('%s answers 503 to each page, says why in its log alone, and goes on', async (_case, env, why) => {
    const { found, isUp, said } = await during(env, async (get) => {
      const answers = [await get(), await get()]
      return Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))
    })
    expect({ found, isUp }).toEqual({
      found: [
        [503, ''],
        [503, ''],
      ],
      isUp: true,
    })
    expect(said).toContain(why)
  })

  it('passes the fills on to a page, and nothing else of them', async () => {
    const env = { UPBIT_ACCESS_KEY: keys.accessKey, UPBIT_SECRET_KEY: keys.secretKey }
    const { found } = await during(env, async (get) => {
      const answer = await get()
      const account = exchange.account()
      account.deposit('KRW', '1000000')
      const bid = { market: 'KRW-BTC', side: 'bid', ord_type: 'limit', volume: '0.001' } as const
      account.fill(account.place({ ...bid, price: '100000000' }).uuid)
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
      const { value } = await reader.read()
      await reader.cancel()
      return [answer.status, answer.headers.get('content-type'), value]
    })
    expect(found).toEqual([
      200,
      'text/event-stream',
      'data: {"code":"KRW-BTC","price":"100000000","volume":"0.001"}\n\n',
    ])
  })
})
