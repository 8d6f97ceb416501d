/** Tells those who look on (`SocketTaps`) what happens on one connection, whose sockets come one after another. */
import type { Environment } from '../base/environment'
import { asksForStreams } from '../protocol/request'
import type { RawFrame, Socket, SocketFailure } from '../transport/socket'
import type { SocketTaps, TappedSession } from '../transport/socket-taps'

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

  /** A socket is open; returns it with its requests shown. */
  opened(socket: Socket, epoch: number): Socket {
    const openedAtMs = this.environment.now()
    const session: TappedSession = { connection: this.number, epoch, host: this.host, openedAtMs }
    this.session = session
    this.all.open.add(session)
    for (const tap of this.all.taps) tap.opened(session, openedAtMs)
    const shown: Socket = {
      frames$: socket.frames$,
      pongs$: socket.pongs$,
      send: (text) => {
        if (asksForStreams(text)) session.lastSent = text
        for (const tap of this.all.taps) tap.sent(session, text, this.environment.now())
        socket.send(text)
      },
      close: () => socket.close(),
      terminate: () => socket.terminate(),
      reference: (held) => socket.reference(held),
    }
    // Absent where the platform has none.
    return socket.ping === undefined
      ? shown
      : { ...shown, ping: (payload?: string) => socket.ping?.(payload) }
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
