/**
 * An event becomes the text of a frame, in any of the four formats: keys and their order from the field tables of
 * `protocol/`, numbers spelled as the exchange spells them, exact values digit for digit.
 *
 * Fields that the tables do not name, and values of the wrong kind, are written as JSON has them: a test may emit
 * what a client should reject.
 */
import type { Bag } from '../protocol/bag'
import { isBag } from '../protocol/bag'
import type { PublicFrame } from '../protocol/events'
import { ObjectArrayType, ObjectType } from '../protocol/event-codec'
import type { AnnouncementFrame } from '../protocol/announcement'
import type { Field, Fields } from '../protocol/field'
import { ExactType, OrNullType } from '../protocol/field'
import type { InfoFrame } from '../protocol/info-events'
import type { MyAssetFrame } from '../protocol/my-asset'
import type { MyOrderFrame } from '../protocol/my-order'
import type { WireFormat } from '../protocol/wire'
import { endpointOfType } from './endpoint'
import { frameFields } from './frame-fields'
import { numberKind, spellNumber } from './spelling'
import type { ExchangeSwitches } from './switches'

/** A payload of the public endpoint. */
export type MarketEvent = PublicFrame
/** A payload that goes to the connections of one account. */
export type AccountEvent = MyOrderFrame | MyAssetFrame
/** The exchange's payload: Upbit's full field names, nothing of ours. */
export type ExchangeEvent = MarketEvent | AccountEvent | AnnouncementFrame | InfoFrame

/** Whether it is of the public endpoint. A test may emit a type that no endpoint serves. */
export function isMarketEvent(event: ExchangeEvent): event is MarketEvent {
  return endpointOfType(event.type) === 'public'
}

export type EncodeSwitches = Pick<
  ExchangeSwitches,
  'numbers' | 'deprecatedTickerFields' | 'unknownField' | 'simpleListSnapshots'
>

interface FieldWriter {
  readonly name: string
  readonly prefix: string
  readonly spell: (value: unknown) => string
}

const deprecatedFields: ReadonlySet<string> = new Set(['is_trading_suspended', 'market_warning'])

/** The text of one event in one format, list brackets included. */
export function encodeEvent(event: ExchangeEvent, format: WireFormat, switches: EncodeSwitches): string {
  const fields = frameFields(event.type)
  const writers = fields === undefined ? [] : fieldWriters(fields, format, switches.numbers)
  const skipped = switches.deprecatedTickerFields ? undefined : deprecatedFields
  // Its fields are read by their names: an interface has no index of its own.
  let text = writeObject(event as object as Bag, writers, skipped)
  if (switches.unknownField) text = `${text.slice(0, -1)},"field_of_tomorrow":1}`
  const bare = format === 'SIMPLE_LIST' && switches.simpleListSnapshots === 'object'
  return isList(format) && !(bare && event.stream_type === 'SNAPSHOT') ? `[${text}]` : text
}

/** Whether frames of this format are arrays. */
export function isList(format: WireFormat): boolean {
  return format === 'JSON_LIST' || format === 'SIMPLE_LIST'
}

function writeObject(event: Bag, writers: readonly FieldWriter[], skipped?: ReadonlySet<string>): string {
  let text = ''
  let written = 0
  for (const { name, prefix, spell } of writers) {
    const value = event[name]
    if (value === undefined) continue
    written++
    if (skipped?.has(name) !== true) text += (text === '' ? '{' : ',') + prefix + spell(value)
  }
  const names = Object.keys(event)
  // Only what a test put there beside the table's fields can be left.
  if (written < names.length) {
    for (const name of names) {
      if (event[name] === undefined || writers.some((writer) => writer.name === name)) continue
      text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${JSON.stringify(event[name])}`
    }
  }
  return text === '' ? '{}' : `${text}}`
}

const writersOf = new WeakMap<Fields, Map<string, readonly FieldWriter[]>>()

function fieldWriters(
  fields: Fields,
  format: WireFormat,
  numbers: ExchangeSwitches['numbers'],
): readonly FieldWriter[] {
  let byFormat = writersOf.get(fields)
  if (byFormat === undefined) writersOf.set(fields, (byFormat = new Map<string, readonly FieldWriter[]>()))
  const key = `${format} ${numbers}`
  let writers = byFormat.get(key)
  if (writers === undefined) byFormat.set(key, (writers = makeWriters(fields, format, numbers)))
  return writers
}

function makeWriters(
  fields: Fields,
  format: WireFormat,
  numbers: ExchangeSwitches['numbers'],
): readonly FieldWriter[] {
  const simple = format === 'SIMPLE' || format === 'SIMPLE_LIST'
  return Object.entries(fields).map(([name, { key, codec }]) => ({
    name,
    prefix: `"${simple ? key : name}":`,
    spell: speller(name, codec, format, numbers),
  }))
}

function speller(
  name: string,
  codec: Field['codec'],
  format: WireFormat,
  numbers: ExchangeSwitches['numbers'],
): (value: unknown) => string {
  const isObject = codec instanceof ObjectType
  if (isObject || codec instanceof ObjectArrayType) {
    const writers = makeWriters(codec.fields as Fields, format, numbers)
    return isObject ? objectSpeller(writers) : arraySpeller(writers)
  }
  const isExact = (codec instanceof OrNullType ? codec.inner : codec) instanceof ExactType
  return valueSpeller(name, isExact, format, numbers)
}

function objectSpeller(writers: readonly FieldWriter[]): (value: unknown) => string {
  return (value) => (isBag(value) ? writeObject(value, writers) : JSON.stringify(value))
}

function arraySpeller(writers: readonly FieldWriter[]): (value: unknown) => string {
  return (value) =>
    Array.isArray(value)
      ? `[${value.map((element: Bag) => writeObject(element, writers)).join(',')}]`
      : JSON.stringify(value)
}

function valueSpeller(
  name: string,
  isExact: boolean,
  format: WireFormat,
  numbers: ExchangeSwitches['numbers'],
): (value: unknown) => string {
  const spell = spellNumber(numberKind(name), format, numbers)
  return (value) => {
    if (typeof value === 'number') return Number.isFinite(value) ? spell(value) : 'null'
    // An exact value is text on our side and a bare number on the wire.
    if (isExact && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return value
    return JSON.stringify(value)
  }
}
