/** A series of prices as a row of bars. */

const bars = '▁▂▃▄▅▆▇█'

/** The newest `width` values, lowest to highest over the height of a letter; a flat series is a flat line. */
export function sparkline(values: readonly number[], width: number): string {
  const shown = values.slice(-width)
  const least = Math.min(...shown)
  const span = Math.max(...shown) - least
  return shown
    .map((value) => bars.charAt(span === 0 ? 0 : Math.round(((value - least) / span) * (bars.length - 1))))
    .join('')
}
