/**
 * The table of verdicts as a user meets it (C10.2): each row of docs/guides/reconnecting.md is done to a client of the
 * exchange in memory. Rows that need a real network are in spec/integration/healing.spec.ts.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExchangeSwitches } from '../../src/testing'
import { virtualStartMs } from '../../src/testing'
import { record } from '../support/recorder'
import type { World } from '../support/world'
import { world } from '../support/world'

interface Case {
  /** The first cell of its row. */
  readonly row: string
  readonly what: string
  /** Done when a session has been stable for a while, or (`atDial`) before the first dial. */
  readonly trouble: (made: World) => unknown
  readonly atDial?: boolean
  readonly switches?: Partial<ExchangeSwitches>
  /** From the moment of the trouble to the next dial, ms; `never`: the stream has ended. */
  readonly nextDialMs: readonly [number, number] | 'never'
  /** What is waited for. */
  readonly reason?: string
  /** What is told on `errors$`, or ends the stream. */
  readonly code?: string
}

const soon = [100, 400] as const
const backoff = [750, 1250] as const

const cases: readonly Case[] = [
  ...[1000, 1001, 1006, 1011].map((code): Case => ({
    row: 'a close with any code, 1000 too',
    what: `a close with ${code} and no error frame`,
    trouble: ({ exchange }) => exchange.cut({ code }),
    nextDialMs: soon,
    reason: 'backoff',
  })),
  {
    row: 'a close with any code, 1000 too',
    what: 'a close of a session that was not stable',
    trouble: ({ exchange, pass }) => {
      exchange.cut()
      pass(500)
      exchange.cut()
    },
    nextDialMs: [500 + 750, 500 + 1250],
    reason: 'backoff',
    code: 'CONNECT_FAILED',
  },
  {
    row: 'no sign of life within 10 s of a ping',
    what: 'a half-open line',
    trouble: ({ exchange }) => exchange.stall(),
    // The next ping is due 30 s after the opening, 10 s from now.
    nextDialMs: [20_000 + 100, 20_000 + 400],
    reason: 'backoff',
  },
  ...[500, 503, 404, 302].map((status): Case => ({
    row: 'HTTP 5xx, or any other status',
    what: `HTTP ${status}`,
    trouble: ({ exchange }) => exchange.refuse(status, { times: 1 }),
    atDial: true,
    nextDialMs: backoff,
    reason: 'backoff',
    code: 'CONNECT_FAILED',
  })),
  {
    row: 'not opened: refused, reset, no such name, TLS',
    what: 'a reset',
    trouble: ({ exchange }) => exchange.refuse('reset', { times: 1 }),
    atDial: true,
    nextDialMs: backoff,
    reason: 'backoff',
    code: 'CONNECT_FAILED',
  },
  {
    row: 'no answer within 10 s',
    what: 'a dial without an answer',
    trouble: ({ exchange }) => exchange.refuse('hang', { times: 1 }),
    atDial: true,
    nextDialMs: [10_000 + 750, 10_000 + 1250],
    reason: 'backoff',
    code: 'CONNECT_FAILED',
  },
  {
    row: 'HTTP 429',
    what: 'HTTP 429 without a time',
    trouble: ({ exchange }) => exchange.refuse(429, { times: 1 }),
    atDial: true,
    nextDialMs: [1000, 1250],
    reason: 'backoff',
    code: 'CONNECT_FAILED',
  },
  {
    row: 'HTTP 429',
    what: 'HTTP 429 with a time',
    trouble: ({ exchange }) => exchange.refuse(429, { times: 1, retryAfterMs: 7000 }),
    atDial: true,
    nextDialMs: [7000, 7000],
    reason: 'backoff',
    code: 'CONNECT_FAILED',
  },
  {
    row: 'HTTP 418',
    what: 'HTTP 418 with a time',
    trouble: ({ exchange }) => exchange.refuse(418, { times: 1, retryAfterMs: 90_000 }),
    atDial: true,
    nextDialMs: [90_000, 90_000],
    reason: 'blocked',
    code: 'CONNECT_FAILED',
  },
  ...[401, 403].map((status): Case => ({
    row: 'HTTP 401, 403, the error frame `INVALID_AUTH`',
    what: `HTTP ${status}`,
    trouble: ({ exchange }) => exchange.refuse(status),
    atDial: true,
    nextDialMs: 'never',
    code: 'AUTH_REFUSED',
  })),
  {
    row: 'HTTP 401, 403, the error frame `INVALID_AUTH`',
    what: 'INVALID_AUTH',
    trouble: ({ exchange }) => exchange.sendError('INVALID_AUTH'),
    nextDialMs: 'never',
    code: 'AUTH_REFUSED',
  },
  ...['TOO_MANY_REQUEST', 'Too Many Requests'].map((name): Case => ({
    row: 'an error frame named like a limit',
    what: `${name}, and the close`,
    trouble: ({ exchange }) => exchange.sendError(name, 'wait 5 seconds'),
    nextDialMs: [5000, 5000],
    reason: 'message-limit',
  })),
  {
    row: 'an error frame named like a limit',
    what: "I'm a teapot without a time, and the close",
    trouble: ({ exchange }) => exchange.sendError("I'm a teapot"),
    nextDialMs: [60_000, 60_000],
    reason: 'message-limit',
  },
  {
    row: 'any other error frame',
    what: 'an error frame that no request explains, and the close',
    trouble: ({ exchange }) => exchange.sendError('SOMETHING'),
    // The exchange closes 150 to 180 ms after it.
    nextDialMs: [250, 580],
    reason: 'backoff',
    code: 'SERVER_ERROR',
  },
  {
    row: 'any other error frame',
    what: 'a refused request',
    trouble: ({ exchange, upbit, pass }) => {
      exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
      upbit.ticker$('KRW-NOPE').subscribe({ error: () => undefined })
      pass(60)
    },
    nextDialMs: [300, 640],
    reason: 'backoff',
  },
]

