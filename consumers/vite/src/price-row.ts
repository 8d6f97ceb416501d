/** The cell of a market in the table, made at its first price; nothing where there is no document. */
export function priceRow(code: string): HTMLElement | undefined {
  const prices = globalThis.document?.getElementById('prices')
  if (!prices) return undefined
  const existing = prices.querySelector<HTMLElement>(`[data-code="${code}"] td`)
  if (existing !== null) return existing
  const row = prices.appendChild(document.createElement('tr'))
  row.dataset['code'] = code
  return row.appendChild(document.createElement('td'))
}
