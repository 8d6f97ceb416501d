/** One dial through an adapter, with everything that comes of it written down in order. */
import type { Subscription } from 'rxjs'
import type { OpenSocket, Socket, SocketFailure, SocketRequest } from '../../src/transport/socket'

export class Dialed {
  /** `open`, `frame …`, `pong`, `frames complete`, `pongs complete`, `error`, `complete`. */
  readonly log: string[] = []
  readonly frames: (string | Uint8Array)[] = []
  socket: Socket | undefined
  failure: SocketFailure | undefined
  private readonly subscription: Subscription
  private readonly watchers = new Set<() => void>()

  constructor(openSocket: OpenSocket, request: SocketRequest) {
    this.subscription = openSocket(request).subscribe({
      next: (socket) => this.opened(socket),
      error: (failure: SocketFailure) => {
        this.failure = failure
        this.note('error')
      },
      complete: () => this.note('complete'),
    })
  }

  leave(): void {
    this.subscription.unsubscribe()
  }

  /** Resolves when this was noted. */
  async until(entry: string): Promise<void> {
    while (!this.log.includes(entry)) await new Promise<void>((resolve) => this.watchers.add(resolve))
  }

  /** The frames as text. */
  get texts(): readonly string[] {
    return this.frames.map((frame) => (typeof frame === 'string' ? frame : new TextDecoder().decode(frame)))
  }

  private opened(socket: Socket): void {
    this.socket = socket
    this.note('open')
    socket.frames$.subscribe({
      next: (frame) => {
        this.frames.push(frame)
        this.note(`frame ${this.frames.length}`)
      },
      complete: () => this.note('frames complete'),
    })
    socket.pongs$.subscribe({ next: () => this.note('pong'), complete: () => this.note('pongs complete') })
  }

  private note(entry: string): void {
    this.log.push(entry)
    for (const wake of this.watchers) wake()
    this.watchers.clear()
  }
}
