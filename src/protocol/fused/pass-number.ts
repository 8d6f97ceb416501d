/** Goes past a number that nobody has asked for yet: it must be one that `readNumber` reads, but is not worth a value. */

const minus = 45
const plus = 43
const point = 46
const zero = 48
const lowerE = 101
/** Makes an `E` an `e`. */
const toLower = 32

/** With so many digits before the point, and an exponent of two, a number is finite. */
const mostDigits = 200
const mostExponentDigits = 2

const none = -1

/** The byte behind the number from `start` on; -1 where there is none, or one of unusual length. */
export function passNumber(view: DataView, start: number): number {
  let at = start
  if (view.getUint8(at) === minus) at++
  const wholeAt = at
  at = passDigits(view, at)
  const wholeDigits = at - wholeAt
  // JSON has no leading zeros.
  if (wholeDigits === 0 || wholeDigits > mostDigits) return none
  if (wholeDigits > 1 && view.getUint8(wholeAt) === zero) return none
  let byte = view.getUint8(at)
  if (byte === point) {
    const fractionAt = ++at
    at = passDigits(view, at)
    if (at === fractionAt) return none
    byte = view.getUint8(at)
  }
  if ((byte | toLower) === lowerE) {
    byte = view.getUint8(++at)
    if (byte === minus || byte === plus) at++
    const exponentAt = at
    at = passDigits(view, at)
    if (at === exponentAt || at - exponentAt > mostExponentDigits) return none
  }
  return at
}

function passDigits(view: DataView, start: number): number {
  let at = start
  let digit = view.getUint8(at) - zero
  while (digit >= 0 && digit <= 9) digit = view.getUint8(++at) - zero
  return at
}
