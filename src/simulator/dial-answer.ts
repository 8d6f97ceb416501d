/** What the core says to a dial, for a real socket or one in memory to carry out. */
import type { ConnectionPort, ExchangeConnection } from './exchange-connection'

/** The answer to a dial, to be given after `handshakeMs`. */
export type DialAnswer =
  | {
      readonly kind: 'accept'
      readonly headers: Readonly<Record<string, string>>
      /** To be called when the socket is open. */
      open(port: ConnectionPort): ExchangeConnection
    }
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' }
