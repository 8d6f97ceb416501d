/** What a load is asked: losses and accounts always, time and memory at full length. */
import type { ClientSide, Counts, MeasuredLoad, ServerSide } from '../../../bench/load/measured-load'
import type { Asked } from '../../../bench/load/verdicts'
import { failed, verdictsOf } from '../../../bench/load/verdicts'

const events: Asked = {
  perSecond: 100,
  turnMs: 100,
  consumers: 'everything',
  bars: { p99Ms: 20, heapFlat: true },
}
const screen: Asked = {
  perSecond: 100,
  turnMs: 100,
  consumers: 'screen',
  bars: { keepsUp: true, decodedPercent: 25, ageTurns: 1 },
}

const megabyte = 1_048_576
const total = {
  frames: 6000,
  data: 6000,
  control: 0,
  decoded: 6000,
  rejected: 0,
  events: 6000,
  routed: 6000,
  duplicate: 0,
  stale: 0,
  unrouted: 0,
  offered: 6000,
  delivered: 6000,
}
const groups = {
  'fast ticker, one stream': { offered: 5000, delivered: 5000 },
  'fast trade, one stream': { offered: 1000, delivered: 1000 },
  'slow trade': { offered: 1000, delivered: 10, dropped: 900, pending: 90 },
}
const calls = { 'fast ticker, one stream': 5000, 'fast trade, one stream': 1000 }
const some = { p50: 100, p90: 200, p99: 300, max: 50_000, count: 6000 }

interface Changes {
  readonly seconds?: number
  readonly client?: Partial<ClientSide>
  readonly server?: Partial<ServerSide>
  readonly total?: Counts
}

/** A minute in which all went well, but for the changes. */
function load(changes: Changes = {}): MeasuredLoad {
  const { seconds = 60 } = changes
  return {
    seconds,
    server: {
      written: 6000,
      elapsedMs: 60_000,
      mostBytes: 0,
      longestWaitMs: 15,
      held: 0,
      left: false,
      ...changes.server,
    },
    client: {
      elapsedMs: 60_000,
      cpuUs: 20_000_000,
      heap: [0, 30_000, 60_000].map((atMs) => ({ atMs, usedBytes: 20 * megabyte })),
      latencyUs: some,
      lagMs: some,
      longestSilenceMs: 110,
      window: total,
      total: { ...total, ...changes.total },
      byType: { ticker: 5000, trade: 1000 },
      drift: {},
      groups,
      calls,
      drainedMs: 5,
      ...changes.client,
    },
  }
}

const missed = (asked: Asked, changes: Changes): readonly string[] =>
  verdictsOf(asked, load(changes))
    .filter(({ kept }) => !kept)
    .map(({ asked: what, found }) => `${what}: ${found}`)

describe('a load in which all went well', () => {
  it('keeps every bar, slow consumers or not', () => {
    expect(missed(events, {})).toEqual([])
    const skimmed = { ...total, skimmed: 4500 }
    expect(missed(screen, { client: { window: skimmed } })).toEqual([])
    expect(failed(verdictsOf(events, load()))).toBe(false)
  })
})

/** What the fast stream of tickers counted, and its account. */
const fast = (called: number, account: Counts): Changes => ({
  client: {
    groups: { ...groups, 'fast ticker, one stream': account },
    calls: { ...calls, 'fast ticker, one stream': called },
  },
})

describe('a load that lost something fails at any length', () => {
  it.each<[string, Changes]>([
    ['a frame that never came', { server: { written: 6001 } }],
    ['a client that left', { server: { left: true } }],
    ['a frame that was no event', { total: { rejected: 1, decoded: 5999, events: 5999, routed: 5999 } }],
    ['an event that was withheld', { total: { stale: 1, routed: 5999 } }],
    ['an equation that does not hold', { total: { delivered: 5999 } }],
    ['a drop of a fast consumer', fast(4999, { offered: 5000, delivered: 4999, dropped: 1 })],
    ['an event that a fast consumer was never offered', fast(4999, { offered: 4999, delivered: 4999 })],
    [
      'an account of a slow one that is not exact',
      { client: { groups: { ...groups, slow: { offered: 10, delivered: 9 } } } },
    ],
    [
      'a handler that failed',
      { client: { groups: { ...groups, slow: { offered: 10, delivered: 9, failed: 1 } } } },
    ],
    ['an unknown field', { client: { drift: { 'ticker.new_field': 1 } } }],
  ])('%s', (_, changes) => {
    expect(missed(events, changes)).not.toEqual([])
    expect(failed(verdictsOf(events, load({ ...changes, seconds: 3 })))).toBe(true)
  })
})

