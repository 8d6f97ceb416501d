/**
 * Looks through a value for secrets, wherever no closure and no private field hides them, at whatever depth: further than
 * an inspector or `JSON.stringify` shows, each object once, so that it is fast where those would take minutes.
 */

/** Up to ten paths at which one of them stands. `without`: objects that are not looked into. */
export function pathsTo(
  secrets: readonly string[],
  value: unknown,
  without: readonly unknown[] = [],
): readonly string[] {
  const seen = new Set<unknown>(without)
  const found: string[] = []
  const waiting: Place[] = [{ value, name: '$', above: undefined }]
  const look = (place: Place, text: string): void => {
    if (secrets.some((secret) => secret !== '' && text.includes(secret))) found.push(pathOf(place))
  }
  for (let next = waiting.pop(); next !== undefined && found.length < 10; next = waiting.pop()) {
    const { value: here, name } = next
    look(next, name)
    if (typeof here === 'string') look(next, here)
    if (!isObject(here) || seen.has(here)) continue
    seen.add(here)
    if (ArrayBuffer.isView(here)) look(next, textOf(here))
    else for (const [key, each] of membersOf(here)) waiting.push({ value: each, name: key, above: next })
  }
  return found
}

interface Place {
  readonly value: unknown
  readonly name: string
  readonly above: Place | undefined
}

function pathOf({ name, above }: Place): string {
  return above === undefined ? name : `${pathOf(above)}.${name}`
}

function* membersOf(value: object): Generator<readonly [name: string, value: unknown]> {
  if (value instanceof Map || value instanceof Set) for (const each of value.entries()) yield ['entry', each]
  const prototype = Reflect.getPrototypeOf(value)
  // Getters of a class are a part of what its objects show.
  for (const owner of prototype === null ? [value] : [value, prototype]) {
    for (const key of Reflect.ownKeys(owner)) yield [String(key), valueOf(value, key)]
  }
}

function valueOf(value: object, key: string | symbol): unknown {
  try {
    return Reflect.get(value, key)
  } catch (error) {
    return error
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function textOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}
