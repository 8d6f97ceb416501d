/** One line a consumer: what it does now, then how it ended. On a terminal the line is written over. */
export class Progress {
  readonly #startMs = performance.now()
  #lineStartMs = 0
  #name = ''

  begin(name: string): void {
    this.#name = name
    this.#lineStartMs = performance.now()
  }

  step(what: string): void {
    const line = `  ${this.#name.padEnd(14)} ${what} …`
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`)
    else console.log(line)
  }

  end(isGood: boolean, notes: string): void {
    const seconds = ((performance.now() - this.#lineStartMs) / 1000).toFixed(1).padStart(6)
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
    console.log(`${isGood ? '✔' : '✘'} ${this.#name.padEnd(14)} ${seconds} s  ${notes}`)
  }

  totalSeconds(): string {
    return ((performance.now() - this.#startMs) / 1000).toFixed(0)
  }
}
