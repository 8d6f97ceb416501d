/** What the sender of subscribe messages needs, and whom it tells. */
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import type { MessageBudget, MessagePorts } from '../rate-limit/message-budget'
import type { StreamKey } from '../registry/stream-key'
import type { LimitWaits } from './limit-waits'
import type { WantedRequest, WantedRequestPorts } from './wanted-request'

export interface SenderPorts extends WantedRequestPorts {
  readonly environment: Environment
  readonly limits: LimitWaits
  /** The budget of a session that has opened. */
  budget(ports: Omit<MessagePorts, 'signAgeMs'>): MessageBudget
  /** Another set is about to take the place of the one on the wire, and a message can be spared before it. */
  changing(): void
  /** A message is about to go out. */
  sent(): void
  /** These entries are on the wire from here on; `fresh` were not on this session's before. */
  carries(request: WantedRequest, fresh: readonly StreamKey[]): void
  /** The message with these entries is accepted. */
  accepted(ids: ReadonlySet<string>): void
  /**
   * The exchange refused the message that added these entries; `isAlone`: all else in it is accepted in this session.
   */
  blamed(added: readonly StreamKey[], error: ServerError, isAlone: boolean): void
  /** The exchange refused a message of which all had been accepted in a session before; nobody must go yet. */
  refusedAgain(ids: readonly string[], error: ServerError): void
  /** What was added waits for a proof of the messages before it, which the answer to a question would be. */
  unproved(): void
  /** What was added has to wait for so long, because a limit is reached; 0: it has not, or no longer. */
  limited(delayMs: number): void
}
