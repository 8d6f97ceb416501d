/**
 * What holds for every frame: no input makes the decoder throw, and the fast way accepts nothing that the slow way
 * would refuse or read differently.
 */
import type { PublicFrame } from '../../src/protocol/events'
import { eventDefinitions, eventKind } from '../../src/protocol/events'
import { readGuarded } from '../../src/protocol/guarded-reader'
import { frameText } from '../../src/protocol/frame-text'
import { abbreviateKeys, expandKeys } from '../../src/protocol/key-spelling'
import { findProtoKey } from '../../src/protocol/proto-key'
import { candleUnits, wireFormats } from '../../src/protocol/wire'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/simulator/builders'
import { encodeEvent } from '../../src/simulator/encode'
import { defaultSwitches } from '../../src/simulator/switches'
import { itWithRecordings, itWithSamples, readRecording, readSamples } from '../support/recordings'
import type { Decoded, FusedDecoding } from './decoding'
import {
  bytesOf,
  chunkedBytesOf,
  decode,
  decodeSlowly,
  frameOf as withoutStamp,
  fusedDecoding,
} from './decoding'
import { frameTexts } from './frames'
import { frameOf, generatedEvent, valueOf } from './generated'
import { spellings } from './fused/numbers'
import { bitFlipped, mutated } from './mutations'
import fc from '../support/seeded-fast-check'

const objectNames = Object.getOwnPropertyNames(Object.prototype).sort()

/** The frames of this folder in all four formats. */
const ownTexts = Object.entries(frameTexts).flatMap(([kind, text]) => {
  const fields = eventDefinitions[kind as keyof typeof frameTexts]
  // Renamed in the text, so that the spelling of the numbers stays.
  const nested = 'orderbook_units' in fields ? Object.entries(fields.orderbook_units.codec.fields) : []
  const simple = [...Object.entries(fields), ...nested].reduce(
    (renamed, [name, { key }]) => renamed.replaceAll(`"${name}":`, `"${key}":`),
    text,
  )
  return [text, simple, `[${text}]`, `[${simple}]`]
})

/** How many elements a frame must answer for; `undefined`: it is no JSON, and nobody can count them. */
function elementsOf(raw: string | Uint8Array): number | undefined {
  try {
    const parsed: unknown = JSON.parse(typeof raw === 'string' ? raw : new TextDecoder().decode(raw))
    return Array.isArray(parsed) ? Math.max(parsed.length, 1) : 1
  } catch {
    return undefined
  }
}

/** One outcome, and the calls of the sink that belong to it. */
function expectConsistent(raw: string | Uint8Array, { outcome, events, controls, rejected }: Decoded): void {
  const expected = rejected.length > 0 ? 'rejected' : events.length > 0 ? 'decoded' : 'control'
  expect(outcome).toBe(expected)
  const elementsRejected = rejected.reduce((sum, { count = 1 }) => sum + count, 0)
  const elements = elementsOf(raw)
  if (elements === undefined) expectUnreadable({ events, controls, rejected })
  else expect(events.length + controls.length + elementsRejected).toBe(elements)
  for (const error of rejected) {
    expect(error.path).toMatch(/^\$/)
    expect(error.path.length + error.expected.length + error.actual.length).toBeLessThan(1000)
  }
  for (const event of events) expectPlain(event)
}

/** The keep-alive answer, one rejection, or one for each event that the text names; never an event. */
function expectUnreadable({
  events,
  controls,
  rejected,
}: Pick<Decoded, 'events' | 'controls' | 'rejected'>): void {
  expect(events).toEqual([])
  expect(controls.length + Math.min(rejected.length, 1)).toBe(1)
  const unnamed = rejected.filter(({ type }) => type === undefined)
  expect(unnamed.length).toBeLessThanOrEqual(rejected.length > 1 ? 0 : 1)
}

/** Nothing but the table's fields and ours, in objects like any other. */
function expectPlain(event: Decoded['events'][number]): void {
  const fields = Object.keys(eventDefinitions[eventKind(event.type)!])
  const own = Object.keys(event)
  expect(own.filter((name) => !fields.includes(name)).sort()).toEqual(['epoch', 'received_at', 'source'])
  const pending: unknown[] = [event]
  for (const value of pending) {
    if (typeof value !== 'object' || value === null) continue
    expect(Object.getPrototypeOf(value)).toBe(Array.isArray(value) ? Array.prototype : Object.prototype)
    pending.push(...Object.values(value))
  }
}

