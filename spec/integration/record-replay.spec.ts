/** What was recorded comes again: a run against the seeded market, its recording, and replays of that. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { merge } from 'rxjs'
import type { Upbit } from '../../src/api'
import { createUpbit } from '../../src/index'
import type { PublicEvent } from '../../src/protocol/events'
import { record } from '../../src/record'
import type { ReplayPace, VirtualExchange } from '../../src/testing'
import { createVirtualExchange, createVirtualReplay, loadRecording, startReplay } from '../../src/testing'
import { itWithRecordings, recordingPath } from '../support/recordings'
import { virtualTime } from '../support/virtual-time'

const directory = mkdtempSync(join(tmpdir(), 'record-replay-'))

afterAll(() => rmSync(directory, { recursive: true }))

const codes = ['KRW-BTC', 'BTC-ETH']

function subscribe(upbit: Upbit): PublicEvent[] {
  const events: PublicEvent[] = []
  merge(
    upbit.ticker$(codes),
    upbit.trade$(codes),
    upbit.orderbook$(codes),
    upbit.orderbook$('KRW-BTC', { level: 10_000 }),
    upbit.candle$('KRW-BTC', '1s'),
  ).subscribe((event) => events.push(event))
  return events
}

const runMs = 20_000

/** A run of the seeded market, with whatever `trouble` does to it. */
async function recordRun(
  name: string,
  trouble: (exchange: VirtualExchange, at: (atMs: number, work: () => void) => void) => void = () => {},
): Promise<{ file: string; events: PublicEvent[]; gaps: number }> {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler, {
    seed: 7,
    market: true,
    markets: 30,
    rate: 1,
    // Whole milliseconds: the market stamps its frames with the time of its timers.
    errorCloseMs: [160, 160],
  })
  const upbit = createUpbit({ ...exchange.options, logger: false })
  const file = join(directory, name)
  // No disk takes anything in the one turn of a run.
  const recording = record(upbit, file, { maxWaiting: 2 ** 30 })
  const events = subscribe(upbit)
  trouble(exchange, time.at)
  time.pass(runMs)
  await recording.stop()
  const { gaps } = upbit.accounting()
  await upbit.shutdown()
  expect(recording.lost).toBe(0)
  return { file, events, gaps }
}

async function replay(file: string, pace: ReplayPace = {}): Promise<{ events: PublicEvent[]; gaps: number }> {
  const time = virtualTime()
  const exchange = createVirtualReplay(time.scheduler, await loadRecording(file), pace)
  const upbit = createUpbit({ ...exchange.options, logger: false })
  const events = subscribe(upbit)
  let gaps = 0
  let isOver = false
  exchange.replay.progress$.subscribe({
    complete: () => {
      isOver = true
      gaps = upbit.accounting().gaps
    },
  })
  time.pass(40_000)
  expect(isOver).toBe(true)
  await exchange.replay.done
  await upbit.shutdown()
  return { events, gaps }
}

let calm: Awaited<ReturnType<typeof recordRun>>
let incident: Awaited<ReturnType<typeof recordRun>>

beforeAll(async () => {
  calm = await recordRun('calm.jsonl.gz')
  incident = await recordRun('incident.jsonl', (exchange, at) => {
    at(3_000, () => exchange.cut())
    at(6_000, () => exchange.emitRaw('{"type":"ticker","code":"KRW-BTC"'))
    at(8_000, () => exchange.cut({ code: 1001, reason: 'going away' }))
    at(11_000, () => exchange.sendError('INTERNAL_ERROR'))
  })
})

function withoutStamp({ received_at: _, epoch: __, ...event }: PublicEvent): object {
  return event
}

