/** The program as its user runs it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startExchange } from 'upbit-rx/testing'
import { runNode } from './support/run-node.mjs'

test('a program of ES modules gets its events from UPBIT_URL over one connection and ends by itself', async () => {
  const exchange = await startExchange({ markets: 5 })
  try {
    const { code, stdout, stderr } = await runNode(['app.mjs'], { UPBIT_URL: exchange.url })
    assert.equal(code, 0, stderr)
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.equal(events.length, 3)
    for (const { code: market, trade_price, epoch } of events) {
      assert.match(market, /^KRW-(BTC|ETH)$/)
      assert.ok(trade_price > 0)
      assert.equal(epoch, 1)
    }
    assert.equal(exchange.dials.length, 1)
    await exchange.until(() => exchange.connections === 0)
  } finally {
    await exchange.close()
  }
})

test('a program whose UPBIT_URL is no WebSocket address is told so', async () => {
  const { code, stderr } = await runNode(['app.mjs'], { UPBIT_URL: 'http://127.0.0.1:1' })
  assert.equal(code, 1)
  assert.match(stderr, /^INVALID_OPTION: .*url/)
})
