/**
 * Edits of one or two members of a frame: values replaced and respelled, keys renamed, repeated, removed, reordered.
 * Each says what it cuts and what it puts there, so that several can be made of one frame.
 */
import { byteText } from './byte-text'
import type { Member } from './members'
import { numberSpelling, validSpelling } from './number-spellings'
import { blanks, oddKeys, oddValues } from './odd-members'
import type { Random } from './random'

export interface Cut {
  readonly start: number
  readonly end: number
  readonly put: string
}

export interface EditedFrame {
  readonly text: string
  readonly members: readonly Member[]
}

type Edit = (random: Random, frame: EditedFrame) => readonly Cut[]

const oddValue = (random: Random): string =>
  random.once(2) ? byteText(numberSpelling(random)) : random.pick(oddValues)

const anyMember = (random: Random, { members }: EditedFrame): Member => random.pick(members)
const keyOf = ({ text }: EditedFrame, { keyStart, keyEnd }: Member): string => text.slice(keyStart, keyEnd)
const valueOf = ({ text }: EditedFrame, { valueStart, valueEnd }: Member): string =>
  text.slice(valueStart, valueEnd)
const isNumber = (value: string): boolean => /^[-\d]/.test(value)

const replaceValue: Edit = (random, frame) => {
  const { valueStart, valueEnd } = anyMember(random, frame)
  return [{ start: valueStart, end: valueEnd, put: oddValue(random) }]
}

/** Numbers become other numbers, so that the frame often stays one that a fast reader takes. */
const respellNumbers: Edit = (random, frame) => {
  const numbers = frame.members.filter((member) => isNumber(valueOf(frame, member)))
  const share = 1 + random.below(numbers.length + 1)
  return numbers
    .filter(() => random.once(share))
    .flatMap((member) => {
      const value = valueOf(frame, member)
      const whole = /^\d{13,}$/.test(value)
      // Times and ids take few spellings, and one that is refused hides all others of the frame.
      if (whole && !random.once(6)) return []
      const put = whole ? respellWhole(random, value) : validSpelling(random)
      return [{ start: member.valueStart, end: member.valueEnd, put }]
    })
}

/** The same whole number, or nearly, in another spelling. */
function respellWhole(random: Random, digits: string): string {
  const exponent = digits.length - 1
  return random.pick([
    digits,
    `${digits}.0`,
    `${digits.slice(0, 1)}.${digits.slice(1)}E${exponent}`,
    `${digits.slice(0, 1)}.${digits.slice(1)}e+${exponent}`,
    `${digits}0e-1`,
    `${digits}5e-1`,
    `${digits}${random.digits(1 + random.below(12))}`,
    `-${digits}`,
    `0${digits}`,
    random.digits(1 + random.below(24)),
  ])
}

/** A character in, out or other in a number that is there. */
const damageNumber: Edit = (random, frame) => {
  const { valueStart, valueEnd } = anyMember(random, frame)
  const at = valueStart + random.below(valueEnd - valueStart + 1)
  const put = random.pick(['', '0', '00', '-', '+', '.', '.0', 'e', 'E5', 'e-2', ' ', '_', 'x', '9'])
  return [{ start: at, end: Math.min(valueEnd, at + random.below(3)), put }]
}

const renameKey: Edit = (random, frame) => {
  const { keyStart, keyEnd } = anyMember(random, frame)
  const key = random.once(2) ? `"${random.pick(oddKeys)}"` : keyOf(frame, anyMember(random, frame))
  return [{ start: keyStart, end: keyEnd, put: key }]
}

/** The same key with an escape in it, a letter of the other case, or a letter more or less. */
const respellKey: Edit = (random, frame) => {
  const { keyStart, keyEnd } = anyMember(random, frame)
  const key = frame.text.slice(keyStart + 1, keyEnd - 1)
  const at = random.below(key.length)
  const code = key.charCodeAt(at).toString(16).padStart(4, '0')
  const letter = random.pick([`\\u${code}`, key.charAt(at).toUpperCase(), '', `${key.charAt(at)}_`, '\\'])
  return [{ start: keyStart, end: keyEnd, put: `"${key.slice(0, at)}${letter}${key.slice(at + 1)}"` }]
}

