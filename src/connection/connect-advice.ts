import { isUpbitError } from '../base/errors'
import type { SocketFailure } from '../transport/socket'

/** What somebody can do about a dial that reached no exchange, where waiting alone will hardly mend it. */

/** `undefined` where the next attempt may well succeed. `cause` is Node's, with its `code`; a page is told neither it nor a status. */
export function connectAdvice(
  host: string,
  { cause, status }: Pick<SocketFailure, 'cause' | 'status'>,
): string | undefined {
  // Who gives the token knows best why there is none.
  if (isUpbitError(cause)) return cause.nextStep?.replace(/\.$/, '')
  if (status === 404) return 'Nothing is served at this path: check that of url or UPBIT_URL'
  const { code } = Object(cause) as { readonly code?: unknown }
  if (code === 'ECONNREFUSED' && isLoopback(host)) {
    const port = /:(\d+)$/.exec(host)?.[1] ?? '80'
    return `Nothing listens there: start \`npx upbit-rx simulate --port ${port}\`, or set url or UPBIT_URL`
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return 'The name cannot be looked up: check the network, and url or UPBIT_URL'
  }
  return undefined
}

function isLoopback(host: string): boolean {
  return /^(127\.|localhost(:|$)|\[::1\])/.test(host)
}
