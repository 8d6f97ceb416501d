/** Whether a program printed what its page says: line for line, or with any numbers and, at `…`, any lines. */

export function hasPrinted(
  output: string,
  { exact, text }: { readonly exact: boolean; readonly text: string },
): boolean {
  if (exact) return output.trimEnd() === text.trimEnd()
  const lines = text.trimEnd().split('\n')
  const pattern = lines
    .map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${literal(withoutNumbers(line))}\\n`))
    .join('')
  return new RegExp(`^${pattern}$`).test(`${withoutNumbers(output).trimEnd()}\n`)
}

function withoutNumbers(text: string): string {
  return text.replace(/-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?/g, '0')
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