/** What the fast way accepts, the slow way accepts with equal values and nothing to remark. */
function expectAgreement(text: string): void {
  const slow = decodeSlowly(text)
  const fast: PublicFrame | undefined = readGuarded(text)
  if (fast !== undefined) {
    expect(slow).toMatchObject({ outcome: 'decoded', rejected: [], controls: [], drift: [] })
    expect(slow.events).toStrictEqual([fast])
  }
  const whole = decode(text)
  expect(whole.outcome).toBe(slow.outcome)
  expect(whole.events.map(withoutStamp)).toStrictEqual(slow.events.map((event) => ({ ...event })))
  expect(whole.rejected).toEqual(slow.rejected)
  expectConsistent(text, whole)
  if (holdsProtoKey(text)) expect(whole.rejected).toContainEqual(expect.objectContaining(protoRejection))
}

/** With a fused reader a frame leads to what the slow way makes of it, wherever its bytes lie. */
function expectFusedAgreement(decoding: FusedDecoding, text: string, behind = ''): void {
  // What becomes of a lone surrogate on its way to bytes is no matter of the reader.
  if (/\p{Surrogate}/u.test(text)) return
  const slow = decodeSlowly(text)
  for (const raw of [bytesOf(text), chunkedBytesOf(text, behind)]) {
    const { outcome, events, controls, rejected, drift } = decoding.decode(raw)
    expect(outcome).toBe(slow.outcome)
    // Strictly: `-0` is no 0, and `undefined` no absence.
    expect(events.map(withoutStamp)).toStrictEqual(slow.events.map((event) => ({ ...event })))
    expect([controls, rejected]).toEqual([slow.controls, slow.rejected])
    expect(drift.filter((name) => !name.endsWith(' (keys or their order)'))).toEqual(slow.drift)
  }
}

const protoRejection = { path: expect.stringMatching(/__proto__$|…$/), expected: 'no __proto__ key' }

/** Whether what JSON.parse makes of a text has a `__proto__` key of its own somewhere. */
function holdsProtoKey(text: string): boolean {
  try {
    return findProtoKey(JSON.parse(text), '$') !== undefined
  } catch {
    return false
  }
}

