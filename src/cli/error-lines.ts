/** Lines on stderr for a person. A reader who does not take them does not make the process remember them. */
import type { Host } from './host'

export class ErrorLines {
  private untold = 0

  constructor(private readonly host: Pick<Host, 'stderr'>) {
    // Where stderr is gone there is nobody to tell.
    host.stderr.on('error', () => {})
  }

  /** A line that may be left out when too many wait; how many were is told by the next one. */
  tell(text: string): void {
    if (this.host.stderr.writableNeedDrain) {
      this.untold++
      return
    }
    this.tellUntold()
    this.write(`upbit-rx: ${text}`)
  }

  /** A line that is written in any case. */
  conclude(text: string): void {
    this.tellUntold()
    this.write(text)
  }

  private tellUntold(): void {
    if (this.untold > 0) this.write(`upbit-rx: ${this.untold} more problems were not told: stderr was full.`)
    this.untold = 0
  }

  private write(line: string): void {
    this.host.stderr.write(`${line}\n`)
  }
}
