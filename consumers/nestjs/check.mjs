/** The application as it is run: its route is opened and left, then it is told to end while the route is open. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExchange } from 'upbit-rx/testing'
import { eventsOf } from './support/events-of.mjs'
import { startServer } from './support/start-server.mjs'

test('a route streams ticker$, a reader who leaves unsubscribes, the end closes the connection', async () => {
  const exchange = await startExchange({ markets: 5, rate: 20 })
  const server = await startServer(['dist/main.js'], { UPBIT_URL: exchange.url })
  try {
    assert.equal(exchange.dials.length, 0, 'nobody has asked for anything yet')
    for await (const { code, trade_price } of eventsOf(`${server.url}/prices/KRW-BTC`, 3)) {
      assert.equal(code, 'KRW-BTC')
      assert.ok(trade_price > 0)
    }
    await exchange.until(() => !exchange.subscribed('ticker', 'KRW-BTC'), { timeoutMs: 10_000 })

    let seen = 0
    for await (const { epoch } of eventsOf(`${server.url}/prices/KRW-ETH`)) {
      assert.ok(epoch >= 1)
      if (++seen === 2) {
        assert.equal(exchange.connections, 1)
        server.signal('SIGTERM')
      }
    }
    await exchange.until(() => exchange.connections === 0)
    assert.equal(await server.ended, 'SIGTERM', server.output())
  } finally {
    await server.end()
    await exchange.close()
  }
})

test('a code that is none is a 500 of the route, not the end of the application', async () => {
  const exchange = await startExchange({ markets: 5 })
  const server = await startServer(['dist/main.js'], { UPBIT_URL: exchange.url })
  try {
    const { status } = await fetch(`${server.url}/prices/bitcoin`)
    assert.equal(status, 500)
    for await (const { code } of eventsOf(`${server.url}/prices/KRW-BTC`, 1)) assert.equal(code, 'KRW-BTC')
  } finally {
    await server.end()
    await exchange.close()
  }
})
