/** Whether a handler's result is something to wait for: any thenable, since promises of other realms are none of ours. */
export function isThenable(result: unknown): result is PromiseLike<unknown> {
  if (result === null || (typeof result !== 'object' && typeof result !== 'function')) return false
  return typeof (result as { then?: unknown }).then === 'function'
}
