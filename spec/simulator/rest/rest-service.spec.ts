import type { HttpAnswer, HttpFailure } from '../../../src/testing'
import { virtualStartMs } from '../../../src/testing'
import { RestBench } from '../support/rest'
import fc from '../../support/seeded-fast-check'

const list = '/v1/market/all'
const ticker = '/v1/ticker/all?quote_currencies=KRW'

describe('the limits of REST', () => {
  it('are ten a second for each group, told in Remaining-Req by the recorded names', () => {
    const bench = new RestBench({ limits: true, markets: 3 })
    const remaining = (path: string): unknown => bench.ask(path).headers['remaining-req']
    expect([remaining(ticker), remaining(ticker), remaining(list)]).toEqual([
      'group=ticker; min=600; sec=9',
      'group=ticker; min=600; sec=8',
      'group=market; min=600; sec=9',
    ])
    expect([
      remaining('/v1/orderbook?markets=KRW-BTC'),
      remaining('/v1/trades/ticks?market=KRW-BTC'),
      remaining('/v1/candles/weeks?market=KRW-BTC'),
      remaining('/v1/accounts'),
      // Nothing is counted on a path that the gateway does not know.
      remaining('/v1/nothing'),
    ]).toEqual([
      'group=orderbook; min=600; sec=9',
      'group=crix-trades; min=600; sec=9',
      'group=candles; min=600; sec=9',
      'group=default; min=1800; sec=29',
      undefined,
    ])
  })

  it.each(['fixed', 'sliding'] as const)(
    'never let more through in a %s window than it holds',
    (limitWindow) => {
      const schedules = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 80 })
      fc.assert(
        fc.property(schedules, (gaps) => {
          const bench = new RestBench({
            limits: { quotationPerSecond: 4, firstBlockMs: 0 },
            switches: { limitWindow },
            markets: 1,
          })
          for (const gap of gaps) {
            bench.pass(gap)
            bench.ask(list)
          }
          const calls = bench.exchange.restCalls
          const allowed = calls
            .filter(({ status }) => status === 200)
            .map(({ atMs }) => atMs - virtualStartMs)
          const windowOf = (ms: number): readonly number[] =>
            limitWindow === 'fixed'
              ? allowed.filter((at) => Math.floor(at / 1_000) === Math.floor(ms / 1_000))
              : allowed.filter((at) => at > ms - 1_000 && at <= ms)
          for (const { atMs, status } of calls) {
            const inWindow = windowOf(atMs - virtualStartMs).length
            expect(inWindow).toBeLessThanOrEqual(4)
            // And never refuses while there is room.
            if (status === 429) expect(inWindow).toBe(4)
          }
          expect(bench.exchange.busiest.rest.market).toBe(
            Math.max(
              ...calls.map(
                ({ atMs }) => calls.filter((at) => at.atMs >= atMs && at.atMs < atMs + 1_000).length,
              ),
            ),
          )
        }),
        { numRuns: 30 },
      )
    },
  )

  it('answer 429 with a text, 418 and how long to those who go on, and let them in again after', () => {
    const bench = new RestBench({ limits: { quotationPerSecond: 1 }, markets: 1 })
    const ask = (): [number, string] => {
      const { status, body } = bench.ask(list)
      return [status, body]
    }
    expect(ask()[0]).toBe(200)
    expect(ask()).toEqual([429, 'Too many API requests.'])
    expect(bench.ask(list).headers['content-type']).toBe('text/plain;charset=UTF-8')
    bench.pass(1_000)
    expect(ask()[0]).toBe(200)
    const blocked = '{"error":{"name":418,"message":"Too many API requests. Blocked for 60 seconds."}}'
    expect(ask()).toEqual([418, blocked])
    bench.pass(59_999)
    expect(ask()[0]).toBe(418)
    bench.pass(1)
    expect(ask()[0]).toBe(200)
    expect(ask()[1]).toContain('120 seconds')
  })

  it('answer 429 with JSON when told to', () => {
    const bench = new RestBench({ limits: { quotationPerSecond: 0 }, switches: { restLimitBody: 'json' } })
    expect(bench.ask(list).body).toBe('{"error":{"name":429,"message":"Too many API requests."}}')
  })

  it('allow one call in ten seconds with an Origin header, whatever it asks', () => {
    const bench = new RestBench({ limits: true, markets: 1 })
    const origin = { origin: 'https://example.org' }
    const first = bench.ask(list, origin)
    expect([first.status, first.headers['remaining-req']]).toEqual([200, 'group=origin; min=6; sec=0'])
    expect(bench.ask(ticker, origin).status).toBe(429)
    expect(bench.ask(ticker).status).toBe(200)
    bench.pass(10_000)
    expect(bench.ask(ticker, origin).status).toBe(200)
    expect(bench.exchange.busiest.rest).toMatchObject({ origin: 2, ticker: 1 })
  })
})

