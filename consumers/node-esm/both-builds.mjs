/**
 * What two builds in one process share. Each promise is a test that leaves nothing behind; a new thing that belongs to
 * the whole process (private connections, one for each account) is a new test at the end.
 */
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, test } from 'node:test'
import { firstValueFrom, merge, take, toArray } from 'rxjs'
import * as esm from 'upbit-rx'
import { resetShared, startExchange } from 'upbit-rx/testing'

const require = createRequire(import.meta.url)
const cjs = require('upbit-rx')
const builds = [
  ['ES modules', esm, 'CommonJS', cjs],
  ['CommonJS', cjs, 'ES modules', esm],
]

let exchange
let other
beforeEach(async () => {
  exchange = await startExchange({ markets: 5 })
  other = await startExchange({ markets: 5, seed: 2 })
  process.env.UPBIT_URL = exchange.url
})
afterEach(async () => {
  await resetShared()
  await exchange.close()
  await other.close()
})

/** Fails here where `call` throws nothing. */
function thrownBy(call) {
  try {
    call()
  } catch (error) {
    return error
  }
  return assert.fail('nothing was thrown')
}

test('they are two builds', () => {
  assert.notEqual(esm.ticker$, cjs.ticker$)
  assert.notEqual(esm.UpbitError, cjs.UpbitError)
  assert.deepEqual(
    Object.keys(cjs).sort(),
    Object.keys(esm)
      .filter((name) => !['default', 'module.exports'].includes(name))
      .sort(),
  )
})

test('ticker$ of both is one connection to the target of UPBIT_URL, and one entry on the wire', async () => {
  const own = (build) => build.ticker$('KRW-BTC').pipe(take(3), toArray())
  const lists = await firstValueFrom(merge(own(esm), own(cjs)).pipe(toArray()))
  assert.deepEqual(
    lists.map((list) => list.map(({ code }) => code)),
    [Array(3).fill('KRW-BTC'), Array(3).fill('KRW-BTC')],
  )
  assert.equal(exchange.dials.length, 1)
  assert.equal(esm.GlobalWebSocketManager.shared(), cjs.GlobalWebSocketManager.shared())
  const codes = exchange.received.flatMap(({ items }) => items.map((item) => item.codes))
  assert.deepEqual(codes, [['KRW-BTC']])
})

for (const [one, first, another, second] of builds) {
  test(`what configureUpbit of ${one} sets holds for ${another}`, async () => {
    first.configureUpbit({ url: other.url })
    const { code } = await firstValueFrom(second.ticker$('KRW-BTC'))
    assert.equal(code, 'KRW-BTC')
    assert.deepEqual([exchange.dials.length, other.dials.length], [0, 1])
  })

  test(`after the use by ${one}, configureUpbit of ${another} throws what isUpbitError of both knows`, async () => {
    await firstValueFrom(first.ticker$('KRW-BTC'))
    const error = thrownBy(() => second.configureUpbit({ url: other.url }))
    assert.ok(first.isUpbitError(error) && second.isUpbitError(error))
    assert.equal(error.code, 'ALREADY_CONFIGURED')
    assert.equal(error.option, 'url')
    second.configureUpbit({ url: exchange.url })
  })

  test(`createUpbit of ${one} and of ${another} share by target, unless isolated`, async () => {
    const clients = [
      first.createUpbit({ url: other.url }),
      second.createUpbit({ url: other.url }),
      second.createUpbit({ url: other.url, isolated: true }),
    ]
    try {
      const [own, shared, apart] = clients.map((client) => client.manager)
      assert.equal(own, shared)
      assert.notEqual(own, apart)
      await Promise.all(clients.map((client) => firstValueFrom(client.trade$('KRW-ETH'))))
      assert.equal(other.dials.length, 2)
      const error = thrownBy(() => second.createUpbit({ url: other.url, lingerMs: 1 }))
      assert.equal(first.isUpbitError(error) && error.code, 'ALREADY_CONFIGURED')
    } finally {
      await Promise.all(clients.map((client) => client.shutdown()))
    }
    await other.until(() => other.connections === 0)
  })

  test(`an error that a stream of ${one} gives is one for ${another}`, async () => {
    exchange.rejectItems({ type: 'ticker', codes: ['KRW-NONE'] }, 'INVALID_PARAM')
    const error = await firstValueFrom(first.ticker$('KRW-NONE')).catch((reason) => reason)
    assert.ok(second.isUpbitError(error))
    assert.equal(error.code, 'REJECTED')
  })

  test(`the name of a proxy of ${one} is taken for one of ${another}, and free after its cleanup`, async () => {
    const own = new first.WebSocketClientProxy('chart_1')
    const namesake = new second.WebSocketClientProxy('chart_1')
    try {
      assert.deepEqual([own.name, namesake.name], ['chart_1', 'chart_1#2'])
      const [{ code }, book] = await Promise.all([
        firstValueFrom(own.ticker$('KRW-BTC')),
        namesake.getOrderbookSnapshot('KRW-ETH'),
      ])
      assert.deepEqual([code, book.code], ['KRW-BTC', 'KRW-ETH'])
      assert.equal(exchange.dials.length, 1)
    } finally {
      await Promise.all([own.cleanup(), namesake.cleanup()])
    }
    const successor = new second.WebSocketClientProxy('chart_1')
    assert.equal(successor.name, 'chart_1')
    await successor.cleanup()
  })

  test(`createUpbit of ${one} and of ${another} share by account too`, async () => {
    const of = (build, accessKey) =>
      build.createUpbit({ url: other.url, credentials: { accessKey, secretKey: 'not-a-real-one' } })
    const clients = [
      of(first, 'one'),
      of(second, 'one'),
      of(second, 'two'),
      second.createUpbit({ url: other.url }),
    ]
    try {
      const [own, shared, ...others] = clients.map((client) => client.manager)
      assert.equal(own, shared)
      assert.equal(new Set([own, ...others]).size, 3)
    } finally {
      await Promise.all(clients.map((client) => client.shutdown()))
    }
  })
}
