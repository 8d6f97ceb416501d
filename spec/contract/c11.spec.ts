import { mostInAnyWindow } from '../../scripts/chaos/windows'
import { virtualTime } from '../support/virtual-time'
import { createUpbit, type Upbit } from '../../src/index'
import { createVirtualExchange, type VirtualExchange } from '../../src/testing'

/** Twenty managers of one process that know nothing of each other. */
function crowd(): { pass(ms: number): void; exchange: VirtualExchange; clients: readonly Upbit[] } {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler, { limits: false })
  const clients = Array.from({ length: 20 }, () => createUpbit({ ...exchange.options, logger: false }))
  return { exchange, clients, pass: (ms) => time.pass(ms) }
}

describe('C11.2', () => {
  it.each<[string, (exchange: VirtualExchange) => void]>([
    ['accepts and closes', (exchange) => exchange.cut()],
    ['answers 429', (exchange) => exchange.refuse(429)],
    ['answers 503', (exchange) => exchange.refuse(503)],
    ['never answers', (exchange) => exchange.refuse('hang')],
    ['resets', (exchange) => exchange.refuse('reset')],
  ])('C11.2 twenty isolated managers together, on a server that %s', (_case, misbehave) => {
    const { exchange, clients, pass } = crowd()
    misbehave(exchange)
    const subscriptions = clients.map((client) => client.ticker$('KRW-BTC').subscribe())
    for (let ms = 0; ms < 120_000; ms += 50) {
      misbehave(exchange)
      pass(50)
    }
    for (const subscription of subscriptions) subscription.unsubscribe()
    const times = exchange.dials.map(({ atMs }) => atMs)
    expect(times.length).toBeGreaterThanOrEqual(6)
    expect(mostInAnyWindow(times, 1000)).toBeLessThanOrEqual(5)
    expect(mostInAnyWindow(times, 10_000)).toBeLessThanOrEqual(6)
  })

  it('C11.1 brings all of them in, with nobody left behind', () => {
    const { clients, pass } = crowd()
    const subscriptions = clients.map((client) => client.ticker$('KRW-BTC').subscribe())
    pass(45_000)
    expect(clients.map(({ manager }) => manager.status.state)).toEqual(clients.map(() => 'live'))
    for (const subscription of subscriptions) subscription.unsubscribe()
  })
})

describe('C11.1', () => {
  it('C11.1 the budgets of connects and messages are told while they are in use', () => {
    const { clients, pass } = crowd()
    const [upbit] = clients as readonly [Upbit]
    const subscription = upbit.ticker$('KRW-BTC').subscribe()
    pass(100)
    expect(upbit.limiter.budgets().map(({ group, limit, free }) => ({ group, limit, free }))).toEqual([
      { group: 'websocket-connect', limit: 5, free: 4 },
      { group: 'websocket-message', limit: 5, free: 4 },
    ])
    subscription.unsubscribe()
    pass(60_000)
    expect(upbit.limiter.budgets()).toEqual([
      expect.objectContaining({ group: 'websocket-connect', free: 5 }),
    ])
  })
})
