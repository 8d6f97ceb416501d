/** The fuzz itself: it finds faults that are planted, in few cases, and none in the reader that we have. */
import { bytesAlone, bytesAmid, byteText } from '../../../scripts/fuzz/byte-text'
import type { FrameCandidate } from '../../../scripts/fuzz/candidates'
import { frameCandidates } from '../../../scripts/fuzz/candidates'
import { corpus } from '../../../scripts/fuzz/corpus'
import { exchangeFrames } from '../../../scripts/fuzz/exchange-frames'
import type { FrameReport } from '../../../scripts/fuzz/fuzz-frames'
import { frameCase, fuzzFrames, judge, newShare } from '../../../scripts/fuzz/fuzz-frames'
import { frameFailureLines, frameLines } from '../../../scripts/fuzz/fuzz-report'
import { recordedFrames } from '../../../scripts/fuzz/recorded-frames'
import { frameText } from '../../../src/protocol/frame-text'
import { itWithRecordings, recordingPath } from '../../support/recordings'

const seed = 7
const frames = corpus(exchangeFrames(), [])

type Read = FrameCandidate['read']

function fuzzed(read: Read, runs = 4000, source = frames): FrameReport {
  return fuzzFrames({ seed, runs, frames: source, candidates: [{ name: 'planted', read }] })
}

/** The reader that we have, which the planted ones spoil. */
const [present] = frameCandidates as [FrameCandidate]

/** That reader on a text that somebody has changed, or on a looser reading of the bytes. */
function readText(text: string | undefined): ReturnType<Read> {
  return text === undefined ? undefined : present.read(Buffer.from(text))
}

/** What it gives, changed by hand. */
function changed(change: (event: Record<string, unknown>) => object | undefined): Read {
  return (bytes) => {
    const event = readText(frameText(bytes))
    return event === undefined ? undefined : (change({ ...event }) as ReturnType<Read>)
  }
}

describe('the fuzz of frames', () => {
  it('finds no difference between the fast way and the slow way, and is no empty proof', () => {
    const report = fuzzFrames({ seed, runs: 6000, frames, candidates: frameCandidates })
    expect(report.failures).toEqual([])
    const { exchange } = report.unmutated
    expect(exchange.recognised[present.name]).toBe(exchange.cases)
    expect(exchange.cases).toBeGreaterThan(500)
    const { cases, plain, recognised } = report.mutated
    expect(cases).toBe(6000)
    // Neither rare nor all: else there would be nothing to compare, or nothing to refuse.
    expect(plain).toBeGreaterThan(cases / 10)
    expect(plain).toBeLessThan(cases / 2)
    expect(recognised[present.name]).toBeGreaterThan(plain / 2)
  })

  itWithRecordings('finds none on frames of the recordings', () => {
    const recorded = corpus([], recordedFrames(recordingPath('ws')))
    const report = fuzzFrames({ seed, runs: 2000, frames: recorded, candidates: frameCandidates })
    expect(report.failures).toEqual([])
    expect(report.unmutated.recordings.recognised[present.name]).toBeGreaterThan(1000)
  })

  it('has every type, both kinds of stream and every format in its frames', () => {
    const texts = frames.map(({ text }) => text)
    for (const kind of ['ticker', 'trade', 'orderbook', 'candle.1s', 'candle.240m']) {
      for (const key of ['{"type"', '{"ty"', '[{"type"', '[{"ty"']) {
        expect(texts.some((text) => text.startsWith(`${key}:"${kind}"`))).toBe(true)
      }
    }
    for (const stream of ['SNAPSHOT', 'REALTIME']) expect(texts.join('')).toContain(`"${stream}"`)
  })

  it('makes every case again from its id, byte for byte', () => {
    const once = frameCase(seed, frames, 'frame', 1234)
    expect(frameCase(seed, frames, 'frame', 1234)).toEqual(once)
    expect(frameCase(seed + 1, frames, 'frame', 1234)).not.toEqual(once)
    expect(frameCase(seed, frames, 'plain', frames.length)).toBeUndefined()
    const { failures } = fuzzed(() => ({}) as ReturnType<Read>)
    const [failure] = failures
    const [kind = '', index] = failure!.found.id.split(':')
    expect(frameCase(seed, frames, kind, Number(index))).toEqual(failure!.found)
    expect(frameFailureLines(seed, failure!).join('\n')).toContain(
      `npm run fuzz -- --seed 7 --case ${failure!.found.id}`,
    )
  })

  it('says what share was recognised', () => {
    const report = fuzzed((bytes) => readText(frameText(bytes)), 100)
    expect(frameLines(report, ['planted']).join('\n')).toContain(
      'planted recognised 100.0 %, 100.0 % of these',
    )
  })
})

