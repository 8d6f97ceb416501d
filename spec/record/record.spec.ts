import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { configureUpbit, createUpbit, GlobalWebSocketManager, trade$ } from '../../src/index'
import type { RecordingLine } from '../../src/record'
import { readRecording, record } from '../../src/record'
import { aTrade, createVirtualExchange, resetShared, virtualStartMs } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'

const directory = mkdtempSync(join(tmpdir(), 'record-'))
let files = 0
const newFile = (extension = '.jsonl'): string => join(directory, `${++files}${extension}`)

afterAll(() => rmSync(directory, { recursive: true }))

async function read(file: string): Promise<readonly RecordingLine[]> {
  const lines: RecordingLine[] = []
  for await (const line of readRecording(file)) lines.push(line)
  return lines
}

function setUp() {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler)
  const upbit = createUpbit({ ...exchange.options, logger: false })
  const codes: string[] = []
  upbit.errors$.subscribe(({ code }) => codes.push(code))
  return { time, exchange, upbit, codes }
}

const kinds = (lines: readonly RecordingLine[]): readonly string[] => lines.map(({ kind }) => kind)
const texts = (lines: readonly RecordingLine[]): readonly string[] =>
  lines.flatMap((line) => (line.kind === 'frame' ? [line.text] : []))

