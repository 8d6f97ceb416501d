import { createUpbit } from '../src/index'
import type { VirtualExchange } from '../src/testing'
import { aMyOrder, createVirtualExchange } from '../src/testing'
import { accessKey, secretKey } from './simulator/support/token'
import type { VirtualTime } from './support/virtual-time'
import { virtualTime } from './support/virtual-time'

interface Watching {
  readonly time: VirtualTime
  readonly exchange: VirtualExchange
  readonly client: ReturnType<typeof createUpbit>
  /** The ids of the orders that ended, in the order of their events. */
  readonly ids: readonly string[]
  readonly errors: readonly string[]
  readonly gaps: readonly string[]
  /** One more order ends, and the exchange says so to whoever is subscribed. */
  end(): void
  readonly ended: readonly string[]
}

function watching(latencyMs = 80): Watching {
  const time = virtualTime()
  const exchange = createVirtualExchange(time.scheduler, {
    latencyMs,
    accounts: [{ accessKey, secretKey }],
  })
  const client = createUpbit({ ...exchange.options, credentials: { accessKey, secretKey } })
  const ids: string[] = []
  const ended: string[] = []
  const errors: string[] = []
  const gaps: string[] = []
  client.errors$.subscribe(({ message }) => errors.push(message))
  client.gaps$.subscribe(({ phase, event }) => gaps.push(`${phase} ${event}`))
  client.myOrder$().subscribe(({ uuid }) => ids.push(uuid))
  const end = (): void => {
    const uuid = `order ${ended.length}`
    ended.push(uuid)
    exchange.emit(aMyOrder({ uuid, state: 'done', timestamp: exchange.options.environment.now() }), {
      accessKey,
    })
  }
  return { time, exchange, client, ids, errors, gaps, end, ended }
}

describe('createAccountLane', () => {
  it('C12.1 renews its connection for an hour with a new nonce for each, and every event comes once and in order', () => {
    const { time, exchange, ids, errors, gaps, end, ended, client } = watching()
    time.pass(1000)
    for (let step = 0; step < 36_000; step++) {
      time.pass(100)
      // Seldom enough to be an account's, and every 100 ms around each renewal.
      if (step % 70 === 0 || exchange.private.connections === 2) end()
    }
    time.pass(1000)
    expect(ids).toEqual(ended)
    expect(ended.length).toBeGreaterThan(600)
    expect([errors, gaps]).toEqual([[], []])
    const { dials, connections } = exchange.private
    expect(dials.every(({ outcome }) => outcome === 'accepted')).toBe(true)
    expect(dials).toHaveLength(9)
    expect(new Set(dials.map(({ headers }) => headers.authorization)).size).toBe(9)
    expect(connections).toBe(1)
    expect(client.isPrivateAvailable()).toBe(true)
    // What both were sent, and the judge withheld.
    expect(client.accounting().duplicate).toBeGreaterThan(50)
  })

  it.each([503, 401])(
    'C12.1 goes on with its connection when the renewal is refused with %i, tells it, and renews when it may',
    (status) => {
      const { time, exchange, ids, errors, gaps, end, ended, client } = watching()
      time.pass(1000)
      exchange.private.refuse(status)
      for (let step = 0; step < 140; step++) {
        time.pass(5000)
        end()
      }
      expect(exchange.private.connections).toBe(1)
      expect(exchange.private.dials.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
      expect(errors.length).toBeGreaterThan(2)
      expect(client.isPrivateAvailable()).toBe(true)
      exchange.private.accept()
      for (let step = 0; step < 140; step++) {
        time.pass(5000)
        end()
      }
      expect(exchange.private.dials.filter(({ outcome }) => outcome === 'accepted').length).toBeGreaterThan(1)
      time.pass(1000)
      expect(ids).toEqual(ended)
      expect(gaps).toEqual([])
      expect(errors.join()).not.toMatch(/Bearer|eyJ/)
    },
  )

  it('C12.1 tells the gap when both end amid a renewal, and comes back', () => {
    const { time, exchange, ids, gaps, end } = watching()
    time.pass(1000)
    while (exchange.private.connections < 2) time.pass(10)
    exchange.private.cut()
    time.pass(10_000)
    end()
    time.pass(1000)
    expect(gaps.slice(0, 1)).toEqual(['opened myOrder'])
    expect(exchange.private.connections).toBe(1)
    expect(ids).toEqual(['order 0'])
  })
})
