/**
 * Arbitrary damage to the text of a frame, for properties: members taken out, renamed, repeated and added, values of
 * every odd spelling, blanks, bytes changed, the text cut short. Most results are still JSON, and many still events:
 * that is where two readers could differ.
 */
import fc from '../support/seeded-fast-check'

/** Numbers as JSON may and may not spell them. */
const numberSpellings = [
  '1.16539E8',
  '116539000',
  '0E-8',
  '5.0E-4',
  '7.9276e-4',
  '0.00077720',
  '123456789012345678901234',
  '1386929.37231066771348207123',
  '9007199254740991',
  '9007199254740992',
  '9007199254740993',
  '-9007199254740993',
  '17877285547970001',
  '-0',
  '0',
  '-0.0',
  '9'.repeat(400),
  '9'.repeat(401),
  `0.${'0'.repeat(500)}1`,
  '1e399',
  '1e400',
  '-1e400',
  '1E-400',
  '01',
  '-01',
  '+1',
  '.5',
  '1.',
  '1e',
  'NaN',
  'Infinity',
  '0x10',
  '1n',
]

const otherValues = [
  'null',
  'true',
  'nul',
  'undefined',
  '""',
  '"2026-11-23T00:03:00"',
  '"2026-11-23T00:03:00Z"',
  '"9999-99-99T00:00:00"',
  '"REALTIME"',
  '"HALTED"',
  '"5"',
  '"\\u0041"',
  '"sequential_id"',
  '"sid"',
  '"\\ud800"',
  '"unfinished',
  '[]',
  '{}',
  '[[[1]]]',
  '[{}]',
  '{"sequential_id":7,"sid":8}',
  '{"__proto__":{"polluted":1}}',
  '{"\\u005f_proto__":{"polluted":1}}',
  '{"constructor":{"prototype":{"polluted":1}}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
]

const oddKeys = [
  '__proto__',
  '\\u005f_proto\\u005f\\u005f',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'field_of_tomorrow',
  'sequential_id',
  'sid',
  'type',
  'ty',
  'code',
  'cd',
  'error',
  'status',
  'method',
  '',
]

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...numberSpellings) },
  { weight: 3, arbitrary: fc.constantFrom(...otherValues) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
)

/** A member of an object with a plain value, or the start of one with a list. */
const memberPattern = /"([^"\\]+)":("[^"\\]*"|-?[\d.eE+-]+|true|false|null)/g

interface Member {
  readonly start: number
  readonly end: number
  readonly key: string
  readonly value: string
}

function membersOf(text: string): readonly Member[] {
  return Array.from(text.matchAll(memberPattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    key: match[1]!,
    value: match[2]!,
  }))
}

type Edit = (text: string) => string

/** An edit of one member, of whichever there are. */
function editMember(at: number, edit: (member: Member) => string): Edit {
  return (text) => {
    const members = membersOf(text)
    if (members.length === 0) return text
    const member = members[at % members.length]!
    return text.slice(0, member.start) + edit(member) + text.slice(member.end)
  }
}

const position = fc.nat(1000)

/** The same member, its key written in another way. */
const respelling = fc.constantFrom(
  ({ key, value: old }: Member) => `"${key}" : ${old}`,
  ({ key, value: old }: Member) =>
    `"\\u${key.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(1)}":${old}`,
)

const edits: fc.Arbitrary<Edit> = fc.oneof(
  // A value replaced.
  fc.tuple(position, value).map(([at, other]) => editMember(at, ({ key }) => `"${key}":${other}`)),
  // A key renamed.
  fc
    .tuple(position, fc.constantFrom(...oddKeys))
    .map(([at, key]) => editMember(at, (member) => `"${key}":${member.value}`)),
  // A key spelled with an escape, or with a blank after it.
  fc.tuple(position, respelling).map(([at, respell]) => editMember(at, respell)),
  // The same, and the plain key in a value that the real `code` replaces later in the text.
  fc.tuple(position, respelling).map(([at, respell]): Edit => {
    return (text) => {
      let hidden = ''
      const edited = editMember(at, (member) => {
        hidden = `"${text.includes('"cd":') ? 'cd' : 'code'}":{"${member.key}":7},`
        return respell(member)
      })(text)
      return edited.replace('{', () => `{${hidden}`)
    }
  }),
  // A member taken out.
  position.map(
    (at): Edit =>
      (text) =>
        editMember(at, () => '')(text).replace(/([{[]),|,(?=[,}\]])/, '$1'),
  ),
  // A member twice, the other one before or behind it.
  fc.tuple(position, value, fc.boolean()).map(([at, other, behind]) =>
    editMember(at, ({ key, value: old }) => {
      const [first, second] = behind ? [old, other] : [other, old]
      return `"${key}":${first},"${key}":${second}`
    }),
  ),
  // A member more.
  fc
    .tuple(position, fc.constantFrom(...oddKeys), value)
    .map(([at, key, other]) =>
      editMember(at, (member) => `"${member.key}":${member.value},"${key}":${other}`),
    ),
  // A blank somewhere.
  fc
    .tuple(position, fc.constantFrom(' ', '\n', '\t', '\r', '\u00a0', '\ufeff'))
    .map(([at, blank]): Edit => (text) => {
      const spot = at % (text.length + 1)
      return text.slice(0, spot) + blank + text.slice(spot)
    }),
  // In a list, twice, or with other things.
  fc
    .constantFrom<Edit>(
      (text) => `[${text}]`,
      (text) => `[${text},${text}]`,
      (text) => `[${text},{"type":"ticker"},5]`,
      (text) => `${text}${text}`,
    )
    .map((edit) => edit),
)

const damage: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Edit>((text) => text) },
  // Cut short.
  {
    weight: 1,
    arbitrary: position.map(
      (at): Edit =>
        (text) =>
          text.slice(0, at % (text.length + 1)),
    ),
  },
  // A character changed.
  {
    weight: 1,
    arbitrary: fc
      .tuple(position, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
      .map(([at, other]): Edit => (text) => {
        const spot = at % (text.length + 1)
        return text.slice(0, spot) + other + text.slice(spot + 1)
      }),
  },
)

/** The texts of frames, edited up to four times and perhaps damaged. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(edits, { maxLength: 4 }), damage)
    .map(([text, steps, last]) => [...steps, last].reduce((edited, edit) => edit(edited), text))
}

/** The bytes of frames with up to three bits flipped. */
export function bitFlipped(texts: readonly string[]): fc.Arbitrary<Uint8Array> {
  return fc.tuple(fc.constantFrom(...texts), fc.array(fc.nat(), { maxLength: 3 })).map(([text, bits]) => {
    const bytes = new TextEncoder().encode(text)
    for (const bit of bits) {
      const at = (bit >> 3) % bytes.length
      bytes[at] = bytes[at]! ^ (1 << (bit & 7))
    }
    return bytes
  })
}
