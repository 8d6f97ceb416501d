/** Whether two values are the same, to the bit: what two readers of one frame must give. */
import { inspect } from 'node:util'

/**
 * Where two values differ first, in words; `undefined` when they are the same: equal by `Object.is`, or objects of one
 * prototype with the same own keys, in any order, and the same values under them.
 */
export function differenceOf(one: unknown, other: unknown, path = '$'): string | undefined {
  if (Object.is(one, other)) return undefined
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return `${path}: ${shown(one)} and ${shown(other)}`
  }
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return `${path}: other prototypes`
  const keys = Reflect.ownKeys(one)
  const otherKeys = Reflect.ownKeys(other)
  for (const key of keys) {
    if (!Object.hasOwn(other, key)) return `${path}.${String(key)}: only in the first`
  }
  if (keys.length !== otherKeys.length) {
    const more = otherKeys.filter((key) => !Object.hasOwn(one, key))
    return `${path}.${String(more[0])}: only in the second`
  }
  for (const key of keys) {
    const difference = differenceOf(memberOf(one, key), memberOf(other, key), `${path}.${String(key)}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

function memberOf(object: object, key: PropertyKey): unknown {
  return (object as Readonly<Record<PropertyKey, unknown>>)[key]
}

function shown(value: unknown): string {
  return inspect(value, { depth: 0 })
}
