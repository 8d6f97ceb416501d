/** The cause of a failure as it may be shown: errors of HTTP libraries hold the request with its headers (C8.3). */

const deepest = 4

/** Its name, message, code and own cause, and nothing else of it; `hide` takes secrets out of the texts. */
export function shownCause(cause: unknown, hide: (text: string) => string): unknown {
  try {
    return shown(cause, hide, 0)
  } catch {
    // It throws when it is looked at.
    return undefined
  }
}

function shown(cause: unknown, hide: (text: string) => string, depth: number): unknown {
  if (typeof cause === 'string') return hide(cause)
  // A symbol's name is a text too, and nobody looks for it there.
  if (typeof cause === 'function' || typeof cause === 'symbol') return undefined
  // Not by `instanceof`: Node's own errors are another realm's where a test runner has made one.
  if (typeof cause !== 'object' || cause === null) return cause
  const { name, message, code, cause: inner } = cause as Record<string, unknown>
  const error = new Error(typeof message === 'string' ? hide(message) : '')
  // Of here it would say where it was copied, and of there it has the message in it.
  delete error.stack
  if (typeof name === 'string') error.name = hide(name)
  if (typeof code === 'string' || typeof code === 'number')
    Object.assign(error, { code: typeof code === 'string' ? hide(code) : code })
  if (inner !== undefined && depth < deepest) error.cause = shown(inner, hide, depth + 1)
  return error
}
