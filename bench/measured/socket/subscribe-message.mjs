/** The request of a client that writes it by hand. */
export function subscribeMessage({ type, format }) {
  return JSON.stringify([{ ticket: 'bench' }, { type, codes: ['KRW-BTC'] }, { format }])
}
