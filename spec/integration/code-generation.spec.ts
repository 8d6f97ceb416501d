/** Clients in processes that allow code from text and that forbid it: the same events, read in another way. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ExchangeServer } from '../../src/testing'
import { startExchange } from '../../src/testing'

const root = join(__dirname, '..', '..')
const entry = join(root, 'src/index.ts')

interface Ending {
  readonly types: readonly string[]
  readonly counts: Readonly<
    Record<'fused' | 'guarded' | 'slow' | 'skimmed' | 'learned' | 'rejected' | 'events', number>
  >
}

/** Five events of two types through a client in a process of its own, and what the client counted. */
async function run(url: string, flags: readonly string[], options: object): Promise<Ending> {
  const program = `
    import { firstValueFrom, merge, take, toArray } from 'rxjs'
    import { createUpbit } from '${entry}'
    const upbit = createUpbit({ ...${JSON.stringify(options)}, isolated: true, url: '${url}' })
    const events$ = merge(upbit.ticker$('KRW-BTC').pipe(take(3)), upbit.orderbook$('KRW-BTC').pipe(take(2)))
    const events = await firstValueFrom(events$.pipe(toArray()))
    console.log(JSON.stringify({ types: events.map(({ type }) => type).sort(), counts: upbit.accounting() }))
    await upbit.shutdown()`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: root, timeout: 20_000 },
  )
  return JSON.parse(stdout) as Ending
}

describe('a client', () => {
  const types = ['orderbook', 'orderbook', 'ticker', 'ticker', 'ticker']
  let exchange: ExchangeServer
  beforeAll(async () => {
    exchange = await startExchange({ seed: 1, markets: 5 })
  })
  afterAll(() => exchange.close())

  it('generates readers where it may', async () => {
    const { types: found, counts } = await run(exchange.url, [], {})
    expect(found).toEqual(types)
    expect(counts).toMatchObject({ guarded: 0, learned: 2, rejected: 0 })
    expect(counts.fused + counts.skimmed).toBe(counts.events)
    expect(counts.events).toBeGreaterThanOrEqual(5)
  }, 30_000)

  it.each([
    ['in a process that forbids code from text', ['--disallow-code-generation-from-strings'], {}],
    [
      'that was told so, though the process forbids it',
      ['--disallow-code-generation-from-strings'],
      { codeGeneration: true },
    ],
    ['that was told not to', [], { codeGeneration: false }],
  ])(
    '%s reads the same by the guard',
    async (_, flags, options) => {
      const { types: found, counts } = await run(exchange.url, flags, options)
      expect(found).toEqual(types)
      expect(counts).toMatchObject({ fused: 0, learned: 0, rejected: 0 })
      // What comes when nobody listens any more is not read.
      expect(counts.guarded + counts.skimmed).toBe(counts.events)
      expect(counts.events).toBeGreaterThanOrEqual(5)
    },
    30_000,
  )
})
