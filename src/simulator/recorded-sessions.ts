/**
 * The recorded sessions of a replay: which open connection stands for which recorded one, where it is cut, and when its
 * client is back. A connection stands for a recorded one when both ask for something in common.
 */
import { asksForStreams } from '../protocol/request'
import type { RecordingLine, SentLine } from '../recording/recording-line'
import type { FeedOutlet } from './feed'

/** A client that is not back by then does not come; its own longest wait between two dials is half of that. */
export const returnWithinMs = 60_000

export class RecordedSessions {
  /** The last request for streams of each recorded connection. */
  private readonly requests = new Map<number, string>()
  /** Recorded connections that were cut, and whose clients are not back. */
  private readonly cut = new Set<number>()
  private heldSinceMs: number | undefined

  constructor(private readonly outlet: Pick<FeedOutlet, 'connectionsLike'>) {}

  /** How long the line is to be held back yet: the first request after a cut, until the client has sent its own. */
  heldMs(line: RecordingLine, nowMs: number): number {
    if (!isRequest(line) || !this.cut.has(line.connection)) return 0
    if (this.outlet.connectionsLike(line.text).length > 0) return 0
    this.heldSinceMs ??= nowMs
    return Math.max(0, this.heldSinceMs + returnWithinMs - nowMs)
  }

  /** Whether the timeline was held since this was asked last. */
  wasHeld(): boolean {
    const wasHeld = this.heldSinceMs !== undefined
    this.heldSinceMs = undefined
    return wasHeld
  }

  play(line: RecordingLine): void {
    if (isRequest(line)) {
      this.requests.set(line.connection, line.text)
      this.cut.delete(line.connection)
    } else if (line.kind === 'closed' && line.by !== 'client') {
      const { code = 1006, reason = '' } = line
      const connections = this.connectionsOf(line.connection)
      // Nobody comes back where nobody was cut.
      if (connections.length > 0) this.cut.add(line.connection)
      for (const connection of connections) {
        // What no peer can send: the connection ended without a close frame.
        if (code === 1006 || code === 1005) connection.drop()
        else connection.close(code, reason)
      }
    } else if (line.kind === 'frame' && !isAnswer(line.text)) {
      for (const connection of this.connectionsOf(line.connection)) connection.raw(line.bytes ?? line.text)
    }
  }

  private connectionsOf(connection: number): ReturnType<FeedOutlet['connectionsLike']> {
    const request = this.requests.get(connection)
    // A recording without requests is of one connection, and means all.
    if (request === undefined && this.requests.size > 0) return []
    return this.outlet.connectionsLike(request)
  }
}

/** What a recorded connection is known by; a question or a PING since then changes nothing about that. */
function isRequest(line: RecordingLine): line is SentLine {
  return line.kind === 'sent' && asksForStreams(line.text)
}

/** An answer to the recorded client's question would answer none of this one's. */
function isAnswer(text: string): boolean {
  return /^\[?\{"(?:method|mthd)":/.test(text)
}
