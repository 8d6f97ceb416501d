'use client'
/**
 * The newest price of a market, in the browser. Two of them on one page are two entries of one connection. `?exchange=`
 * says where from; a real page would leave that out.
 */
import { useEffect, useState } from 'react'
import { configureUpbit, ticker$ } from 'upbit-rx'

let configured = false
function configureOnce(): void {
  const url = new URLSearchParams(globalThis.location.search).get('exchange')
  if (!configured && url !== null) configureUpbit({ url, lingerMs: 0 })
  configured = true
}

export function Price({ code }: { readonly code: string }) {
  const [price, setPrice] = useState<number>()
  useEffect(() => {
    configureOnce()
    const subscription = ticker$(code).subscribe(({ trade_price }) => setPrice(trade_price))
    return () => subscription.unsubscribe()
  }, [code])
  return (
    <li data-code={code}>
      {code} {price ?? '…'}
    </li>
  )
}
