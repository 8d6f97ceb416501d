/** Text tables: the first column to the left, figures to the right. */
import type { Spread } from './statistics'

/** Columns that belong together, under a head of their own. */
export interface Group {
  readonly label: string
  readonly columns: number
}

const gap = '  '

/** `groups` stand above the columns after the first. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  groups: readonly Group[] = [],
): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const text = lines.map((line) =>
    widths
      .map((width, column) => {
        const cell = line[column] ?? ''
        return column === 0 ? cell.padEnd(width) : cell.padStart(width)
      })
      .join(gap)
      .trimEnd(),
  )
  const rule = '─'.repeat(totalWidth(widths))
  return [...groupLine(widths, groups), text[0] ?? '', rule, ...text.slice(1)]
    .map((line) => gap + line)
    .join('\n')
}

function groupLine(widths: readonly number[], groups: readonly Group[]): readonly string[] {
  if (groups.length === 0) return []
  let column = 1
  const cells = groups.map(({ label, columns }) => {
    const width = totalWidth(widths.slice(column, column + columns))
    column += columns
    return ` ${label} `.padStart((width + label.length + 2) >> 1, '─').padEnd(width, '─')
  })
  return [[' '.repeat(widths[0] ?? 0), ...cells].join(gap)]
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + gap.length, -gap.length)
}

/** Three significant digits: `0.0712`, `3.31`, `41.2`, `4,231`. */
export function figure(value: number): string {
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
  const decimals = value === 0 ? 0 : Math.max(0, Math.min(4, 2 - Math.floor(Math.log10(Math.abs(value)))))
  return value.toFixed(decimals)
}

export function ratio({ median, min, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`
}
