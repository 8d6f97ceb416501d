/**
 * What one process shares, across the ESM and the CommonJS build of one major version: kept on `globalThis`, so that
 * both builds find the same (C1.5). Who keeps what is said where it is used: the managers, the shared client
 * and the line of dials.
 */
const key = Symbol.for('upbit-rx/0')

/** What the process shares under `name`; made by `initial` at the first look. Both builds give a name one type. */
export function realmSlot<T extends object>(name: string, initial: () => T): T {
  const holder = globalThis as { [key]?: Map<string, object> }
  const slots = (holder[key] ??= new Map<string, object>())
  let value = slots.get(name)
  if (value === undefined) slots.set(name, (value = initial()))
  return value as T
}