describe('fast consumers', () => {
  const exact = { offered: 5000, delivered: 5000 }
  const both = { 'fast ticker, one stream': 4999, 'fast trade, one stream': 1001 }

  it.each<[string, Changes, RegExp]>([
    ['an event that was missed', fast(4999, exact), /: 1 too few or too many, 5,999 calls/],
    ['an event that came twice', fast(5001, exact), /: 1 too few or too many, 6,001 calls/],
    ['one missed and one twice', { client: { calls: both } }, /: 2 too few or too many, 6,000 calls/],
    ['a group that counted nothing', { client: { calls: {} } }, /: 6,000 too few or too many, 0 calls/],
    ['no group', { client: { groups: {}, calls: {} } }, /: there are none/],
  ])('are judged by the calls that they count, whatever their accounts say: %s', (_, changes, words) => {
    expect(missed(events, changes)[0]).toMatch(/^fast consumers/)
    expect(missed(events, changes)[0]).toMatch(words)
    expect(failed(verdictsOf(events, load({ ...changes, seconds: 3 })))).toBe(true)
  })

  it('have accounts that say what they counted', () => {
    const changes = fast(5000, { offered: 4999, delivered: 4999 })
    expect(missed(events, changes)).toEqual([
      'accounts are exact: delivered to fast ticker, one stream, and its calls: 4,999 and 5,000',
    ])
  })

  it('are not asked of a screen, which has none', () => {
    const asked = verdictsOf(screen, load({ client: { groups: {}, calls: {} } })).map(
      (verdict) => verdict.asked,
    )
    expect(asked.join()).not.toMatch(/fast consumers/)
  })
})

describe('a bar of time or memory that is missed', () => {
  const grown = (bytes: number): Partial<ClientSide> => ({
    heap: [0, 30_000, 60_000].map((atMs) => ({ atMs, usedBytes: 20 * megabyte + (bytes * atMs) / 60_000 })),
  })

  it.each<[string, Asked, Changes, RegExp]>([
    ['a rate that was not kept', events, { client: { window: { ...total, frames: 5900 } } }, /98 a second/],
    ['late deliveries', events, { client: { latencyUs: { ...some, p99: 20_001 } } }, /20\.00 ms/],
    ['a heap that grows', events, { client: grown(1.2 * megabyte) }, /1\.2 MB a minute/],
    ['more than a core', screen, { client: { cpuUs: 61_000_000 } }, /102 %/],
    ['frames that come late', screen, { client: { drainedMs: 1001 } }, /1001 ms/],
    ['a server that had to wait', screen, { server: { held: 1 } }, /keeps up/],
    [
      'more than a quarter read whole',
      screen,
      { client: { window: { ...total, skimmed: 4499 } } },
      /25\.0 %/,
    ],
    [
      'a state that was old',
      screen,
      { client: { latencyUs: { ...some, max: 116_000 } } },
      /1\.01 since a newer/,
    ],
    ['a market left out', screen, { client: { longestSilenceMs: 201 } }, /2\.01 between/],
  ])('counts at full length, and is a look below it: %s', (_, asked, changes, words) => {
    const rest = { ...changes, client: { window: { ...total, skimmed: 4500 }, ...changes.client } }
    expect(missed(asked, rest).join()).toMatch(words)
    expect(failed(verdictsOf(asked, load(rest)))).toBe(true)
    expect(failed(verdictsOf(asked, load({ ...rest, seconds: 59 })))).toBe(false)
  })

  it('leaves room for what must be remembered: ids of trades', () => {
    const remembered = 1000 * 52
    expect(missed(events, { client: grown(megabyte + remembered - 100) })).toEqual([])
    expect(missed(events, { client: grown(megabyte + remembered + 100) })).toHaveLength(1)
  })
})
