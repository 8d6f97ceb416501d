/** What a client's sockets show, as lines: written in the turn in which it happens, since bytes are not valid longer. */
import type { RawFrame, SocketFailure } from '../transport/socket'
import type { SocketTap, TappedSession } from '../transport/socket-taps'
import { frameLineText, lineText } from '../recording/recording-line'
import type { RecordingLine, FrameLine } from '../recording/recording-line'
import type { WaitingLine } from './line-queue'

/** Fatal, so that what is no UTF-8 is noticed; a mark of byte order is a part of the text. */
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const tolerant = new TextDecoder('utf-8', { ignoreBOM: true })

export class RecordingTap implements SocketTap {
  constructor(private readonly offer: (line: WaitingLine) => void) {}

  opened(session: TappedSession, atMs: number): void {
    this.tell(openedLine(session, atMs))
    if (session.lastSent !== undefined) this.sent(session, session.lastSent, atMs)
  }

  frame({ connection }: TappedSession, raw: RawFrame, atMs: number): void {
    const text = frameLineText({ connection, ...contentOf(raw) }, atMs)
    this.offer({ text: `${text}\n`, atMs, isFrame: true })
  }

  sent({ connection }: TappedSession, text: string, atMs: number): void {
    this.tell({ kind: 'sent', atMs, connection, text })
  }

  closed(session: TappedSession, failure: SocketFailure | undefined, atMs: number): void {
    const { connection, epoch } = session
    const closed = { kind: 'closed', atMs, connection, epoch } as const
    this.tell(
      failure === undefined
        ? { ...closed, by: 'client' }
        : { ...closed, by: 'exchange', code: failure.closeCode ?? 1006, reason: reasonOf(failure) },
    )
  }

  private tell(line: Exclude<RecordingLine, FrameLine>): void {
    this.offer({ text: `${lineText(line)}\n`, atMs: line.atMs, isFrame: false, line })
  }
}

function openedLine(
  { connection, epoch, host, openedAtMs }: TappedSession,
  atMs: number,
): Exclude<RecordingLine, FrameLine> {
  const opened = { kind: 'opened', atMs, connection, epoch, host } as const
  return openedAtMs < atMs ? { ...opened, sinceMs: openedAtMs } : opened
}

function contentOf(raw: RawFrame): Pick<FrameLine, 'text' | 'bytes'> {
  if (typeof raw === 'string') return { text: raw }
  try {
    return { text: strict.decode(raw) }
  } catch {
    return { text: tolerant.decode(raw), bytes: raw }
  }
}

/** The reason of the close frame, else the system's word for what happened; never a message, which may hold a url. */
function reasonOf({ reason, cause }: SocketFailure): string {
  const code = (cause as NodeJS.ErrnoException | null | undefined)?.code
  return reason !== undefined && reason !== '' ? reason : typeof code === 'string' ? code : ''
}
