/**
 * Where a `__proto__` key stands. A frame's object with one is rejected: the exchange has no such field, and whoever
 * copied it carelessly would change a prototype. Other names of `Object.prototype` are fields like any other.
 */
import { isBag } from './bag'
import { elementPath, memberPath } from './path'

/** The path of the shallowest `__proto__` key in `value`, which itself stands `at`; `undefined` when there is none. */
export function findProtoKey(value: unknown, at: string): string | undefined {
  const pending = [{ value, path: at }]
  // A list that grows while it is read instead of recursion, since nesting may be deeper than the stack.
  for (const { value: container, path } of pending) {
    if (Array.isArray(container)) {
      container.forEach((element: unknown, index) => {
        if (isContainer(element)) pending.push({ value: element, path: elementPath(path, index) })
      })
    } else if (isBag(container)) {
      for (const [key, member] of Object.entries(container)) {
        if (key === '__proto__') return memberPath(path, key)
        if (isContainer(member)) pending.push({ value: member, path: memberPath(path, key) })
      }
    }
  }
  return undefined
}

function isContainer(value: unknown): boolean {
  return Array.isArray(value) || isBag(value)
}
