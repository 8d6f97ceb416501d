/** The cause of a failure as it may be shown: errors of HTTP libraries hold the request with its headers (C8.3). */

const deepest = 4

/** Its name, message, code and own cause, and nothing else of it; `hide` takes secrets out of the texts. */
export function shownCause(cause: unknown, hide: (text: string) => string, depth = 0): unknown {
  if (typeof cause === 'string') return hide(cause)
  // Not by `instanceof`: Node's own errors are another realm's where a test runner has made one.
  if (typeof cause !== 'object' || cause === null) return typeof cause === 'function' ? undefined : cause
  const { name, message, code, cause: inner } = cause as Record<string, unknown>
  const shown = new Error(typeof message === 'string' ? hide(message) : '')
  // Of here it would say where it was copied, and of there it has the message in it.
  delete shown.stack
  if (typeof name === 'string') shown.name = hide(name)
  if (typeof code === 'string' || typeof code === 'number')
    Object.assign(shown, { code: typeof code === 'string' ? hide(code) : code })
  if (inner !== undefined && depth < deepest) shown.cause = shownCause(inner, hide, depth + 1)
  return shown
}
