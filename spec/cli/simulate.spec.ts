import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { firstValueFrom, take, toArray } from 'rxjs'
import { createUpbit } from '../../src/index'
import { simulate } from '../../src/cli/simulate'
import type { SimulateArguments } from '../../src/cli/simulate-arguments'
import { aTrade } from '../../src/testing'
import { fakeHost } from './support/fake-host'
import { recordingFolder, wireText } from './support/recording-file'

const folder = recordingFolder()

function serving(args: Partial<SimulateArguments> = {}) {
  const host = fakeHost()
  const running = simulate({ kind: 'simulate', port: 0, ...args }, host)
  const url = async (): Promise<string> => {
    while (host.stdout.lines.length === 0) await new Promise((resolve) => setImmediate(resolve))
    return host.stdout.lines[0] ?? ''
  }
  return { host, running, url }
}

describe('C13 simulate', () => {
  it('prints its url as the first line and nothing else on stdout, serves, and ends at Ctrl-C with 0', async () => {
    const { host, running, url } = serving({ seed: 7, markets: 10, rate: 50 })
    const address = await url()
    expect(address).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
    const upbit = createUpbit({ url: address, isolated: true })
    const tickers = await firstValueFrom(upbit.ticker$('KRW-BTC').pipe(take(3), toArray()))
    expect(tickers.map(({ code }) => code)).toEqual(['KRW-BTC', 'KRW-BTC', 'KRW-BTC'])
    await upbit.shutdown()
    host.press()
    expect(await running).toBe(0)
    expect(host.stdout.lines).toEqual([address])
    expect(host.stderr.lines).toEqual([
      `upbit-rx: An invented exchange of 10 markets, seed 7, rate 50. REST: ${address.replace('ws', 'http')}. Try: upbit-rx watch --url ${address}. Ctrl-C ends.`,
    ])
  })

  it('serves a recording', async () => {
    const replay = folder.file('one.jsonl', `${wireText(aTrade({ trade_price: 42 }))}\n`)
    const { host, running, url } = serving({ replay })
    const upbit = createUpbit({ url: await url(), isolated: true })
    expect(await firstValueFrom(upbit.trade$('KRW-BTC'))).toMatchObject({ trade_price: 42 })
    await upbit.shutdown()
    host.press()
    expect(await running).toBe(0)
    expect(host.stderr.lines[0]).toContain('one.jsonl, from the first subscription on')
  })

  it('goes on when nobody reads its stdout any more', async () => {
    const { host, running, url } = serving()
    await url()
    host.stdout.breakPipe()
    host.press()
    expect(await running).toBe(0)
  })

  it('says what to do about a port in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(serving({ port }).running).rejects.toThrow(
      `Port ${port} is in use; take another one, or leave --port out for a free one.`,
    )
    await new Promise((resolve) => other.close(resolve))
  })

  it('says why a recording cannot be served', async () => {
    await expect(serving({ replay: join(folder.path, 'none') }).running).rejects.toThrow(
      /none cannot be served: it does not exist\.$/,
    )
  })
})