describe('C10.2 the table of verdicts', () => {
  it.each(cases.map((each) => [each.what, each] as const))('C10.2 %s', (_what, each) => {
    const made = world({ exchange: { switches: each.switches ?? {} } })
    const { exchange, upbit, pass, errors } = made
    if (each.atDial === true) each.trouble(made)
    const stream = record(upbit.ticker$('KRW-BTC'))
    if (each.atDial !== true) pass(20_000)
    const atMs = exchange.dials[exchange.dials.length - 1]!.atMs - virtualStartMs
    const troubleAtMs = each.atDial === true ? atMs : 20_000
    if (each.atDial !== true) each.trouble(made)
    const { length } = exchange.dials
    let waited: unknown
    for (let ms = 0; ms < 100_000 && exchange.dials.length === length; ms += 5) {
      pass(5)
      if (upbit.manager.status.state === 'waiting') waited = upbit.manager.status.reason
    }
    if (each.nextDialMs === 'never') {
      pass(300_000)
      expect(exchange.dials).toHaveLength(length)
      expect(stream.errorCode).toBe(each.code)
      expect(upbit.manager.status.state).toBe('closed')
      return
    }
    const tookMs = exchange.dials[length]!.atMs - virtualStartMs - troubleAtMs
    expect(tookMs).toBeGreaterThanOrEqual(each.nextDialMs[0] - 1)
    expect(tookMs).toBeLessThanOrEqual(each.nextDialMs[1] + 1)
    expect(waited).toBe(each.reason)
    pass(2000)
    // Everything is asked for again, and nobody’s stream has ended.
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)
    expect(stream.end).toBe('open')
    const told = errors.map(({ code }) => code).filter((code) => code !== 'SILENT_CODE')
    expect(told).toEqual(each.code === undefined ? [] : [each.code])
  })

  it('C10.2 HTTP 418 holds every dial of the host, the probe’s and those of other clients too', () => {
    const { exchange, upbit, client, pass } = world()
    record(upbit.ticker$('KRW-BTC'))
    pass(20_000)
    exchange.refuse(418, { times: 1, retryAfterMs: 60_000 })
    exchange.cut()
    pass(1000)
    const { length } = exchange.dials
    const other = client({ isolated: true })
    record(other.ticker$('KRW-ETH'))
    record(upbit.orderbook$('KRW-ETH', { level: 0 }))
    record(upbit.orderbook$('KRW-ETH', { level: 10 }))
    pass(59_000)
    expect(exchange.dials).toHaveLength(length)
    expect(other.manager.status).toMatchObject({ state: 'waiting', reason: 'blocked' })
    pass(5000)
    expect(exchange.connections).toBe(3)
  })

  it('C10.2 every row of the page is walked, and no other', () => {
    const page = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'reconnecting.md'), 'utf8')
    const table = page.slice(page.indexOf('## What follows what'), page.indexOf('## Backoff and limits'))
    const rows = [...table.matchAll(/^\| (?!what happened|-)(.*?) +\|/gm)].map(([, cell]) => cell)
    // Only a browser leaves out the reason; spec/transport/browser-socket.spec.ts has what it tells.
    const walked = new Set([...cases.map(({ row }) => row), 'a browser, which tells no reason'])
    expect([...walked].sort()).toEqual([...rows].sort())
  })
})
