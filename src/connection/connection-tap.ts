/** Tells those who look on (`SocketTaps`) what happens on one connection, whose sockets come one after another. */
import type { Environment } from '../base/environment'
import { asksForStreams } from '../protocol/request'
import type { RawFrame, SocketFailure } from '../transport/socket'
import type { SocketTaps, TappedSession } from '../transport/socket-taps'
import type { SessionSocket } from './session-socket'
import { changedSocket } from './session-socket'

export class ConnectionTap {
  private readonly number: number
  private session: TappedSession | undefined

  constructor(
    private readonly all: SocketTaps,
    private readonly host: string,
    private readonly environment: Pick<Environment, 'now'>,
  ) {
    this.number = all.nextConnection()
  }

  /** A socket has the session; returns it with its requests shown, those of before it had it too. */
  opened(socket: SessionSocket, epoch: number): SessionSocket {
    // One that was replaced is left just now.
    this.closed()
    const openedAtMs = this.environment.now()
    const session: TappedSession = { connection: this.number, epoch, host: this.host, openedAtMs }
    this.session = session
    this.all.open.add(session)
    for (const tap of this.all.taps) tap.opened(session, openedAtMs)
    const sent = (text: string): void => {
      if (asksForStreams(text)) session.lastSent = text
      for (const tap of this.all.taps) tap.sent(session, text, this.environment.now())
    }
    for (const text of socket.prepared?.texts ?? []) sent(text)
    return changedSocket(socket, {
      send(text) {
        sent(text)
        socket.send(text)
      },
    })
  }

  frame(raw: RawFrame, atMs: number): void {
    const { all, session } = this
    if (all.taps.size > 0 && session !== undefined) for (const tap of all.taps) tap.frame(session, raw, atMs)
  }

  /** The socket is closed, if one was open. */
  closed(failure?: SocketFailure): void {
    const { all, session } = this
    if (session === undefined) return
    this.session = undefined
    all.open.delete(session)
    for (const tap of all.taps) tap.closed(session, failure, this.environment.now())
  }
}
