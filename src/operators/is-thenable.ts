/** Whether a handler's result is something to wait for: any thenable, since promises of other realms are none of ours. */
export function isThenable(result: unknown): result is PromiseLike<unknown> {
  return (
    typeof result === 'object' && result !== null && typeof (result as { then?: unknown }).then === 'function'
  )
}
