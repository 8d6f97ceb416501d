/** The account that specs from outside have, and orders of it. */

export const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }

/** A buy of 100,000 won that waits: nobody sells in a market that is off. */
export const limitOrder = {
  market: 'KRW-BTC',
  side: 'bid',
  ord_type: 'limit',
  price: '100000000',
  volume: '0.001',
} as const

/** The same sum at a tenth of the price. */
export const cheapOrder = { ...limitOrder, price: '10000000', volume: '0.01' } as const
