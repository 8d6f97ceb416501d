/** An open socket as a session gets it: of a renewal it has asked already for what is wanted. */
import type { MessageBudget } from '../rate-limit/message-budget'
import type { Socket } from '../transport/socket'
import type { WantedRequest } from './wanted-request'

/** What a socket did before its session began. */
export interface Prepared {
  /** What it asked for last; the exchange has it. */
  readonly request: WantedRequest
  /** Every message that it sent, in order. */
  readonly texts: readonly string[]
  /** Where those are counted. */
  readonly budget: MessageBudget
  /** Called when one of its permits will return; whoever takes the budget over sets it. */
  proved: () => void
}

export interface SessionSocket extends Socket {
  readonly prepared?: Prepared | undefined
}

/** The same socket with something of it replaced; an adapter's may be of a class. */
export function changedSocket(socket: SessionSocket, changes: Partial<SessionSocket>): SessionSocket {
  const { frames$, pongs$, prepared } = socket
  return {
    frames$,
    pongs$,
    send: (text) => socket.send(text),
    close: () => socket.close(),
    terminate: () => socket.terminate(),
    reference: (held) => socket.reference(held),
    // Absent where the platform has none.
    ...(socket.ping === undefined ? {} : { ping: (payload?: string) => socket.ping?.(payload) }),
    ...(prepared === undefined ? {} : { prepared }),
    ...changes,
  }
}
