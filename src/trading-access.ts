/** Who may trade: whoever has asked for it, on a platform where keys are safe. */
import { UpbitError } from './base/errors'
import { platform } from './platform'
import type { Trading, TradingAccess, TradingPorts } from './trading'

/** The trading of who has asked for it. Throws `INVALID_OPTION`, which names what is missing. */
export function tradingOf(access: TradingAccess, ports: () => TradingPorts): Trading {
  const { createTrading } = platform()
  if (createTrading === undefined) throw noTradingHere()
  return createTrading(access, ports)
}

/** Where keys have no place there is nothing to order with. */
export function noTradingHere(): UpbitError {
  return new UpbitError('INVALID_OPTION', 'Orders are not placed from a browser.', {
    option: 'trading',
    nextStep: 'Let a server of yours, a gateway, place them: it has the keys, and can say no.',
  })
}
