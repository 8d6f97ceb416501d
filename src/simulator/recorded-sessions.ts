/**
 * The recorded sessions of a replay: which open connection stands for which recorded one, where it is cut, and when its
 * client is back. A connection stands for a recorded one when both ask for something in common.
 */
import type { RecordingLine } from '../recording/recording-line'
import type { FeedOutlet } from './feed'

export class RecordedSessions {
  /** The last request of each recorded connection. */
  private readonly requests = new Map<number, string>()
  /** Recorded connections that were cut, and whose clients are not back. */
  private readonly cut = new Set<number>()
  private hasHeld = false

  constructor(private readonly outlet: Pick<FeedOutlet, 'connectionsLike'>) {}

  /** Whether the line is the first request after a cut, and the client has not sent its own yet. */
  isAwaited(line: RecordingLine): boolean {
    if (line.kind !== 'sent' || !this.cut.has(line.connection)) return false
    if (this.outlet.connectionsLike(line.text).length > 0) return false
    this.hasHeld = true
    return true
  }

  /** Whether the timeline was held since this was asked last. */
  wasHeld(): boolean {
    const { hasHeld } = this
    this.hasHeld = false
    return hasHeld
  }

  play(line: RecordingLine): void {
    if (line.kind === 'sent') {
      this.requests.set(line.connection, line.text)
      this.cut.delete(line.connection)
    } else if (line.kind === 'closed' && line.by !== 'client') {
      const { code = 1006, reason = '' } = line
      this.cut.add(line.connection)
      for (const connection of this.connectionsOf(line.connection)) {
        // What no peer can send: the connection ended without a close frame.
        if (code === 1006 || code === 1005) connection.drop()
        else connection.close(code, reason)
      }
    } else if (line.kind === 'frame' && !isAnswer(line.text)) {
      for (const connection of this.connectionsOf(line.connection)) connection.raw(line.bytes ?? line.text)
    }
  }

  private connectionsOf(connection: number): ReturnType<FeedOutlet['connectionsLike']> {
    return this.outlet.connectionsLike(this.requests.get(connection))
  }
}

/** An answer to the recorded client's question would answer none of this one's. */
function isAnswer(text: string): boolean {
  return /^\[?\{"(?:method|mthd)":/.test(text)
}
