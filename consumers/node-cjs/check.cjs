/** The program as its user runs it. */
const assert = require('node:assert/strict')
const { test } = require('node:test')
const { startExchange } = require('upbit-rx/testing')

test('a CommonJS program gets its events from UPBIT_URL over one connection and ends by itself', async () => {
  const { runNode } = await import('./support/run-node.mjs')
  const exchange = await startExchange({ markets: 5, rate: 5 })
  try {
    const { code, stdout, stderr } = await runNode(['app.cjs'], { UPBIT_URL: exchange.url })
    assert.equal(code, 0, stderr)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const tally = lines.pop()
    assert.equal(lines.length, 5)
    // Trades of two markets may share an id.
    assert.equal(new Set(lines.map(({ code, id }) => `${code} ${id}`)).size, 5)
    for (const { id } of lines) assert.match(id, /^\d+$/)
    assert.equal(tally.delivered, 5)
    assert.equal(
      tally.offered,
      tally.delivered + tally.failed + tally.coalesced + tally.dropped + tally.discarded + tally.pending,
    )
    assert.equal(exchange.dials.length, 1)
    await exchange.until(() => exchange.connections === 0)
  } finally {
    await exchange.close()
  }
})
