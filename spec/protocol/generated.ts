/**
 * Arbitrary events of every public type, made from the field tables, and their frames in every format with the numbers
 * spelled in every legal way.
 */
import { ObjectArrayType } from '../../src/protocol/event-codec'
import type { EventKind } from '../../src/protocol/events'
import { eventDefinitions } from '../../src/protocol/events'
import type { Field, Fields } from '../../src/protocol/field'
import { ExactType, num, OpenEnumType, timestampMs } from '../../src/protocol/field'
import { utcDateTime } from '../../src/protocol/utc-date-time'
import type { WireFormat } from '../../src/protocol/wire'
import { candleTypes } from '../../src/protocol/wire'
import fc from '../support/seeded-fast-check'

/** A value on the wire and what the event has for it. */
interface Spelled {
  readonly text: string
  readonly value: unknown
}

/** What stands in an event: a value in all its spellings, or the objects of a list. */
type Content = { readonly spellings: readonly Spelled[] } | { readonly list: readonly Member[][] }

export interface Member {
  readonly name: string
  readonly key: string
  readonly content: Content
}

export interface GeneratedEvent {
  readonly kind: EventKind
  readonly members: readonly Member[]
}

/** The same number in every way that JSON has for it; which one the frame takes is drawn when it is written. */
function spellings(digits: bigint, scale: number, value: (plain: string) => unknown): Content {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const plain = scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`
  const integer = text.replace(/^0+(?=\d)/, '')
  const texts = [
    plain,
    scale === 0 ? `${plain}.000` : `${plain}00`,
    `${sign}${integer}E-${scale}`,
    `${sign}${integer === '0' ? '0' : `${integer}000`}e-${scale + 3}`,
    `${sign}${integer.slice(0, 1)}.${integer.slice(1)}0E${integer.length - 1 - scale}`,
    `${sign}${integer.slice(0, 1)}.${integer.slice(1)}0e+${integer.length - 1 - scale}`,
  ].filter((spelling) => !spelling.includes('e+-'))
  return { spellings: texts.map((spelling) => ({ text: spelling, value: value(plain) })) }
}

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 0, max: 16 }))
  .map(([digits, scale]) => spellings(digits, scale, Number))

const milliseconds = fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }).map((digits) => spellings(digits, 0, Number))

const exact = fc.bigInt({ min: 0n, max: 10n ** 24n }).map((digits) => spellings(digits, 0, (plain) => plain))

const dateTime = fc
  .integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 })
  .map((second) => new Date(second * 1000).toISOString().slice(0, 19))

function json(value: unknown): Content {
  return { spellings: [{ text: JSON.stringify(value), value }] }
}

function content(kind: EventKind, name: string, { codec }: Field): fc.Arbitrary<Content> {
  if (name === 'type') return fc.constantFrom(...(kind === 'candle' ? candleTypes : [kind])).map(json)
  if (codec === num) return decimal
  if (codec === timestampMs) return milliseconds
  if (codec instanceof ExactType) return exact
  if (codec === utcDateTime) return dateTime.map(json)
  if (codec instanceof OpenEnumType) return fc.constantFrom(...(codec.values as string[])).map(json)
  if (codec instanceof ObjectArrayType) {
    return fc.array(members(kind, codec.fields as Fields), { maxLength: 4 }).map((list) => ({ list }))
  }
  // What is left says by itself what it takes.
  const candidates = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.boolean(), fc.constant(null))
  return candidates.filter((value) => codec.is(value)).map(json)
}

function members(kind: EventKind, fields: Fields): fc.Arbitrary<Member[]> {
  const all = Object.entries(fields).map(([name, field]) =>
    fc
      .record({
        content: content(kind, name, field),
        present: field.optional ? fc.boolean() : fc.constant(true),
      })
      .map((drawn) => ({ member: { name, key: field.key, content: drawn.content }, present: drawn.present })),
  )
  return fc.tuple(...all).map((list) => list.filter(({ present }) => present).map(({ member }) => member))
}

/** An event of any public type, optional fields now there and now not. */
export const generatedEvent: fc.Arbitrary<GeneratedEvent> = fc
  .constantFrom(...(Object.keys(eventDefinitions) as EventKind[]))
  .chain((kind) => members(kind, eventDefinitions[kind]).map((list) => ({ kind, members: list })))

/** What the event is, as a plain object. */
export function valueOf(list: readonly Member[]): Record<string, unknown> {
  return Object.fromEntries(
    list.map(({ name, content: held }) => [
      name,
      'list' in held ? held.list.map(valueOf) : held.spellings[0]!.value,
    ]),
  )
}

/** The event as a frame of a format; `draw` picks among the spellings of each number. */
export function frameOf({ members: list }: GeneratedEvent, format: WireFormat, draw: () => number): string {
  const simple = format === 'SIMPLE' || format === 'SIMPLE_LIST'
  const object = (inner: readonly Member[]): string =>
    `{${inner.map(({ name, key, content: held }) => `"${simple ? key : name}":${text(held)}`).join(',')}}`
  const text = (held: Content): string => {
    if ('list' in held) return `[${held.list.map(object).join(',')}]`
    return held.spellings[draw() % held.spellings.length]!.text
  }
  return format === 'JSON_LIST' || format === 'SIMPLE_LIST' ? `[${object(list)}]` : object(list)
}