describe('the answers of REST', () => {
  it("carry the headers that were seen, and the exchange's date", () => {
    const bench = new RestBench({ markets: 1 })
    expect(bench.ask(list).headers).toEqual({
      'content-type': 'application/json;charset=UTF-8',
      date: 'Mon, 23 Nov 2026 00:00:00 GMT',
      'remaining-req': 'group=market; min=600; sec=9',
      'limit-by-ip': 'Yes',
      'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
      vary: 'origin',
    })
    bench.exchange.stepClock(-61_000)
    expect(bench.ask(list).headers.date).toBe('Sun, 22 Nov 2026 23:58:59 GMT')
    expect(bench.exchange.clockMs).toBe(virtualStartMs - 61_000)
  })

  it("are the gateway's for an unknown path and for another method", () => {
    const bench = new RestBench()
    const body = '{"error":{"name":"not_found","message":"no Route matched with those values"}}'
    expect(bench.ask('/v1/nothing')).toMatchObject({ status: 404, body })
    expect(bench.ask(list, {}, 'POST')).toMatchObject({ status: 404, body })
    expect(bench.ask('/v1/candles/hours?market=KRW-BTC')).toMatchObject({ status: 404, body })
  })

  it('are listed with time, group and status', () => {
    const bench = new RestBench({ markets: 1 })
    bench.pass(5)
    bench.ask('/v1/ticker?markets=KRW-NONE', { 'X-Mine': 'yes' })
    expect(bench.exchange.restCalls).toEqual([
      {
        atMs: virtualStartMs + 5,
        method: 'GET',
        path: '/v1/ticker',
        query: 'markets=KRW-NONE',
        headers: { 'x-mine': 'yes' },
        group: 'ticker',
        scope: '127.0.0.1',
        status: 404,
      },
    ])
  })

  it.each([
    [429, {}, 429, 'Too many API requests.', undefined],
    [429, { retryAfterMs: 1_500 }, 429, 'Too many API requests.', '2'],
    [418, { retryAfterMs: 5_000 }, 418, /Blocked for 5 seconds/, undefined],
    [503, {}, 503, /"name":503/, undefined],
    [500, { body: '<html>oops' }, 500, '<html>oops', undefined],
    ['invalid-json', {}, 200, /^<html>\[/, undefined],
  ] as const)('are refused with %s %j as a test orders', (fault, options, status, body, retryAfter) => {
    const bench = new RestBench({ markets: 1 })
    bench.exchange.refuseRest(fault, { times: 1, path: '/v1/market', ...options })
    expect(bench.ask(ticker).status).toBe(200)
    const answer = bench.ask(list)
    expect(answer.status).toBe(status)
    expect(answer.body).toEqual(typeof body === 'string' ? body : expect.stringMatching(body))
    expect(answer.headers['retry-after']).toBe(retryAfter)
    expect(bench.ask(list).status).toBe(200)
  })

  it('are refused until the test ends that', () => {
    const bench = new RestBench({ markets: 1 })
    bench.exchange.refuseRest(502)
    expect([bench.ask(list).status, bench.ask(list).status]).toEqual([502, 502])
    bench.exchange.acceptRest()
    expect(bench.ask(list).status).toBe(200)
  })
})

describe('sendHttp', () => {
  const failureOf = (bench: RestBench): HttpFailure => {
    let failure: unknown
    bench.call$(list).subscribe({ error: (error: unknown) => (failure = error) })
    bench.scheduler.flush()
    return failure as HttpFailure
  }

  it('takes the way there and back and what the exchange needs, in its time', () => {
    const bench = new RestBench({ latencyMs: 40, markets: 1 })
    bench.exchange.delayRest(300)
    bench.ask(list)
    expect(bench.scheduler.now()).toBe(380)
    expect(bench.exchange.restCalls[0]?.atMs).toBe(virtualStartMs + 40)
  })

  it.each(['reset', 'truncated'] as const)('fails with an HttpFailure after %s', (fault) => {
    const bench = new RestBench({ markets: 1 })
    bench.exchange.refuseRest(fault, { times: 1 })
    expect(failureOf(bench)).toMatchObject({
      kind: 'http-failure',
      cause: { message: expect.any(String) as string },
    })
  })

  it('never answers after hang, and leaves no timer', () => {
    const bench = new RestBench({ markets: 1 })
    bench.exchange.refuseRest('hang')
    let said = false
    bench
      .call$(list)
      .subscribe({ next: () => (said = true), error: () => (said = true), complete: () => (said = true) })
    bench.scheduler.flush()
    expect([said, bench.exchange.restCalls.length, bench.scheduler.now()]).toEqual([false, 1, 0])
  })

  it('asks nothing before it is subscribed to, and nothing of who has left', () => {
    const bench = new RestBench({ latencyMs: 10, markets: 1 })
    const answers: HttpAnswer[] = []
    const call$ = bench.call$(list)
    call$.subscribe((answer) => answers.push(answer)).unsubscribe()
    bench.scheduler.flush()
    expect(bench.exchange.restCalls).toEqual([])
    const subscription = call$.subscribe((answer) => answers.push(answer))
    bench.scheduler.schedule(() => subscription.unsubscribe(), 15)
    bench.scheduler.flush()
    expect([bench.exchange.restCalls.length, answers.length]).toEqual([1, 0])
  })

  it('is part of what a client needs', () => {
    const { exchange } = new RestBench()
    expect(exchange.options.sendHttp).toBe(exchange.sendHttp)
    expect(exchange.sharedOptions.sendHttp).toBe(exchange.sendHttp)
  })
})