describe('record', () => {
  it('writes every frame untouched with its received_at, and opening, request and close beside it', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile()
    const recording = record(upbit, file)
    const receivedMs: number[] = []
    const subscription = upbit.trade$('KRW-BTC').subscribe(({ received_at }) => receivedMs.push(received_at))
    time.pass(100)
    exchange.emit(aTrade())
    time.pass(50)
    const odd = '{ "type":"trade","code":"KRW-BTC" , "x":1.0E1}'
    exchange.emitRaw(odd)
    exchange.cut({ code: 1001, reason: 'going away' })
    time.pass(1_000)
    subscription.unsubscribe()
    time.pass(10_000)
    const totals = await recording.stop()
    const lines = await read(file)
    expect(kinds(lines)).toEqual([
      ...['begin', 'opened', 'sent', 'frame', 'frame', 'closed'],
      ...['opened', 'sent', 'closed', 'end'],
    ])
    const [, opened, sent, first, second, closed, , , last, end] = lines
    expect(opened).toEqual({
      kind: 'opened',
      atMs: virtualStartMs,
      connection: 1,
      epoch: 1,
      host: 'exchange.invalid',
    })
    expect(sent).toMatchObject({ text: exchange.received[0]?.text })
    expect(first).toMatchObject({ atMs: receivedMs[0], type: 'trade', code: 'KRW-BTC' })
    expect(second).toMatchObject({ atMs: virtualStartMs + 150, text: odd })
    expect(closed).toMatchObject({ epoch: 1, by: 'exchange', code: 1001, reason: 'going away' })
    expect(last).toMatchObject({ epoch: 2, by: 'client' })
    expect(end).toMatchObject({ frames: 2, lost: 0 })
    expect(totals).toEqual({ frames: 2, lost: 0, bytes: statSync(file).size, files: [file] })
  })

  it('takes what is not decoded too: control frames, damaged frames, what is no UTF-8, states that nobody reads', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile()
    const recording = record(upbit, file)
    upbit.ticker$('KRW-BTC').subscribe()
    time.pass(100)
    const frames = ['{"status":"UP"}', '{"type":"tick', 'no\nJSON', '{"type":"ticker","code":"KRW-NOBODY"}']
    for (const frame of frames) exchange.emitRaw(frame)
    const bytes = new Uint8Array([0x7b, 0xff, 0x7d])
    exchange.emitRaw(bytes)
    // The exchange may use the memory again in the next turn.
    bytes.fill(0)
    await recording.stop()
    const lines = await read(file)
    expect(texts(lines)).toEqual([...frames, '{\ufffd}'])
    expect(lines.at(-2)).toMatchObject({ bytes: new Uint8Array([0x7b, 0xff, 0x7d]) })
    await upbit.shutdown()
  })

  it('says what was open and asked for before it began', async () => {
    const { time, exchange, upbit } = setUp()
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(500)
    const file = newFile()
    const recording = record(upbit, file)
    exchange.emit(aTrade())
    await recording.stop()
    const lines = await read(file)
    expect(kinds(lines)).toEqual(['begin', 'opened', 'sent', 'frame', 'end'])
    expect(lines[1]).toMatchObject({ atMs: virtualStartMs + 500, sinceMs: virtualStartMs, epoch: 1 })
    await upbit.shutdown()
  })

  it('restates what was asked for, not the question or the text PING that was sent since', async () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler)
    const upbit = createUpbit({ ...exchange.options, logger: false })
    upbit.trade$('KRW-BTC').subscribe()
    // Long enough for the question about what is subscribed.
    time.pass(60_000)
    expect(exchange.received.at(-1)?.text).not.toContain('"trade"')
    const file = newFile()
    const recording = record(upbit, file)
    await recording.stop()
    const lines = await read(file)
    expect(lines.filter(({ kind }) => kind === 'sent')).toMatchObject([{ text: exchange.received[0]?.text }])
    await upbit.shutdown()
  })

  it('tells the connections of a client apart, and goes on behind a shutdown', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile()
    const recording = record(upbit, file)
    upbit.orderbook$('KRW-BTC').subscribe()
    upbit.orderbook$('KRW-BTC', { level: 10_000 }).subscribe()
    time.pass(100)
    await upbit.shutdown()
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    exchange.emit(aTrade())
    await upbit.shutdown()
    await recording.stop()
    const lines = await read(file)
    expect(lines.flatMap((line) => (line.kind === 'opened' ? [line.connection] : []))).toEqual([1, 2, 1])
    expect(texts(lines)).toHaveLength(1)
  })

  it('subscribes to nothing, and takes nothing more in once it is stopped', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile()
    const recording = record(upbit, file)
    time.pass(10_000)
    expect(exchange.dials).toEqual([])
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    const stopped = recording.stop()
    exchange.emit(aTrade())
    expect(recording.stop()).toBe(stopped)
    await stopped
    await recording.done
    expect(texts(await read(file))).toEqual([])
    await upbit.shutdown()
  })

  it('never writes a url, a token or a header', async () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler)
    const secret = 'a-very-secret-token'
    const upbit = createUpbit({
      ...exchange.options,
      url: `ws://user:${secret}@exchange.invalid/websocket/v1?token=${secret}`,
      openSocket: (request) =>
        exchange.options.openSocket({ url: request.url, headers: { authorization: `Bearer ${secret}` } }),
      logger: false,
    })
    const file = newFile()
    await using recording = record(upbit, file)
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    exchange.cut()
    time.pass(2_000)
    await recording.stop()
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('exchange.invalid')
    expect(text).not.toContain(secret)
    await upbit.shutdown()
  })

  it('appends to a file that is there, also behind a line that a crash cut off, plain and gzip', async () => {
    for (const extension of ['.jsonl', '.jsonl.gz']) {
      const file = newFile(extension)
      for (const run of [1, 2, 3]) {
        const { time, exchange, upbit } = setUp()
        const recording = record(upbit, file)
        upbit.trade$('KRW-BTC').subscribe()
        time.pass(100)
        exchange.emit(aTrade({ sequential_id: String(run) }))
        await recording.stop()
        await upbit.shutdown()
        // Of the first run the end is cut off.
        if (run === 1) writeFileSync(file, readFileSync(file).subarray(0, -10))
      }
      const lines = await read(file)
      expect(lines.filter(({ kind }) => kind === 'begin')).toHaveLength(3)
      expect(texts(lines).map((text) => /"sequential_id":(\d)/.exec(text)?.[1])).toEqual(['1', '2', '3'])
    }
  })

  it('has compressed lines on the disk a second after they came, and holds no timer without them', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile('.jsonl.gz')
    const recording = record(upbit, file)
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    exchange.emit(aTrade())
    await untilTrue(() => recording.frames === 1)
    expect(await read(file)).toEqual([])
    time.pass(1_000)
    await untilTrue(() => statSync(file).size > 50)
    expect(texts(await read(file))).toHaveLength(1)
    await upbit.shutdown()
    time.pass(2_000)
    await recording.stop()
    // Whole, for any other reader too.
    expect(gunzipSync(readFileSync(file)).toString()).toContain('"end"')
  })

  it.each(['.jsonl', '.jsonl.gz'])('rotates by size, each file readable by itself: %s', async (extension) => {
    const { time, exchange, upbit } = setUp()
    const file = newFile(extension)
    const recording = record(upbit, file, { rotate: { bytes: extension === '.jsonl' ? 4_000 : 1_000 } })
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    for (let id = 1; id <= 200; id++) {
      exchange.emit(aTrade({ sequential_id: String(id), trade_price: Math.sin(id) }))
      // A compressed file grows with its flushes.
      time.pass(200)
      // The exchange's answers to questions about what is subscribed are frames too.
      if (id % 20 === 0) await untilTrue(() => recording.frames >= id)
    }
    const { files: made, frames } = await recording.stop()
    await upbit.shutdown()
    expect(frames).toBeGreaterThanOrEqual(200)
    expect(made.length).toBeGreaterThan(2)
    expect(made[1]).toBe(file.replace(extension, `-000002${extension}`))
    for (const each of made.slice(1)) {
      expect(kinds(await read(each)).slice(0, 3)).toEqual(['begin', 'opened', 'sent'])
    }
    if (extension === '.jsonl')
      for (const each of made) expect(statSync(each).size).toBeLessThanOrEqual(4_000)
    const ids = texts(await read(file)).flatMap((text) => /"sequential_id":(\d+)/.exec(text)?.[1] ?? [])
    expect(ids.map(Number)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  it('begins each file with what was open at that place, also when the disk is behind what has happened since', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile()
    const recording = record(upbit, file, { rotate: { bytes: 1_500 } })
    const subscription = upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    // In one turn, in which no disk takes anything.
    for (let id = 1; id <= 20; id++) exchange.emit(aTrade({ sequential_id: String(id) }))
    exchange.cut()
    time.pass(5_000)
    subscription.unsubscribe()
    time.pass(10_000)
    const { files: made } = await recording.stop()
    expect(made.length).toBeGreaterThan(5)
    for (const each of made.slice(1, 4)) {
      const [begun, opened, sent, next] = await read(each)
      expect([begun, opened, sent, next]).toMatchObject([
        { kind: 'begin', atMs: virtualStartMs + 100 },
        { kind: 'opened', epoch: 1, sinceMs: virtualStartMs, atMs: virtualStartMs + 100 },
        { kind: 'sent', text: exchange.received[0]?.text },
        { kind: 'frame' },
      ])
    }
    await upbit.shutdown()
  })

  it('rotates by time, goes on with the numbers of a set that is there, and makes no file without a line', async () => {
    const file = newFile()
    writeFileSync(file.replace('.jsonl', '-000007.jsonl'), '')
    const { time, exchange, upbit } = setUp()
    const recording = record(upbit, file, { rotate: { everyMs: 60_000 } })
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    for (let minute = 1; minute <= 3; minute++) {
      exchange.emit(aTrade({ sequential_id: String(minute) }))
      await untilTrue(() => recording.frames === minute)
      if (minute < 3) time.pass(60_000)
    }
    const { files: made } = await recording.stop()
    await upbit.shutdown()
    expect(made.map((each) => /-(\d+)\.jsonl$/.exec(each)?.[1])).toEqual(['000008', '000009', '000010'])
    expect(readdirSync(directory).filter((name) => name.startsWith(`${files}-`))).toHaveLength(4)
  })

  it('tells what a disk that is too slow costs: in its place, by `lost` and on errors$', async () => {
    const { time, exchange, upbit, codes } = setUp()
    const file = newFile()
    const recording = record(upbit, file, { maxWaiting: 3_000 })
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    // In one turn, in which no disk takes anything.
    for (let id = 1; id <= 50; id++) exchange.emit(aTrade({ sequential_id: String(id) }))
    expect(recording.lost).toBeGreaterThan(10)
    await untilTrue(() => recording.frames + recording.lost === 50)
    exchange.emit(aTrade({ sequential_id: '51' }))
    const { frames, lost } = await recording.stop()
    expect(frames + lost).toBe(51)
    expect(codes).toEqual(['RECORDING_OVERFLOW'])
    const lines = await read(file)
    const at = lines.findIndex(({ kind }) => kind === 'lost')
    expect(lines[at]).toMatchObject({ frames: lost, fromMs: virtualStartMs + 100 })
    expect(lines[at + 1]).toMatchObject({
      kind: 'frame',
      text: expect.stringContaining('"sequential_id":51') as string,
    })
    expect(lines.at(-1)).toMatchObject({ kind: 'end', frames, lost })
    await upbit.shutdown()
  })

  it('tells a loss that lasts to the end as well', async () => {
    const { time, exchange, upbit } = setUp()
    const file = newFile()
    const recording = record(upbit, file, { maxWaiting: 1 })
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    exchange.emit(aTrade())
    expect(await recording.stop()).toMatchObject({ frames: 0, lost: 1 })
    expect((await read(file)).slice(-2)).toMatchObject([{ kind: 'lost', frames: 1 }, { kind: 'end' }])
    await upbit.shutdown()
  })

  it('ends with RECORDING_FAILED when the disk takes no more, told on errors$ and by both promises', async () => {
    const { time, exchange, upbit, codes } = setUp()
    const recording = record(upbit, '/dev/full')
    upbit.trade$('KRW-BTC').subscribe()
    time.pass(100)
    exchange.emit(aTrade())
    await expect(recording.done).rejects.toMatchObject({ code: 'RECORDING_FAILED', path: '/dev/full' })
    await expect(recording.stop()).rejects.toMatchObject({ message: '/dev/full cannot be written: ENOSPC.' })
    expect(codes).toEqual(['RECORDING_FAILED'])
    expect(recording.frames + recording.lost).toBe(1)
    exchange.emit(aTrade())
    expect(recording.lost).toBe(1)
    await upbit.shutdown()
  })

  it.each(['.jsonl', '.jsonl.gz'])(
    'ends with RECORDING_FAILED when there is no next file to turn to, and lets the client go on: %s',
    async (extension) => {
      const { time, exchange, upbit, codes } = setUp()
      const folder = mkdtempSync(join(directory, 'gone-'))
      const recording = record(upbit, join(folder, `a${extension}`), { rotate: { everyMs: 1_000 } })
      let received = 0
      upbit.trade$('KRW-BTC').subscribe(() => received++)
      time.pass(100)
      exchange.emit(aTrade())
      await untilTrue(() => recording.frames === 1)
      rmSync(folder, { recursive: true })
      time.pass(2_000)
      // This one finds its file too old.
      exchange.emit(aTrade({ sequential_id: '2' }))
      await expect(recording.done).rejects.toMatchObject({ code: 'RECORDING_FAILED' })
      await expect(recording.stop()).rejects.toMatchObject({
        message: expect.stringMatching(/a-000001\.jsonl(\.gz)? cannot be written: ENOENT\.$/) as string,
      })
      expect(codes).toEqual(['RECORDING_FAILED'])
      expect(recording.frames).toBe(1)
      expect(recording.lost).toBeGreaterThanOrEqual(1)
      exchange.emit(aTrade({ sequential_id: '3' }))
      expect(received).toBe(3)
      await upbit.shutdown()
    },
  )

  it('compresses whatever the case of .GZ, and refuses a file of the other kind, which nothing could read then', async () => {
    const { upbit } = setUp()
    const file = newFile('.JSONL.Gz')
    await record(upbit, file).stop()
    expect(gunzipSync(readFileSync(file)).toString()).toContain('"end"')
    const plain = newFile()
    writeFileSync(plain, readFileSync(file))
    const gzip = newFile('.GZ')
    writeFileSync(gzip, '{"type":"trade"}')
    for (const [path, what] of [
      [plain, 'it holds gzip, and its name does not end in .gz.'],
      [gzip, 'it holds no gzip, and its name ends in .gz.'],
    ] as const) {
      expect(() => record(upbit, path)).toThrow(
        expect.objectContaining({ code: 'RECORDING_FAILED', message: `${path} cannot be written: ${what}` }),
      )
    }
    await upbit.shutdown()
  })

  it("ends with its manager, whose shutdown is in it; a client's goes on", async () => {
    const time = virtualTime()
    const exchange = createVirtualExchange(time.scheduler)
    configureUpbit({ ...exchange.sharedOptions, logger: false })
    try {
      const file = newFile()
      const manager = GlobalWebSocketManager.shared()
      const recording = record(manager, file)
      trade$('KRW-BTC').subscribe()
      time.pass(100)
      exchange.emit(aTrade())
      await manager.shutdown()
      expect(await recording.done).toMatchObject({ frames: 1, lost: 0 })
      expect(kinds(await read(file))).toEqual(['begin', 'opened', 'sent', 'frame', 'closed', 'end'])
      // One that is shut down already has nothing to record.
      expect(await record(manager, newFile()).done).toMatchObject({ frames: 0 })
    } finally {
      await resetShared()
    }
  })

  it('throws at the call what is wrong at the call', () => {
    const { upbit } = setUp()
    expect(() => record(upbit, join(directory, 'absent', 'a.jsonl'))).toThrow(
      expect.objectContaining({ code: 'RECORDING_FAILED' }),
    )
    const wrong: readonly (readonly [string, object])[] = [
      ['', {}],
      [newFile(), { rotate: {} }],
      [newFile(), { rotate: { bytes: 0 } }],
      [newFile(), { rotate: { everyMs: Number.NaN } }],
      [newFile(), { rotate: { every: 1 } }],
      [newFile(), { maxWaiting: -1 }],
      [newFile(), { rotation: {} }],
    ]
    for (const [file, options] of wrong) {
      expect(() => record(upbit, file, options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }))
    }
  })
})

async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
