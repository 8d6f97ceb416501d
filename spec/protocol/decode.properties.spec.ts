/**
 * What holds for every frame: no input makes the decoder throw, and the fast way accepts nothing that the slow way
 * would refuse or read differently.
 */
import fc from 'fast-check'
import type { PublicFrame } from '../../src/protocol/events'
import { eventDefinitions, eventKind } from '../../src/protocol/events'
import { readGuarded } from '../../src/protocol/guarded-reader'
import { frameText } from '../../src/protocol/frame-text'
import { abbreviateKeys, expandKeys } from '../../src/protocol/key-spelling'
import { findProtoKey } from '../../src/protocol/proto-key'
import { wireFormats } from '../../src/protocol/wire'
import { itWithRecordings, itWithSamples, readRecording, readSamples } from '../support/recordings'
import type { Decoded } from './decoding'
import { decode, decodeSlowly, frameOf as withoutStamp } from './decoding'
import { frameTexts } from './frames'
import { frameOf, generatedEvent, valueOf } from './generated'
import { bitFlipped, mutated } from './mutations'

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

/** Whether a text has what the exchange's lists have: how many elements it must answer for. */
function elementsOf(raw: string | Uint8Array): number {
  try {
    const parsed: unknown = JSON.parse(typeof raw === 'string' ? raw : new TextDecoder().decode(raw))
    return Array.isArray(parsed) ? Math.max(parsed.length, 1) : 1
  } catch {
    return 1
  }
}

/** One outcome, and the calls of the sink that belong to it. */
function expectConsistent(raw: string | Uint8Array, { outcome, events, controls, rejected }: Decoded): void {
  const expected = rejected.length > 0 ? 'rejected' : events.length > 0 ? 'decoded' : 'control'
  expect(outcome).toBe(expected)
  const elementsRejected = rejected.reduce((sum, { count = 1 }) => sum + count, 0)
  expect(events.length + controls.length + elementsRejected).toBe(elementsOf(raw))
  for (const error of rejected) {
    expect(error.path).toMatch(/^\$/)
    expect(error.path.length + error.expected.length + error.actual.length).toBeLessThan(1000)
  }
  for (const event of events) expectPlain(event)
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
    fc.assert(fc.property(mutated(ownTexts), expectAgreement), { numRuns: 2000 })
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
