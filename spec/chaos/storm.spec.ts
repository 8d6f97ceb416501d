/** The bars of `npm run storm` (C11.2) in virtual time: what a server that lets nobody stay sees of this client. */
import { tap } from 'rxjs'
import { createUpbit } from '../../src/index'
import type { UpbitOptions, Upbit } from '../../src/index'
import type { VirtualExchange } from '../../src/testing'
import { createVirtualExchange } from '../../src/testing'
import { mostInAnyWindow } from '../../scripts/chaos/windows'
import { virtualTime } from '../support/virtual-time'

const treatments: Readonly<Record<string, (exchange: VirtualExchange) => void>> = {
  'a server that accepts and closes': () => {},
  'HTTP 429': (exchange) => exchange.refuse(429),
  'HTTP 429 that says to wait for nothing': (exchange) => exchange.refuse(429, { retryAfterMs: 0 }),
  'HTTP 401': (exchange) => exchange.refuse(401),
  'HTTP 418 that says to wait for nothing': (exchange) => exchange.refuse(418, { retryAfterMs: 0 }),
  'HTTP 503': (exchange) => exchange.refuse(503),
  'a reset before the answer': (exchange) => exchange.refuse('reset'),
}

let hosts = 0

/** The times of all dials, ms of the exchange's clock, that so many managers make in so long. */
function storm(
  treat: (exchange: VirtualExchange) => void,
  managers: number,
  forMs: number,
): readonly number[] {
  const { scheduler, pass } = virtualTime()
  // Without limits of its own the server answers every dial in the same way, and the client alone holds back.
  const exchange = createVirtualExchange(scheduler, { limits: false })
  const accepts = treat === treatments['a server that accepts and closes']
  treat(exchange)
  const options: UpbitOptions = {
    ...exchange.options,
    url: `ws://storm-${++hosts}.invalid`,
    openSocket: (request) =>
      exchange.options.openSocket(request).pipe(
        tap(() => {
          if (accepts) scheduler.schedule(() => exchange.cut())
        }),
      ),
    logger: false,
  }
  const clients = Array.from({ length: managers }, (): Upbit => {
    const upbit = createUpbit(options)
    upbit.ticker$('KRW-BTC').subscribe({ error: () => {} })
    return upbit
  })
  pass(forMs)
  const dials = exchange.dials.map(({ atMs }) => atMs)
  for (const client of clients) void client.shutdown()
  pass(60_000)
  return dials
}

describe.each(Object.entries(treatments))('in a storm: %s', (_, treat) => {
  it('C11.2 one client dials at most six times in any ten seconds and five in any one, for ten minutes', () => {
    const dials = storm(treat, 1, 600_000)
    expect(dials.length).toBeGreaterThan(0)
    expect(mostInAnyWindow(dials, 10_000)).toBeLessThanOrEqual(6)
    expect(mostInAnyWindow(dials, 1000)).toBeLessThanOrEqual(5)
  })

  it('C11.2 twenty isolated managers of one process together keep the same bars', () => {
    const dials = storm(treat, 20, 120_000)
    // Else the bars would be kept by those that do not try.
    expect(dials.length).toBeGreaterThanOrEqual(6)
    expect(mostInAnyWindow(dials, 10_000)).toBeLessThanOrEqual(6)
    expect(mostInAnyWindow(dials, 1000)).toBeLessThanOrEqual(5)
  })
})
