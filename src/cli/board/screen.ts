/**
 * Lines on a terminal, drawn in place. It uses the alternate screen, so that neither a resize nor a long run leaves torn
 * boards in the scrollback; at the end the ordinary screen comes back with the last board on it and the cursor below.
 */
import type { Host } from '../host'

const control = (sequence: string): string => `\u001b[${sequence}`
/** Alternate screen, no cursor, no wrapping of lines that a terminal finds wider than we do. */
const enter = control('?1049h') + control('?25l') + control('?7l') + control('2J')
const leave = control('?7h') + control('?25h') + control('?1049l')
/** A terminal that knows these shows what stands between them at once; the others ignore them. */
const beginUpdate = control('?2026h')
const endUpdate = control('?2026l')

/** What no line is. */
const unknown = '\n'
/** Every so many drawings all lines are written: what others wrote over the board is mended after two seconds. */
const wholeEvery = 20

export class Screen {
  private drawn: readonly string[] = []
  private drawings = 0
  private last: readonly string[] = []
  private isOpen = true
  private readonly forget: () => void

  constructor(private readonly host: Pick<Host, 'stdout' | 'atExit'>) {
    // However the process ends, the terminal is given back as it was.
    this.forget = host.atExit(() => this.close())
    host.stdout.on('resize', this.resized)
    host.stdout.write(enter)
  }

  get size(): { columns: number; rows: number } {
    const { columns, rows } = this.host.stdout
    // A terminal that does not tell says 0.
    return { columns: columns || 80, rows: rows || 24 }
  }

  /** Shows these lines; only those that changed are written. A terminal that is behind gets the next ones. */
  draw(lines: readonly string[]): void {
    this.last = lines
    if (!this.isOpen || this.host.stdout.writableNeedDrain) return
    if (++this.drawings % wholeEvery === 0) this.drawn = this.drawn.map(() => unknown)
    const changed = lines
      .map((line, row) => (line === this.drawn[row] ? '' : control(`${row + 1};1H`) + control('2K') + line))
      .join('')
    const below = lines.length < this.drawn.length ? control(`${lines.length + 1};1H`) + control('J') : ''
    this.drawn = lines
    if (changed !== '' || below !== '') this.host.stdout.write(beginUpdate + changed + below + endUpdate)
  }

  /** Back to the ordinary screen, with the last lines on it. */
  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.forget()
    this.host.stdout.off('resize', this.resized)
    this.host.stdout.write(leave + this.last.map((line) => `${line}\n`).join(''))
  }

  /** What the terminal made of the lines is unknown: the next drawing is a whole one. */
  private readonly resized = (): void => {
    this.drawn = []
    this.host.stdout.write(control('2J'))
  }
}
