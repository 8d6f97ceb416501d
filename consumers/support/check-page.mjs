/**
 * What every bundle for a page has to show: it holds the browser's entry and nothing of Node, makes no code at run time,
 * and gets its events from an exchange under a strict policy. In Chromium where there is one (`CHROMIUM` names another);
 * without it in a plain Node that has a `WebSocket` and refuses code from text.
 */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startExchange } from 'upbit-rx/testing'
import { findChromium, runInChromium } from './in-chromium.mjs'
import { runInNode } from './in-node.mjs'

/** `folder` is served as it is, with its `index.html`; `script` is the bundle in it. */
export function checkPage({ folder, script }) {
  const scripts = readdirSync(folder, { recursive: true })
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))

  test('the bundle holds nothing of Node and makes no code at run time', () => {
    const all = scripts.join('\n')
    assert.match(all, /new WebSocket\(/)
    assert.doesNotMatch(all, /WebSocketServer|permessage-deflate|jsonwebtoken/)
    assert.doesNotMatch(all, /["'`]node:[a-z]/)
    assert.doesNotMatch(all, /\bnew Function\b|\beval\(/)
  })

  test('the page gets events over one connection and closes it', async () => {
    const exchange = await startExchange({ markets: 5, rate: 20 })
    try {
      const chromium = findChromium()
      if (chromium === undefined) console.log('note: no Chromium here, the bundle ran in Node')
      const run = {
        exchangeUrl: exchange.url,
        isDone: (lines) => count(lines, 'trade') >= 3 && count(lines, 'ticker') >= 3,
        // While the page is still there: it is the library that closes, not the browser.
        beforeEnd: () => exchange.until(() => exchange.connections === 0),
      }
      const lines =
        chromium === undefined
          ? await runInNode(join(folder, script), run)
          : await runInChromium(chromium, folder, run)
      for (const line of lines) assert.match(line, /^(ticker|trade) \{.*"code":"KRW-(BTC|ETH)"/)
      assert.equal(exchange.dials.length, 1)
    } finally {
      await exchange.close()
    }
  })
}

function count(lines, what) {
  return lines.filter((line) => line.startsWith(`${what} `)).length
}
