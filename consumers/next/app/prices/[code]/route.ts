/**
 * `GET /prices/KRW-BTC`: a server-sent event for each price. A reader who is slow gets the newest one when it has room
 * again; one who goes away unsubscribes.
 */
import { isMarketCode, ticker$, toAsyncIterable } from 'upbit-rx'

/** `ws` needs Node; the edge runtime has none. Nothing is asked of the exchange while building. */
export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function GET(_request: Request, { params }: { params: Promise<{ code: string }> }) {
  const { code } = await params
  if (!isMarketCode(code)) return new Response('no market code', { status: 400 })
  const events = ticker$(code).pipe(toAsyncIterable({ capacity: 1, overflow: 'drop-oldest' }))
  const tickers = events[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await tickers.next()
      if (done === true) return controller.close()
      const { trade_price, epoch } = value
      controller.enqueue(encoder.encode(`data: ${JSON.stringify({ code, trade_price, epoch })}\n\n`))
    },
    async cancel() {
      await tickers.return?.()
    },
  })
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
  })
}
