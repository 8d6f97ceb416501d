/** What an exchange keeps of one of its endpoints, so that each can be broken and looked at without the others. */
import type { ExchangeConnection } from './exchange-connection'
import type { Dial, ReceivedMessage } from './received'
import type { Refusal } from './refusal'
import type { ParsedRequest } from './request'

/** A message that contains what a test wants refused gets this refusal. */
export type Rejection = (request: ParsedRequest) => Refusal | undefined

export class EndpointSide {
  readonly connections = new Set<ExchangeConnection>()
  readonly received: ReceivedMessage[] = []
  readonly dials: Dial[] = []
  readonly rejections = new Set<Rejection>()
  /** Called for each new connection. */
  opened: (connection: ExchangeConnection) => void = () => {}

  /** The refusal that a test has prepared for such a message. */
  refusalOf(request: ParsedRequest): Refusal | undefined {
    for (const rejection of this.rejections) {
      const found = rejection(request)
      if (found !== undefined) return found
    }
    return undefined
  }
}
