/** Where in a frame something stands: `$.orderbook_units[3].ask_price`; `$` is the frame. Bounded, whatever the keys. */

const maxKeyLength = 40
const maxPathLength = 200
const plainKey = /^[A-Za-z_$][\w$]*$/

/** The path of a member of an object. A key that is no plain word is quoted, so that no text of a frame acts in a log. */
export function memberPath(parent: string, key: string): string {
  const short = shorten(key)
  return extend(parent, plainKey.test(key) ? `.${short}` : `[${JSON.stringify(short)}]`)
}

/** The path of an element of a list. */
export function elementPath(parent: string, index: number | string): string {
  return extend(parent, `[${index}]`)
}

function shorten(key: string): string {
  return key.length > maxKeyLength ? `${key.slice(0, maxKeyLength)}…` : key
}

function extend(parent: string, step: string): string {
  if (parent.length <= maxPathLength) return parent + step
  return parent.endsWith('…') ? parent : `${parent}…`
}
