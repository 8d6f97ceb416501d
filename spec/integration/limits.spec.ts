/** The limiter against the embedded exchange, which counts and refuses as the real one does. */
import { virtualTime } from '../support/virtual-time'
import { mostInAnyWindow } from '../../scripts/chaos/windows'
import { createUpbit } from '../../src/index'
import { createVirtualExchange, type VirtualExchangeOptions } from '../../src/testing'
import type { HttpAnswer } from '../../src/transport/http'

const origin = 'http://exchange.invalid'

function start(options: VirtualExchangeOptions = {}) {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler, { market: true, ...options })
  const upbit = createUpbit(exchange.options)
  const answers: HttpAnswer[] = []
  const call = (group: string, path: string): void => {
    const request = { method: 'GET', url: `${origin}/v1/${path}`, headers: {} } as const
    upbit.manager.restLimits
      .run$(group, exchange.sendHttp(request), { priority: 'poll', scope: 'address' })
      .subscribe((answer) => answers.push(answer))
  }
  return { time, exchange, upbit, answers, call }
}

describe('the limiter and the exchange', () => {
  it.each(['fixed', 'sliding'] as const)(
    'C11.1 a hundred calls at once are all answered, where the exchange counts by %s windows',
    (limitWindow) => {
      const { time, exchange, answers, call } = start({ latencyMs: 40, switches: { limitWindow } })
      for (let i = 0; i < 50; i++) {
        call('ticker', 'ticker?markets=KRW-BTC')
        call('trade', 'trades/ticks?market=KRW-BTC')
      }
      time.pass(10_000)
      expect(answers).toHaveLength(100)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
      const groups = new Map<string, number[]>()
      for (const { group = '', atMs } of exchange.restCalls)
        groups.set(group, [...(groups.get(group) ?? []), atMs])
      expect([...groups.values()].map((times) => mostInAnyWindow(times, 1000))).toEqual([10, 10])
    },
  )

  it('C11.1 leaves to another process of the address what that has taken', () => {
    const { time, exchange, answers, call } = start()
    const request = { method: 'GET', url: `${origin}/v1/ticker?markets=KRW-BTC`, headers: {} } as const
    const others: HttpAnswer[] = []
    for (let i = 0; i < 6; i++) exchange.sendHttp(request).subscribe((answer) => others.push(answer))
    call('ticker', 'ticker?markets=KRW-BTC')
    time.pass(1)
    for (let i = 0; i < 20; i++) call('ticker', 'ticker?markets=KRW-BTC')
    time.pass(10_000)
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(answers).toHaveLength(21)
  })

  it('C10.2 after a 418 nothing goes, call or dial, until it is over', () => {
    const { time, exchange, upbit, answers, call } = start()
    exchange.refuseRest(418)
    call('ticker', 'ticker?markets=KRW-BTC')
    time.pass(1)
    exchange.acceptRest()
    call('trade', 'trades/ticks?market=KRW-BTC')
    const subscription = upbit.ticker$('KRW-BTC').subscribe()
    expect(upbit.manager.status).toMatchObject({ state: 'waiting', reason: 'blocked' })
    time.pass(59_000)
    expect(exchange.dials).toEqual([])
    expect(answers.map(({ status }) => status)).toEqual([418])
    time.pass(2000)
    expect(exchange.dials).toHaveLength(1)
    expect(answers.map(({ status }) => status)).toEqual([418, 200])
    subscription.unsubscribe()
  })
})