describe('the fuzz of frames finds a reader that', () => {
  const planted: readonly (readonly [string, Read])[] = [
    ['recognises nothing of the exchange', () => undefined],
    [
      'throws',
      (bytes) => {
        if (bytes.length % 97 === 0) throw new RangeError('out of bounds')
        return readText(frameText(bytes))
      },
    ],
    ['rounds a price', changed((event) => ({ ...event, ...rounded(event) }))],
    ['rounds an id', changed((event) => ({ ...event, ...roundedId(event) }))],
    [
      'loses the sign of zero',
      changed((event) =>
        Object.fromEntries(Object.entries(event).map(([key, value]) => [key, value === 0 ? 0 : value])),
      ),
    ],
    [
      'takes a text for a number',
      (bytes) => readText(frameText(bytes)?.replace(/":"(-?[\d.]+)"(?=[,}])/g, '":$1')),
    ],
    ['takes a missing field', withDefault('ask_bid', 'ASK')],
    ['leaves an optional field out', changed(({ delisting_date: _, ...event }) => event)],
    ['overlooks an unknown field', overlooksUnknown],
    ['keeps the first of two values', (bytes) => readText(firstOfTwo(frameText(bytes)))],
    ['takes a trailing comma', (bytes) => readText(frameText(bytes)?.replace(/,([}\]]+)$/, '$1'))],
    ['takes a leading zero', (bytes) => readText(frameText(bytes)?.replace(/:(-?)0+(?=\d)/g, ':$1'))],
    [
      'takes what stands behind the end',
      (bytes) => readText(frameText(bytes)?.replace(/(\}\]?)[^}\]]+$/, '$1')),
    ],
    ['looks at ASCII alone', (bytes) => readText(Buffer.from(bytes).toString('latin1'))],
    ['takes a lone surrogate in the bytes', (bytes) => readText(Buffer.from(bytes).toString('utf8'))],
    [
      'takes control characters in strings',
      (bytes) => readText(frameText(bytes)?.replace(/[\t\n](?=[^"]*")/g, ' ')),
    ],
    ['sets a prototype', (bytes) => withPrototype(readText(frameText(bytes)))],
    ['reads beyond the end', readsBeyond],
    [
      'takes a list of two for one',
      (bytes) => readText(frameText(bytes)?.replace(/^\[(\{.*\}),.*\]$/s, '[$1]')),
    ],
  ]

  it.each(planted)('%s', (_, read) => {
    const { failures } = fuzzed(read, 60_000)
    expect(failures).not.toEqual([])
    expect(failures.length).toBeLessThanOrEqual(3)
  })

  it('tells other drift than the slow way', () => {
    const text = frames.find((frame) => frame.text.startsWith('{"type":"ticker"'))!.text
    const drifted = `${text.slice(0, -1)},"field_of_tomorrow":1}`
    const found = { id: 'frame:0', bytes: bytesAlone(drifted), origin: 'exchange' as const, done: [] }
    const read = (): ReturnType<Read> => readText(text)
    const told = { name: 'told', read, drift: () => ['ticker.field_of_tomorrow'] }
    expect(judge(found, [told], newShare())).toEqual([])
    const silent = { name: 'silent', read }
    expect(judge(found, [silent], newShare())).toMatchObject([{ why: expect.stringContaining('drift') }])
  })

  it('reads no UTF-8, at a byte in a string', () => {
    const text = frames[0]!.text.replace('"KRW-BTC"', '"KRW-\xed\xa0\x80"')
    const found = { id: 'frame:0', bytes: bytesAlone(text), origin: 'exchange' as const, done: [] }
    const lenient = { name: 'lenient', read: (bytes: Uint8Array) => readText(Buffer.from(bytes).toString()) }
    expect(judge(found, [lenient], newShare())).toMatchObject([{ why: expect.stringContaining('rejected') }])
    expect(judge(found, frameCandidates, newShare())).toEqual([])
    expect(byteText('가')).toBe('\xea\xb0\x80')
    expect(bytesAmid('ab', 'cd', 'ef')).toEqual(Buffer.from('cd'))
  })
})

function rounded({ trade_price: price }: Record<string, unknown>): object {
  return typeof price === 'number' ? { trade_price: Math.fround(price) } : {}
}

function roundedId({ sequential_id: id }: Record<string, unknown>): object {
  return typeof id === 'string' ? { sequential_id: String(Number(id)) } : {}
}

function withDefault(key: string, value: string): Read {
  return (bytes) => {
    const text = frameText(bytes)
    const event = readText(text)
    if (event !== undefined || text?.includes(`"${key}"`) !== false) return event
    return readText(text.replace('{', () => `{"${key}":"${value}",`))
  }
}

function overlooksUnknown(bytes: Uint8Array): ReturnType<Read> {
  const text = frameText(bytes)
  const event = readText(text)
  if (event !== undefined || text === undefined) return event
  const without = /^\{(.*),"field_of_tomorrow":[^,]+(.*)\}$/s.exec(text)
  return without === null ? undefined : readText(`{${without[1]}${without[2]}}`)
}

/** Swaps a repeated key with the one before it. */
function firstOfTwo(text: string | undefined): string | undefined {
  return text?.replace(/("[a-z_]+":)([^,{}[\]]+),\1([^,{}[\]]+)/, '$1$3,$1$2')
}

/** To the last bracket of the buffer, when the frame has lost its own. */
function readsBeyond(bytes: Uint8Array): ReturnType<Read> {
  const text = frameText(bytes)
  if (text === undefined || /\}\]?\s*$/.test(text)) return readText(text)
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset).toString('latin1')
  return readText(/^[^}]*\}\]?/.exec(rest)?.[0])
}

function withPrototype(event: ReturnType<Read>): ReturnType<Read> {
  return event === undefined ? undefined : (Object.assign(Object.create(null), event) as ReturnType<Read>)
}
