/** Numbers as a board shows them: grouped, with as many decimals as the market's prices have. */

/** A unit of price in won, by price (`docs.upbit.com`, order policy): so many decimals below each bound. */
const wonDecimals: readonly (readonly [least: number, decimals: number])[] = [
  [1000, 0],
  [100, 1],
  [10, 2],
  [1, 3],
  [0.1, 4],
  [0.01, 5],
  [0.001, 6],
]
const dollarDecimals: readonly (readonly [least: number, decimals: number])[] = [
  [1000, 2],
  [10, 3],
  [1, 4],
  [0.1, 5],
]
const mostDecimals = 8

/** How many decimals a price of this market is shown with. */
export function priceDecimals(price: number, code: string): number {
  const quote = code.slice(0, code.indexOf('-'))
  if (quote === 'BTC') return mostDecimals
  const steps = quote === 'KRW' || quote === 'IDR' ? wonDecimals : dollarDecimals
  const usual = steps.find(([least]) => Math.abs(price) >= least)?.[1] ?? mostDecimals
  // A market may have a finer unit than its like: digits are shown, never rounded away.
  return Math.max(usual, decimalsOf(price))
}

/** `108,234,000`, `0.00123400`. */
export function formatNumber(value: number, decimals: number): string {
  return formatter(decimals).format(value)
}

/** `+0.22%`. */
export function formatRate(rate: number): string {
  const percent = formatNumber(Math.abs(rate) * 100, 2)
  return `${signOf(rate, percent)}${percent}%`
}

/** `+234,000`. */
export function formatChange(change: number, decimals: number): string {
  const amount = formatNumber(Math.abs(change), decimals)
  return `${signOf(change, amount)}${amount}`
}

/** A volume: the smaller, the more of its decimals matter. */
export function formatSize(size: number): string {
  return formatNumber(size, size >= 1000 ? 2 : size >= 1 ? 4 : mostDecimals)
}

/** `0.3s`, `12s`, `3m`, `2h`, `5d`: at most four letters. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, ageMs) / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`
  if (seconds < 60) return `${Math.floor(seconds)}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}

/** `0:07`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`
}

/** No sign before zeros. */
function signOf(value: number, shown: string): string {
  return /[1-9]/.test(shown) ? (value < 0 ? '-' : '+') : ''
}

function decimalsOf(value: number): number {
  const [, decimals = ''] = value.toFixed(mostDecimals).replace(/0+$/, '').split('.')
  return decimals.length
}

const formatters = new Map<number, Intl.NumberFormat>()

function formatter(decimals: number): Intl.NumberFormat {
  let found = formatters.get(decimals)
  if (found === undefined) {
    found = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    formatters.set(decimals, found)
  }
  return found
}
