/** Hands an error that nobody takes to rxjs, which reports it by its own rule, in a later turn (`onUnhandledError`). */
import { throwError } from 'rxjs'

export function rethrowLater(error: unknown): void {
  // eslint-disable-next-line rxjs-x/no-ignored-subscription -- unobserved is the point
  throwError(() => error).subscribe()
}