describe('a recording, replayed in virtual time', () => {
  it('gives the events of the recorded run, received_at and epoch apart, at the distances of then', async () => {
    const { file, events } = calm
    expect(events.length).toBeGreaterThan(100)
    const again = await replay(file)
    expect(again.events.map(withoutStamp)).toEqual(events.map(withoutStamp))
    const offsets = (of: readonly PublicEvent[]): readonly number[] =>
      of.map(({ received_at }) => received_at - (of[0]?.received_at ?? 0))
    expect(offsets(again.events)).toEqual(offsets(events))
  })

  it('gives the same twice, byte for byte', async () => {
    const { file } = incident
    for (const pace of [{ speed: 3 }, { boundaries: true }]) {
      expect(JSON.stringify((await replay(file, pace)).events)).toBe(
        JSON.stringify((await replay(file, pace)).events),
      )
    }
  })

  it('replays an incident with its gaps where boundaries are asked for, and without them where not', async () => {
    const { file, events, gaps } = incident
    expect(events.at(-1)?.epoch).toBe(4)
    const cut = await replay(file, { boundaries: true })
    expect(cut.events.map(withoutStamp)).toEqual(events.map(withoutStamp))
    expect(cut.events.map(({ epoch }) => epoch)).toEqual(events.map(({ epoch }) => epoch))
    expect(cut.gaps).toBe(gaps)
    const smooth = await replay(file)
    expect(new Set(smooth.events.map(({ epoch }) => epoch))).toEqual(new Set([1]))
    expect(smooth.gaps).toBe(0)
  })

  it('comes to its end with boundaries for a client of other keys, and for one that does not come back', async () => {
    const recording = await loadRecording(incident.file)
    for (const key of ['KRW-NOBODY', 'KRW-BTC'] as const) {
      const time = virtualTime()
      const exchange = createVirtualReplay(time.scheduler, recording, { boundaries: true })
      const upbit = createUpbit({ ...exchange.options, logger: false })
      upbit.trade$(key).subscribe()
      // The cut is the last that this one sees.
      upbit.status$.subscribe(({ state }) => {
        if (state === 'waiting') void upbit.shutdown()
      })
      let isOver = false
      exchange.replay.progress$.subscribe({ complete: () => (isOver = true) })
      time.pass(200_000)
      expect(isOver).toBe(true)
      expect(exchange.dials).toHaveLength(1)
      await upbit.shutdown()
    }
  })

  itWithRecordings('takes the recording of 2021-04-05 at its own time, the same twice', async () => {
    const recording = await loadRecording(
      recordingPath('ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl'),
    )
    const run = (): PublicEvent[] => {
      const time = virtualTime()
      const exchange = createVirtualReplay(time.scheduler, recording)
      const upbit = createUpbit({ ...exchange.options, logger: false })
      const events: PublicEvent[] = []
      const of = (type: string): string[] =>
        recording.summary.keys.filter((key) => key.type === type).map(({ code }) => code)
      const subscription = merge(upbit.trade$(of('trade')), upbit.orderbook$(of('orderbook'))).subscribe(
        (event) => events.push(event),
      )
      exchange.replay.progress$.subscribe({ complete: () => subscription.unsubscribe() })
      time.pass(200_000)
      return events
    }
    const events = run()
    expect(events).toHaveLength(1_733)
    expect(events[0]?.received_at).toBeCloseTo(recording.summary.startMs ?? 0, 3)
    expect(JSON.stringify(run())).toBe(JSON.stringify(events))
  })
})

describe('a recording, replayed over a real socket', () => {
  it('C13 is done when the client has got all of it', async () => {
    const { file, events } = calm
    await using exchange = await startReplay({ file, speed: 200 })
    const upbit = createUpbit({ url: exchange.url, isolated: true, logger: false })
    const again: string[] = []
    // On one connection: a second one would come in when the timeline has begun.
    upbit.trade$(codes).subscribe((event) => again.push(event.sequential_id))
    await exchange.replay.done
    const trades = events.filter((event) => event.type === 'trade')
    expect(again).toEqual(trades.map(({ sequential_id }) => sequential_id))
    await upbit.shutdown()
  })
})
