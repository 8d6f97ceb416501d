/**
 * The compiler says yes to the application under every setting and can declare what is built on the package, says no to
 * what must not compile, and what it wrote runs.
 */
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { startExchange } from 'upbit-rx/testing'
import { runNode } from './support/run-node.mjs'

const source = readFileSync('src/refused.mts', 'utf8')
const marks = source.split('@ts-expect-error').length - 1
mkdirSync('unmarked')
writeFileSync('unmarked/refused.mts', source.replaceAll('@ts-expect-error', ''))
const settings = {
  extends: './tsconfig.nodenext.json',
  compilerOptions: { noEmit: true, skipLibCheck: true, rootDir: '.' },
}
writeFileSync('tsconfig.unmarked.json', JSON.stringify({ ...settings, include: ['unmarked'] }))

/** All at once, since each takes seconds of one core. */
const compiled = new Map(
  ['nodenext', 'bundler', 'unmarked'].map((name) => [
    name,
    runNode(['node_modules/typescript/bin/tsc', '--pretty', 'false', '-p', `tsconfig.${name}.json`]),
  ]),
)

for (const name of ['nodenext', 'bundler'])
  test(`it compiles with moduleResolution ${name}`, async () => {
    const { code, stdout } = await compiled.get(name)
    assert.equal(code, 0, stdout)
  })

test('the refusals are the compiler’s: without the marks each of them is an error', async () => {
  const { code, stdout } = await compiled.get('unmarked')
  assert.notEqual(code, 0)
  const lines = stdout.split('\n').filter((line) => line.includes('error TS'))
  assert.ok(
    lines.every((line) => line.startsWith('unmarked/refused.mts')),
    stdout,
  )
  assert.equal(lines.length, marks, stdout)
})

test('a library over the package is declared by the names that the package exports', async () => {
  await compiled.get('nodenext')
  const all = ['mts', 'cts'].map((kind) => readFileSync(`dist/declared.d.${kind}`, 'utf8'))
  for (const text of all) {
    assert.match(text, /\bUpbitStream<.*\bTradeEvent \|.*\bGapEvent>/)
    for (const kind of ['Ticker', 'Trade', 'Orderbook', 'Candle'])
      assert.match(text, new RegExp(`\\b${kind}Frame;`))
    assert.doesNotMatch(text, /\bany\b|upbit-rx\/dist|node_modules/)
  }
})

test('what the compiler wrote gets events, as ES module and as CommonJS', async () => {
  const { prices } = await import('./dist/app.mjs')
  const { default: app } = await import('./dist/app.cjs')
  const exchange = await startExchange({ markets: 2 })
  try {
    const list = await prices(exchange.url)
    assert.equal(list.length, 3)
    assert.ok(list.every((price) => price > 0))
    const { code } = await app.first()
    assert.equal(code, 'KRW-BTC')
  } finally {
    await exchange.close()
  }
})
