/** Text from outside on one line of a terminal: what the exchange or a file name says must not steer the cursor. */

// eslint-disable-next-line no-control-regex -- control characters are what it is about
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** Line breaks, escapes and other control characters as one space. */
export function oneLine(text: string): string {
  return text.replace(controls, ' ').trim()
}
