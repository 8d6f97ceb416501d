/** The port between the library and HTTP: what a REST call needs, and nothing of `fetch`. */
import type { Observable } from 'rxjs'

/** One request, whole: its url with the query, its headers, its body. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** An answer with whatever status; header names are lower case. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why there was no answer. */
export interface HttpFailure {
  readonly kind: 'http-failure'
  readonly cause: unknown
}

/**
 * Sends on subscription. Emits the one answer and completes; errors with an `HttpFailure` when none came. Unsubscribing
 * aborts the request.
 */
export type SendHttp = (request: HttpRequest) => Observable<HttpAnswer>
