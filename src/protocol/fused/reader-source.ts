/**
 * The source text of a reader: for each member of a shape the lines that compare its key with the bytes and read its
 * value, then the event as one object literal. `docs/fused-reader.md` shows what comes out.
 *
 * Keys are more than half of a frame, so they are compared four bytes at a time. Nothing from the network gets into the
 * text but as a number (the bytes of a key, to be compared); words and names are those of our own tables.
 */
import { maxDecimalDigits } from '../decimal'
import type { PublicType } from '../wire'
import { numberLines, numberVariables } from './number-source'
import type { Member, Shape, ValueForm } from './shape'

/** The names that the text takes from outside, in this order. */
export const readerParameters = [
  'cursor',
  'readNumber',
  'readMilliseconds',
  'passNumber',
  'asciiText',
  'powersOfTen',
  'texts',
  'isUtcDateTime',
] as const

/** A trade's id has 17 digits today, and had 16 in old recordings and other markets. */
const usualDigits = [17, 16]

const encoder = new TextEncoder()
const giveUp = 'return undefined'

export function readerSource(type: PublicType, shape: Shape, isList: boolean): string {
  const variableOf = new Map<string | undefined, string>([
    ...shape.members.map(({ name }, index): [string | undefined, string] => [name, `value${index}`]),
    ['type', JSON.stringify(type)],
    ['code', 'code'],
  ])
  const fields = shape.names.map((name) => `${JSON.stringify(name)}: ${variableOf.get(name) ?? 'undefined'}`)
  return [
    "'use strict'",
    'return function read(view, start, end, code, epoch, receivedAt) {',
    'let at = start, byte = 0',
    numberVariables,
    ...shape.members.flatMap(({ key, value }, index) => [
      // Where it stood, should it give up here.
      `cursor.member = ${index}`,
      ...keyLines(',', key),
      ...valueLines(value, `value${index}`),
    ]),
    `cursor.member = ${shape.members.length}`,
    ...expect(isList ? '}]' : '}'),
    `if (at !== end) ${giveUp}`,
    `return { ${[...fields, 'epoch', 'received_at: receivedAt', "source: 'socket'"].join(', ')} }`,
    '}',
  ].join('\n')
}

/** A key follows a comma, or the brace that opens an element of a list. */
function keyLines(lead: '{' | ',', key: string): readonly string[] {
  return expect(`${lead}${JSON.stringify(key)}:`)
}

/** The lines that leave the value at `at` in a new variable, and `at` behind it. */
function valueLines(value: ValueForm, variable: string): readonly string[] {
  switch (value.form) {
    case 'number':
      return call(variable, 'readNumber(view, at)')
    case 'milliseconds':
      return call(variable, 'readMilliseconds(view, at)')
    case 'text':
      return textLines(variable)
    case 'date-time':
      return [...textLines(variable), `if (!isUtcDateTime(${variable})) ${giveUp}`]
    case 'digits':
      return digitLines(variable)
    case 'boolean':
      return [`let ${variable} = true`, ...oneOf(['true', 'false'], (word) => `${variable} = ${word}`)]
    case 'word':
      return wordLines(value.words, variable)
    case 'nullable':
      return nullableLines(value.inner, variable)
    case 'absent':
      return expect('null')
    case 'passed':
      return [`if ((at = passNumber(view, at)) < 0) ${giveUp}`]
    case 'unknown':
      return unknownLines()
    case 'list':
      return listLines(value.members, variable)
  }
}

function textLines(variable: string): readonly string[] {
  return [...expect('"'), ...call(variable, 'texts.read(view, at)')]
}

function call(variable: string, reading: string): readonly string[] {
  return [`const ${variable} = ${reading}`, `if ((at = cursor.at) < 0) ${giveUp}`]
}

function wordLines(words: readonly string[], variable: string): readonly string[] {
  return [
    ...expect('"'),
    `let ${variable} = ''`,
    ...oneOf(
      words.map((word) => `${word}"`),
      (_, place) => `${variable} = ${JSON.stringify(words[place])}`,
    ),
  ]
}