const removeMember: Edit = (random, { text, members }) => {
  const { keyStart, valueEnd } = random.pick(members)
  if (text.charAt(valueEnd) === ',') return [{ start: keyStart, end: valueEnd + 1, put: '' }]
  return [{ start: text.charAt(keyStart - 1) === ',' ? keyStart - 1 : keyStart, end: valueEnd, put: '' }]
}

const repeatMember: Edit = (random, frame) => {
  const member = anyMember(random, frame)
  const [key, value] = [keyOf(frame, member), valueOf(frame, member)]
  const other = random.once(3) ? value : oddValue(random)
  // Beside it, or at the place of another one: there a later value may replace it, or an earlier be replaced.
  const at = random.once(2) ? member.keyStart : anyMember(random, frame).keyStart
  return [{ start: at, end: at, put: `${key}:${other},` }]
}

const addMember: Edit = (random, frame) => {
  const { keyStart, valueEnd } = anyMember(random, frame)
  const added = `"${random.pick(oddKeys)}":${oddValue(random)}`
  return random.once(2)
    ? [{ start: keyStart, end: keyStart, put: `${added},` }]
    : [{ start: valueEnd, end: valueEnd, put: `,${added}` }]
}

/** Two members, or only their values, change places. */
const swapMembers: Edit = (random, frame) => {
  const one = anyMember(random, frame)
  const mates = frame.members.filter(({ object }) => object === one.object)
  const other = random.pick(mates)
  if (one === other) return []
  const start = random.once(3) ? 'valueStart' : 'keyStart'
  const { text } = frame
  return [
    { start: one[start], end: one.valueEnd, put: text.slice(other[start], other.valueEnd) },
    { start: other[start], end: other.valueEnd, put: text.slice(one[start], one.valueEnd) },
  ]
}

const nestValue: Edit = (random, frame) => {
  const member = anyMember(random, frame)
  const value = valueOf(frame, member)
  const put = random.pick([`[${value}]`, `{"value":${value}}`, `[${value},${value}]`, `"${value}"`])
  return [{ start: member.valueStart, end: member.valueEnd, put }]
}

/** Around a key or a value, where JSON allows some. */
const insertBlank: Edit = (random, frame) => {
  const member = anyMember(random, frame)
  const at = member[random.pick(['keyStart', 'keyEnd', 'valueStart', 'valueEnd'] as const)]
  return [{ start: at, end: at, put: random.pick(blanks) }]
}

/** What stands between members is not as it should be. */
const breakBetween: Edit = (random, frame) => {
  const { keyEnd, valueStart, valueEnd } = anyMember(random, frame)
  return random.pick<readonly Cut[]>([
    [{ start: valueEnd, end: valueEnd, put: random.pick([',', ',,', ':', '}', ']', '"', '{']) }],
    [{ start: valueEnd, end: valueEnd + 1, put: random.pick(['', ';', ',,', '}}', ']']) }],
    [{ start: keyEnd, end: valueStart, put: random.pick(['', '::', '=', ',']) }],
  ])
}

/** By name, those that leave a frame readable more often. */
export const edits: readonly (readonly [name: string, edit: Edit])[] = [
  ['numbers respelled', respellNumbers],
  ['numbers respelled', respellNumbers],
  ['numbers respelled', respellNumbers],
  ['members swapped', swapMembers],
  ['members swapped', swapMembers],
  ['a blank inserted', insertBlank],
  ['a blank inserted', insertBlank],
  ['a value replaced', replaceValue],
  ['a value replaced', replaceValue],
  ['a number damaged', damageNumber],
  ['a key renamed', renameKey],
  ['a key respelled', respellKey],
  ['a member removed', removeMember],
  ['a member repeated', repeatMember],
  ['a member added', addMember],
  ['a value nested', nestValue],
  ['what is between broken', breakBetween],
]
