/**
 * The lines that read a number without a call, for members of list elements: a book has 120 of them, and a call costs
 * much of what reading one does, since its result is put into an object of its own on the way back. Members that come
 * once a frame call `readNumber`, whose code is then in the processor's cache once.
 */
import { maxShortDigits } from './read-number'

/** Declared once a reader, at its top. */
export const numberVariables =
  'let digit = 0, from = 0, whole = 0, wholeDigits = 0, fraction = 0, scale = 0, exponent = 0, mantissa = 0'

const isDigit = 'digit >= 0 && digit <= 9'
const nextDigit = 'digit = view.getUint8(at) - 48'
/** `.`, `e` and `-` as digits, that is, less the code of `0`. */
const point = '.'.charCodeAt(0) - 48
const lowerE = 'e'.charCodeAt(0) - 48
const minus = '-'.charCodeAt(0) - 48
/** The bit that makes the `E` of digits, and nothing else, their `e`. */
const toLower = 32

/**
 * Leaves the number at `at` in a new variable, and `at` behind it. Only what is usual is read here: no sign, at most
 * nine digits before and behind the point, an exponent of one digit. `readNumber` begins anew with all else, so that
 * this needs no word on what is not JSON.
 */
export function numberLines(variable: string): readonly string[] {
  return [
    `let ${variable} = 0`,
    'from = at; whole = 0; fraction = 0; scale = 0; exponent = 0',
    `while ((${nextDigit}) >= 0 && digit <= 9) { whole = (Math.imul(whole, 10) + digit) | 0; at++ }`,
    'wholeDigits = at - from',
    `if (digit === ${point}) {`,
    'at++',
    `while ((${nextDigit}) >= 0 && digit <= 9) { fraction = (Math.imul(fraction, 10) + digit) | 0; at++ }`,
    'scale = at - from - wholeDigits - 1',
    'if (scale === 0) wholeDigits = 0',
    '}',
    `if ((digit | ${toLower}) === ${lowerE}) {`,
    'at++',
    nextDigit,
    `if (digit === ${minus}) { at++; ${nextDigit}; exponent = -digit } else exponent = digit`,
    `if (!(${isDigit})) wholeDigits = 0`,
    'at++',
    nextDigit,
    `if (${isDigit}) wholeDigits = 0`,
    '}',
    'mantissa = whole',
    'if (fraction !== 0) { mantissa = whole * powersOfTen[scale] + fraction; exponent -= scale }',
    // No digits stand for whatever is not usual. A mantissa of many digits is not exact, and a zero in front no JSON.
    `if (wholeDigits > 0 && wholeDigits <= ${maxShortDigits} && scale <= ${maxShortDigits} && mantissa < ${2 ** 53} && (wholeDigits === 1 || view.getUint8(from) !== 48)) {`,
    `${variable} = exponent === 0 ? mantissa : exponent < 0 ? mantissa / powersOfTen[-exponent] : mantissa * powersOfTen[exponent]`,
    '} else {',
    `${variable} = readNumber(view, from)`,
    'if ((at = cursor.at) < 0) return undefined',
    '}',
  ]
}
