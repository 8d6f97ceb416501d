/**
 * Which sockets are open, and what was asked for on them, as of the last line that was written: what the next file has to
 * say first, so that it can be read by itself. The sockets of now may be further on than the line that waits for the disk.
 */
import { asksForStreams } from '../protocol/request'
import type { FrameLine, OpenedLine, RecordingLine, SentLine } from '../recording/recording-line'
import { lineText } from '../recording/recording-line'

const version = 1

export class WrittenSessions {
  private readonly sessions = new Map<number, { readonly opened: OpenedLine; sent?: SentLine }>()

  /** A line that says something about a socket is written. */
  add(line: Exclude<RecordingLine, FrameLine>): void {
    if (line.kind === 'opened') this.sessions.set(line.connection, { opened: line })
    else if (line.kind === 'closed') this.sessions.delete(line.connection)
    else if (line.kind === 'sent' && asksForStreams(line.text)) {
      const session = this.sessions.get(line.connection)
      if (session !== undefined) session.sent = line
    }
  }

  /** What a file begins with. */
  preamble(atMs: number): string {
    const lines: Exclude<RecordingLine, FrameLine>[] = [{ kind: 'begin', atMs, version }]
    for (const { opened, sent } of this.sessions.values()) {
      lines.push({ ...opened, atMs, sinceMs: opened.sinceMs ?? opened.atMs })
      if (sent !== undefined) lines.push({ ...sent, atMs })
    }
    return lines.map((line) => `${lineText(line)}\n`).join('')
  }
}