function nullableLines(inner: ValueForm, variable: string): readonly string[] {
  return [
    `let ${variable} = null`,
    `if (${matches('null')}) at += 4`,
    'else {',
    ...valueLines(inner, `${variable}Inner`),
    `${variable} = ${variable}Inner`,
    '}',
  ]
}

/** Plain digits, as the characters that they are. A call with one argument a character is the quickest way to a string. */
function digitLines(variable: string): readonly string[] {
  const from = `${variable}At`
  const characters = (length: number): string =>
    `String.fromCharCode(${Array.from({ length }, (_, i) => `view.getUint8(${from} + ${i})`).join(', ')})`
  const usual = usualDigits.map((length) => `at - ${from} === ${length} ? ${characters(length)} : `)
  return [
    `const ${from} = at`,
    'while ((byte = view.getUint8(at)) >= 48 && byte <= 57) at++',
    // JSON has no leading zeros, and a lone zero is not worth a line.
    `if (at === ${from} || at - ${from} > ${maxDecimalDigits} || view.getUint8(${from}) === 48) ${giveUp}`,
    `const ${variable} = ${usual.join('')}asciiText(view, ${from}, at)`,
  ]
}

/** The elements, each with the same members in the same order; no list is made where nothing of them is passed on. */
function listLines(members: readonly Member[], variable: string): readonly string[] {
  const fields = members.flatMap(({ name }, place) =>
    name === undefined ? [] : [`${JSON.stringify(name)}: ${variable}Of${place}`],
  )
  const isKept = fields.length > 0
  return [
    ...expect('['),
    ...(isKept ? [`const ${variable} = []`] : []),
    'for (;;) {',
    ...members.flatMap(({ key, value }, place) => [
      ...keyLines(place === 0 ? '{' : ',', key),
      ...elementLines(value, `${variable}Of${place}`),
    ]),
    ...expect('}'),
    ...(isKept ? [`${variable}.push({ ${fields.join(', ')} })`] : []),
    'byte = view.getUint8(at++)',
    'if (byte === 93) break',
    `if (byte !== 44) ${giveUp}`,
    '}',
  ]
}

function elementLines(value: ValueForm, variable: string): readonly string[] {
  return value.form === 'number' ? numberLines(variable) : valueLines(value, variable)
}

/** A value that is neither list nor object: passed over, but not unread, since the frame must be JSON. */
function unknownLines(): readonly string[] {
  const pass = (reading: string): string => `{ ${reading}; if ((at = cursor.at) < 0) ${giveUp} }`
  return [
    'byte = view.getUint8(at)',
    `if (byte === 34) ${pass('texts.read(view, at + 1)')}`,
    `else if (byte === 45 || (byte >= 48 && byte <= 57)) ${pass('readNumber(view, at)')}`,
    'else {',
    ...oneOf(['true', 'false', 'null'], () => ''),
    '}',
  ]
}

/** One of the texts, of which none begins another one. */
function oneOf(texts: readonly string[], then: (text: string, place: number) => string): readonly string[] {
  return [
    ...texts.map((text, place) => {
      const otherwise = place === 0 ? '' : 'else '
      return `${otherwise}if (${matches(text)}) { at += ${byteLength(text)}; ${then(text, place)} }`
    }),
    `else ${giveUp}`,
  ]
}

function expect(text: string): readonly string[] {
  return [`if (!(${matches(text)})) ${giveUp}`, `at += ${byteLength(text)}`]
}

/** Compares bytes: by fours, the rest with four that overlap the ones before. */
function matches(text: string): string {
  const bytes = encoder.encode(text)
  if (bytes.length < 4) {
    return [...bytes].map((byte, at) => `view.getUint8(at + ${at}) === ${byte}`).join(' && ')
  }
  const words = new DataView(bytes.buffer)
  const places = Array.from({ length: bytes.length >> 2 }, (_, word) => word * 4)
  if (bytes.length % 4 > 0) places.push(bytes.length - 4)
  return places.map((at) => `view.getInt32(at + ${at}, true) === ${words.getInt32(at, true)}`).join(' && ')
}

function byteLength(text: string): number {
  return encoder.encode(text).length
}