afterEach(() => {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(objectNames)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

describe('decoding anything at all', () => {
  it('never throws and has one outcome for arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expectConsistent(bytes, decode(bytes))
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws and has one outcome for arbitrary text, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expectConsistent(text, decode(text))
        expectConsistent('\ud800', decode(`\ud800${text}`))
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws and has one outcome for arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        expectConsistent(text, decode(text))
        expectAgreement(text)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws and has one outcome for frames with a few bits flipped', () => {
    fc.assert(
      fc.property(bitFlipped(ownTexts), (bytes) => {
        expectConsistent(bytes, decode(bytes))
        const text = frameText(bytes)
        if (text !== undefined) expectAgreement(text)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['lists', '[', ']', 100_000],
    ['objects', '{"a":', '}', 70_000],
    ['lists of objects', '[{"type":', '}]', 50_000],
  ])('is not impressed by depth: %s in one another are rejected, or left out', (_, open, close, depth) => {
    const deep = `${open.repeat(depth)}1${close.repeat(depth)}`
    expectAgreement(deep)
    expect(decode(deep).outcome).toBe('rejected')
    expect(decode(deep.slice(0, open.length * depth))).toMatchObject({
      rejected: [{ path: '$', expected: expect.stringMatching(/^JSON/) }],
    })
    for (const text of [frameTexts.trade, frameTexts.orderbook]) {
      // In an unknown field, and as a value that a duplicate replaces: neither reaches the event.
      const [event] = decode(text).events
      for (const more of [
        `${text.slice(0, -1)},"more":${deep}}`,
        text.replace('{', () => `{"timestamp":${deep},`),
      ]) {
        expect(decode(more)).toMatchObject({ outcome: 'decoded', events: [event] })
        expectAgreement(more)
      }
    }
  })
})

describe('the fast way and the slow way', () => {
  it('agree on mutated frames of every type and format', () => {
    fc.assert(fc.property(mutated(ownTexts), expectAgreement), { numRuns: 1000 })
  })

  it('both take part: of frames without damage the fast way takes every one', () => {
    for (const text of ownTexts) expect(readGuarded(text)).toBeDefined()
    const some = fc.sample(mutated(ownTexts), { numRuns: 2000, seed: 7 })
    const fast = some.filter((text) => readGuarded(text) !== undefined)
    const accepted = some.filter((text) => decodeSlowly(text).outcome === 'decoded')
    // Neither rare: else the properties above would compare nothing.
    expect(fast.length).toBeGreaterThan(50)
    expect(accepted.length - fast.length).toBeGreaterThan(50)
    expect(some.length - accepted.length).toBeGreaterThan(50)
  })

  itWithRecordings('agree on mutated frames of the recordings', () => {
    const recorded = [
      'ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl',
      'ws/idx18095234287-2023-11-19-default-ticker-trade-orderbook.jsonl',
      'ws/senken-2026-09-02-default-trade.jsonl',
    ].flatMap((name) => readRecording(name).slice(0, 100))
    fc.assert(fc.property(mutated(recorded.map(({ text }) => text)), expectAgreement), {
      numRuns: 1000,
    })
  })

  itWithSamples('agree on mutated sample messages of every connection', () => {
    const texts = readSamples().map(({ text }) => text)
    fc.assert(fc.property(mutated(texts), expectAgreement), { numRuns: 1000 })
  })
})

/** Every frame of the embedded exchange that a spec would meet, in all formats. */
const exchangeTexts = wireFormats.flatMap((format) =>
  [
    aTicker(),
    aTicker({ delisting_date: '2026-12-31', signed_change_price: -4e-7, change: 'FALL' }),
    aTrade(),
    anOrderbook(),
    anOrderbook({ level: 10_000 }),
    ...candleUnits.map((unit) => aCandle(unit)),
  ].map((event) => encodeEvent(event, format, defaultSwitches)),
)

describe('the fused reader and the slow way', () => {
  // One reader for all runs of a property: what it relearns of damaged frames on the way is part of the trial.
  it('agree on mutated frames of every type and format, after the frames without damage', () => {
    const decoding = fusedDecoding(ownTexts)
    expect(decoding.counts).toMatchObject({ fused: ownTexts.length, learned: ownTexts.length })
    fc.assert(
      fc.property(mutated(ownTexts), fc.constantFrom(...ownTexts), (text, behind) =>
        expectFusedAgreement(decoding, text, behind),
      ),
      { numRuns: 1000 },
    )
  })

  it('agree on mutated frames of the embedded exchange', () => {
    const decoding = fusedDecoding(exchangeTexts)
    fc.assert(
      fc.property(mutated(exchangeTexts), fc.constantFrom(...exchangeTexts), (text, behind) =>
        expectFusedAgreement(decoding, text, behind),
      ),
      { numRuns: 1000 },
    )
  })

  it('agree on what a mutated frame teaches: on itself, on its original, and on others', () => {
    fc.assert(
      fc.property(fc.nat(ownTexts.length - 1), fc.gen(), (place, gen) => {
        const original = ownTexts[place]!
        const decoding = fusedDecoding()
        for (const text of [
          gen(mutated, [original]),
          original,
          gen(mutated, [original]),
          gen(mutated, [original]),
        ]) {
          expectFusedAgreement(decoding, text, original)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('agree on frames with a few bits flipped, and on frames of other bytes than UTF-8', () => {
    const decoding = fusedDecoding(ownTexts)
    fc.assert(
      fc.property(bitFlipped(ownTexts), (bytes) => {
        const text = frameText(bytes)
        if (text === undefined) {
          expect(decoding.decode(bytes)).toMatchObject({ outcome: 'rejected', events: [], fused: false })
        } else expectFusedAgreement(decoding, text)
      }),
      { numRuns: 1000 },
    )
  })

  it('agree on every place of a frame with another byte in it', () => {
    for (const original of [frameTexts.trade, frameTexts.orderbook]) {
      const decoding = fusedDecoding([original])
      const bytes = bytesOf(original)
      for (let at = 0; at < bytes.length; at++) {
        const [right] = bytes.subarray(at, at + 1)
        for (const value of Buffer.from('0159.eE+-"\\,:{}[] a\n\x80\xff', 'latin1')) {
          bytes[at] = value
          const text = frameText(bytes)
          const { outcome, events } = decoding.decode(bytes)
          if (text === undefined) expect(outcome).toBe('rejected')
          else {
            const slow = decodeSlowly(text)
            expect([at, value, outcome]).toEqual([at, value, slow.outcome])
            expect(events.map(withoutStamp)).toStrictEqual(slow.events.map((event) => ({ ...event })))
          }
        }
        bytes[at] = right!
      }
    }
  })

  it('never throw and have one outcome for arbitrary bytes', () => {
    const decoding = fusedDecoding(ownTexts)
    const heads = ownTexts.map((text) => bytesOf(text.slice(0, text.indexOf('KRW'))))
    fc.assert(
      fc.property(fc.constantFrom(new Uint8Array(), ...heads), fc.uint8Array(), (head, rest) => {
        const bytes = Uint8Array.from([...head, ...rest])
        expectConsistent(bytes, decoding.decode(bytes))
      }),
      { numRuns: 1000 },
    )
  })

  it('agree on numbers of any spelling, and the fused reader reads them all', () => {
    const decoding = fusedDecoding(ownTexts)
    const numbers = spellings(50_000, 5)
    // All but milliseconds and ids, which have one spelling each here.
    const pattern = /(?<=":)(?!\d{13,}[,}])-?\d[\d.eE+-]*/g
    for (let round = 0; round < 50; round++) {
      for (const original of ownTexts) {
        const text = original.replace(pattern, () => String(numbers.next().value))
        expect(text).not.toBe(original)
        expectFusedAgreement(decoding, text, original)
      }
    }
    expect(decoding.counts).toMatchObject({ learned: ownTexts.length, guarded: 0, slow: 0 })
  })

  it('both take part: frames without damage are fused, and many with some', () => {
    const decoding = fusedDecoding([...ownTexts, ...exchangeTexts])
    for (const text of [...ownTexts, ...exchangeTexts])
      expect(decoding.decode(bytesOf(text)).fused).toBe(true)
    const some = fc.sample(mutated(ownTexts), { numRuns: 2000, seed: 7 }).map((text) => {
      const { fused, outcome, drift } = decoding.decode(bytesOf(text))
      return { fused, outcome, drift }
    })
    expect(some.filter(({ fused }) => fused).length).toBeGreaterThan(50)
    expect(some.filter(({ fused, outcome }) => !fused && outcome === 'decoded').length).toBeGreaterThan(50)
    expect(some.filter(({ outcome }) => outcome === 'rejected').length).toBeGreaterThan(50)
  })

  itWithRecordings('agree on mutated frames of the recordings', () => {
    const recorded = [
      'ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl',
      'ws/idx18095234287-2023-11-19-default-ticker-trade-orderbook.jsonl',
      'ws/senken-2026-09-02-default-trade.jsonl',
    ]
      .flatMap((name) => readRecording(name).slice(0, 100))
      .map(({ text }) => text)
    const decoding = fusedDecoding(recorded)
    fc.assert(
      fc.property(mutated(recorded), fc.constantFrom(...recorded), (text, behind) =>
        expectFusedAgreement(decoding, text, behind),
      ),
      { numRuns: 1000 },
    )
  })

  itWithSamples('agree on mutated sample messages of every connection', () => {
    const texts = readSamples().map(({ text }) => text)
    const decoding = fusedDecoding(texts)
    fc.assert(
      fc.property(mutated(texts), (text) => expectFusedAgreement(decoding, text)),
      { numRuns: 1000 },
    )
  })
})

describe('the four wire formats', () => {
  const draws = fc.infiniteStream(fc.nat(1000)).map((stream) => () => Number(stream.next().value))

  it('C3.1 C3.2 give equal events, whatever the spelling of the numbers', () => {
    fc.assert(
      fc.property(generatedEvent, draws, (event, draw) => {
        for (const format of wireFormats) {
          const text = frameOf(event, format, draw)
          const decoded = decode(new TextEncoder().encode(text))
          expect(decoded).toMatchObject({ outcome: 'decoded', drift: [], rejected: [] })
          expect(decoded.events.map(withoutStamp)).toStrictEqual([valueOf(event.members)])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('differ in keys and brackets only: full names become SIMPLE keys and back', () => {
    fc.assert(
      fc.property(generatedEvent, ({ kind, members }) => {
        const fields = eventDefinitions[kind]
        const full = valueOf(members)
        const simple = abbreviateKeys(fields, full)
        expect(expandKeys(fields, simple)).toStrictEqual(full)
        expect(Object.keys(simple)).toEqual(members.map(({ key }) => key))
      }),
    )
  })
})
