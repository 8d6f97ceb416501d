/** What is being measured now, on stderr: one line that changes on a terminal, a line a round elsewhere. */
export interface Progress {
  /** A step of the present round begins. */
  step(text: string): void
  /** A round begins. */
  round(text: string): void
  done(): void
}

export function createProgress(): Progress {
  const terminal = process.stderr.isTTY
  let round = ''
  const show = (text: string): void => {
    process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`)
  }
  return {
    step(text) {
      if (terminal) show(`${round} · ${text}`)
    },
    round(text) {
      round = text
      if (terminal) show(text)
      else process.stderr.write(`${text}\n`)
    },
    done() {
      if (terminal) show('')
    },
  }
}
