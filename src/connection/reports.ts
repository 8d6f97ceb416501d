/** Whom a connection tells what is no event; `channels/` and `observe/` implement it. */
import type { UpbitError } from '../base/errors'
import type { ServerError } from '../protocol/control'
import type { DecodeError } from '../protocol/decode-error'
import type { StreamKey } from '../registry/stream-key'

export interface ConnectionReports {
  /** What follows is epoch `epoch`. */
  opened(epoch: number): void
  /** A session ended that we did not end; nothing is missing up to `wholeUntilMs`. */
  lost(epoch: number, wholeUntilMs: number, cause: 'disconnect' | 'rejected'): void
  /** The connection was closed by us: its linger ran out, or it was refused for good. */
  ended(): void
  /** A message goes out: these entries are on the wire now, or kept off it only until it is known that they may be. */
  sent(ids: ReadonlySet<string>): void
  /** What was sent is accepted. */
  accepted?(): void
  /**
   * The exchange has another subscription than it was sent, and is sent it anew: `- ticker KRW-BTC` was lost there, and
   * nothing of it is missing up to `wholeUntilMs`.
   */
  drifted?(difference: readonly string[], wholeUntilMs: number): void
  /** The exchange refuses these entries; their consumers must go. */
  rejected(keys: readonly StreamKey[], error: ServerError): void
  /** These entries can never be served; their consumers get the error. */
  failed(keys: readonly StreamKey[], error: UpbitError): void
  undecodable(error: DecodeError, epoch: number): void
  /** The first of an unknown field or value. */
  drift(name: string): void
  /** The entry was accepted, should have spoken and has not. */
  silent(key: StreamKey): void
  error(error: UpbitError): void
}
