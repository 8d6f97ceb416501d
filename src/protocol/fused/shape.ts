/**
 * What is learned from one frame: which members follow the code, in which order, and how the value of each is read. The
 * order is the wire's, everything else comes from the field table, so a learned reader can accept nothing that the
 * codec would not.
 */
import * as t from 'io-ts'
import type { Bag } from '../bag'
import { isBag } from '../bag'
import { findDrift } from '../drift'
import { isAbsent, ObjectArrayType } from '../event-codec'
import type { EventKind } from '../events'
import { eventDefinitions } from '../events'
import type { Fields } from '../field'
import { exactInteger, num, OpenEnumType, OrNullType, timestampMs } from '../field'
import type { KeySpelling } from '../guard'
import { expandKeys } from '../key-spelling'
import { utcDateTime } from '../utc-date-time'

/**
 * How a value is read. `absent`: a `null` that stands for nothing; `unknown`: a value that nobody asked for; `passed`: a
 * number that nobody has asked for yet.
 */
export type ValueForm =
  | { readonly form: PlainForm }
  | { readonly form: 'word'; readonly words: readonly string[] }
  | { readonly form: 'nullable'; readonly inner: ValueForm }
  | { readonly form: 'list'; readonly members: readonly Member[] }

type PlainForm =
  'number' | 'milliseconds' | 'digits' | 'text' | 'date-time' | 'boolean' | 'absent' | 'unknown' | 'passed'

export interface Member {
  /** As the wire spells it. */
  readonly key: string
  /** The event's field; none for what is not passed on. */
  readonly name: string | undefined
  readonly value: ValueForm
}

export interface Shape {
  /** Behind type and code, in the order of the wire. */
  readonly members: readonly Member[]
  /** The field names of an event in the order of the table, `type` and `code` included. */
  readonly names: readonly string[]
  /** What such a frame has that the table does not know; told for each frame. */
  readonly drift: readonly string[]
}

const plainForms = new Map<t.Mixed, ValueForm>([
  [num, { form: 'number' }],
  [timestampMs, { form: 'milliseconds' }],
  [exactInteger, { form: 'digits' }],
  [t.string, { form: 'text' }],
  [utcDateTime, { form: 'date-time' }],
  [t.boolean, { form: 'boolean' }],
])

/** As many as drift names. More are rubbish, of which no reader is made: its text would grow with them. */
const mostUnknown = 20
/** A key is compared in the reader's text, four bytes a term. The exchange's longest has 23 characters. */
const longestUnknown = 100

/** The shape of an element whose first two members are type and code, or `undefined` where one cannot be learned. */
export function shapeOf(kind: EventKind, spelling: KeySpelling, element: Bag): Shape | undefined {
  const fields: Fields = eventDefinitions[kind]
  const keys = Object.keys(element)
  const members = membersOf(fields, spelling, element, keys.slice(2))
  if (members === undefined) return undefined
  const present = new Set(['type', 'code', ...members.map(({ name }) => name)])
  // The reader knows nothing but its shape: what is missing here, nobody would miss in an event.
  if (Object.entries(fields).some(([name, { optional }]) => !optional && !present.has(name))) return undefined
  return {
    members,
    names: Object.keys(fields).filter((name) => present.has(name)),
    drift: [...findDrift(kind, fields, spelling === 'full' ? element : expandKeys(fields, element))],
  }
}

function membersOf(
  fields: Fields,
  spelling: KeySpelling,
  element: Bag,
  keys: readonly string[],
): readonly Member[] | undefined {
  const nameOf = new Map(
    Object.entries(fields).map(([name, { key }]) => [spelling === 'full' ? name : key, name]),
  )
  if (keys.filter((key) => !nameOf.has(key)).length > mostUnknown) return undefined
  const members: Member[] = []
  for (const key of keys) {
    // Not a field like any other: the slow way rejects a frame that has it.
    if (key === '__proto__') return undefined
    const name = nameOf.get(key)
    // A full name among short ones is a field to the slow way, and may repeat one.
    if (name === undefined && Object.hasOwn(fields, key)) return undefined
    const value =
      name === undefined ? unknownForm(key, element[key]) : formOf(fields, name, element[key], spelling)
    if (value === undefined) return undefined
    members.push({ key, name: value.form === 'absent' ? undefined : name, value })
  }
  return members
}

function formOf(fields: Fields, name: string, value: unknown, spelling: KeySpelling): ValueForm | undefined {
  const field = fields[name]
  if (field === undefined) return undefined
  if (isAbsent(field, value)) return { form: 'absent' }
  const { codec } = field
  if (codec instanceof OrNullType) {
    const inner = plainForms.get(codec.inner as t.Mixed)
    return inner && { form: 'nullable', inner }
  }
  if (codec instanceof OpenEnumType) return { form: 'word', words: codec.values as readonly string[] }
  if (codec instanceof ObjectArrayType) return listForm(codec.fields as Fields, value, spelling)
  return plainForms.get(codec)
}

/** By the first element: the others have its order, or the frame is not recognised. */
function listForm(fields: Fields, value: unknown, spelling: KeySpelling): ValueForm | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : undefined
  if (!isBag(first)) return undefined
  const members = membersOf(fields, spelling, first, Object.keys(first))
  // What an element lacks, or has beyond its table, is the slow way's: drift is told once a frame, not once an element.
  const isWhole =
    members?.length === Object.keys(fields).length && members.every(({ name }) => name !== undefined)
  return isWhole ? { form: 'list', members } : undefined
}

/** A new field may hold anything, but only what is no object and no list can be passed over by its first byte. */
function unknownForm(key: string, value: unknown): ValueForm | undefined {
  const isContainer = typeof value === 'object' && value !== null
  return isContainer || key.length > longestUnknown ? undefined : { form: 'unknown' }
}
