/** The built application as it is started: its route read and left, its page in a browser where there is one. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startExchange } from 'upbit-rx/testing'
import { findChromium, openPage } from './support/in-chromium.mjs'
import { eventsOf } from './support/events-of.mjs'
import { startServer } from './support/start-server.mjs'

const start = (url) =>
  startServer(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', '0'], { UPBIT_URL: url })

test('a route streams ticker$ in Node, a reader who leaves unsubscribes', async () => {
  const exchange = await startExchange({ markets: 5, rate: 20 })
  const server = await start(exchange.url)
  try {
    for (let round = 1; round <= 2; round++) {
      for await (const { code, trade_price } of eventsOf(`${server.url}/prices/KRW-BTC`, 3)) {
        assert.equal(code, 'KRW-BTC')
        assert.ok(trade_price > 0)
      }
      // With nobody left the connection lingers for five seconds.
      await exchange.until(() => exchange.connections === 0, { timeoutMs: 15_000 })
    }
    assert.equal(exchange.dials.length, 2)
    // Node's `ws` has no Origin header, which Upbit counts apart.
    assert.ok(exchange.dials.every(({ headers }) => headers.origin === undefined))
    const { status } = await fetch(`${server.url}/prices/bitcoin`)
    assert.equal(status, 400)
  } finally {
    await server.end()
    await exchange.close()
  }
})

test('the code for the page is the package’s entry for browsers', () => {
  const own = scriptsIn('.next/static').filter((text) => text.includes('upbit-rx/0'))
  assert.equal(own.length, 1, 'one chunk holds the package')
  assert.match(own[0], /new WebSocket\(/)
  assert.doesNotMatch(own[0], /WebSocketServer|permessage-deflate|["'`]node:[a-z]|\bnew Function\b/)
})

test('ws stays outside of the code for the server', () => {
  const scripts = scriptsIn('.next/server')
  assert.ok(scripts.some((text) => text.includes('upbit-rx/0')))
  assert.ok(scripts.every((text) => !text.includes('permessage-deflate')))
})

function scriptsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

test('a client component shows prices, and its page closes the connection when it goes', async (t) => {
  const chromium = findChromium()
  const exchange = await startExchange({ markets: 5, rate: 20 })
  const server = await start(exchange.url)
  try {
    const html = await (await fetch(server.url)).text()
    assert.match(html, /<li data-code="KRW-BTC">/)
    assert.equal(exchange.dials.length, 0, 'rendering on the server asks the exchange for nothing')
    if (chromium === undefined) {
      console.log('note: no Chromium here, the page was only rendered')
      return t.skip('no Chromium')
    }
    await openPage(chromium, `${server.url}/?exchange=${encodeURIComponent(exchange.url)}`, async (page) => {
      for (const code of ['KRW-BTC', 'KRW-ETH'])
        await page.waitForFunction(
          (market) => /\d/.test(document.querySelector(`[data-code=${market}]`)?.textContent ?? ''),
          code,
          { timeout: 20_000 },
        )
      assert.equal(exchange.connections, 1)
    })
    await exchange.until(() => exchange.connections === 0)
  } finally {
    await server.end()
    await exchange.close()
  }
})
