import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { ReplayOptions, ReplayServer } from '../../src/testing'
import { keysOf, startReplay } from '../../src/testing'

const directory = mkdtempSync(join(tmpdir(), 'replay-'))
let exchange: ReplayServer | undefined
const clients: WebSocket[] = []

async function start(options: ReplayOptions): Promise<ReplayServer> {
  exchange = await startReplay(options)
  return exchange
}

/** A client that is subscribed to these keys, and the texts that it has got. */
async function subscribe(
  keys: readonly { type: string; code: string }[],
): Promise<{ socket: WebSocket; texts: string[] }> {
  const socket = new WebSocket(`${exchange?.url}/websocket/v1`, { perMessageDeflate: false })
  clients.push(socket)
  const texts: string[] = []
  socket.on('message', (data: Buffer) => texts.push(data.toString()))
  await once(socket, 'open')
  socket.send(JSON.stringify([{ ticket: 't' }, ...keys.map(({ type, code }) => ({ type, codes: [code] }))]))
  return { socket, texts }
}

/** Everything sent before has arrived when the answer to a ping has. */
async function settled(socket: WebSocket): Promise<void> {
  const pong = once(socket, 'pong')
  socket.ping()
  await pong
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate()
  await exchange?.close()
  exchange = undefined
})
afterAll(() => rmSync(directory, { recursive: true }))

const frame = (code: string, n: number): string =>
  `{"ty":"trade","cd":"${code}","tp":4.10E1,"sid":1787728560262000${n}}`

describe('startReplay', () => {
  it('C13 sends the recorded text untouched, the wanted keys only, and is done when all has left', async () => {
    const file = join(directory, 'small.jsonl')
    const lines = [0, 1, 2, 3].map(
      (n) => `{"t":${n * 20},"frame":${frame(n === 2 ? 'KRW-ETH' : 'KRW-BTC', n)}}`,
    )
    writeFileSync(file, lines.join('\n'))
    const { replay } = await start({ file })
    const { socket, texts } = await subscribe([{ type: 'trade', code: 'KRW-BTC' }])
    const startedMs = performance.now()
    await replay.done
    expect(performance.now() - startedMs).toBeGreaterThan(45)
    await settled(socket)
    expect(texts).toEqual([0, 1, 3].map((n) => frame('KRW-BTC', n)))
  })

  it('C13 lets a client that comes back go on at the present of the timeline', async () => {
    const file = join(directory, 'long.jsonl')
    writeFileSync(file, Array.from({ length: 40 }, (_, n) => frame('KRW-BTC', n)).join('\n'))
    const { replay } = await start({ file })
    const first = await subscribe([{ type: 'trade', code: 'KRW-BTC' }])
    await once(first.socket, 'message')
    first.socket.terminate()
    await exchange?.until(() => exchange?.connections === 0)
    const second = await subscribe([{ type: 'trade', code: 'KRW-BTC' }])
    await replay.done
    await settled(second.socket)
    expect(second.texts.at(-1)).toBe(frame('KRW-BTC', 39))
    expect(second.texts.length).toBeGreaterThan(5)
    expect(second.texts).not.toContain(frame('KRW-BTC', 0))
  })

  const recordings = process.env.UPBIT_RECORDINGS ?? join(process.cwd(), '../shared/recordings')
  const recorded = join(recordings, 'ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl')
  // eslint-disable-next-line no-restricted-properties -- the recordings are no part of the repository: with them it runs
  const itWithRecordings = existsSync(recorded) ? it : it.skip

  itWithRecordings(
    'C13 sends all 1,733 frames of the recording of 2021-04-05, byte for byte and in order',
    async () => {
      const { replay } = await start({ file: recorded, speed: 2_000 })
      const { socket, texts } = await subscribe(await keysOf(recorded))
      await replay.done
      await settled(socket)
      expect(texts).toHaveLength(1_733)
      const lines = readFileSync(recorded, 'utf8').trimEnd().split('\n')
      expect(texts).toEqual(lines.map((line) => line.slice(line.indexOf('"frame":') + 8, -1)))
    },
  )

  it('rejects when there is no such file', async () => {
    await expect(startReplay({ file: join(directory, 'absent.jsonl') })).rejects.toMatchObject({
      code: 'ENOENT',
    })
  })
})
