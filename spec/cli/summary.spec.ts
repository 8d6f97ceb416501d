import type { Accounting } from '../../src/api'
import { summaryInWords, summaryOf } from '../../src/cli/summary'

const counts: Accounting = {
  frames: 1750,
  data: 1740,
  control: 10,
  decoded: 1733,
  rejected: 7,
  events: 1733,
  routed: 1700,
  duplicate: 1,
  stale: 2,
  unrouted: 30,
  epochs: 1,
  dials: 1,
  probes: 0,
  messages: 1,
  checks: 0,
  resent: 0,
  fused: 1733,
  guarded: 0,
  slow: 17,
  skimmed: 0,
  learned: 2,
  stoppedAt: {},
  byType: { orderbook: 1061, trade: 672 },
  drift: {},
  offered: 1700,
  delivered: 1700,
  failed: 0,
  coalesced: 0,
  dropped: 0,
  discarded: 0,
  pending: 0,
  gaps: 1,
}
const tally = { delivered: 1680, failed: 1, coalesced: 12, dropped: 3, discarded: 4 }

describe('summaryOf', () => {
  it("C13 has exactly these keys in this order: the connection's counts and the consumers' sums", () => {
    const line = JSON.stringify(summaryOf(counts, tally))
    expect(line).toBe(
      '{"received":1740,"decoded":1733,"rejected":7,"events":1733,"duplicate":1,"stale":2,"unrouted":30,' +
        '"delivered":1680,"failed":1,"coalesced":12,"dropped":3,"discarded":4,"gaps":1,"epochs":1,' +
        '"byType":{"orderbook":1061,"trade":672}}',
    )
  })

  it('adds the gaps that opened behind the client', () => {
    expect(summaryOf(counts, tally, 1).gaps).toBe(2)
  })
})

describe('summaryInWords', () => {
  it('names every kind of loss', () => {
    expect(summaryInWords(summaryOf(counts, tally))).toBe(
      '1,740 frames in one session, 1,733 events (orderbook 1,061, trade 672).\n' +
        '1,680 shown, 12 replaced by newer ones before they were drawn. ' +
        'rejected 7, duplicate 1, stale 2, failed 1, dropped 3, discarded 4, gaps 1.',
    )
  })

  it('says so when no exchange was reached', () => {
    expect(summaryInWords(summaryOf({ ...counts, epochs: 0 }, tally))).toBe('Never connected.')
  })

  it('says so when nothing was lost', () => {
    const clean = { ...counts, rejected: 0, duplicate: 0, stale: 0, gaps: 0, epochs: 2 }
    const all = { delivered: 1733, failed: 0, coalesced: 0, dropped: 0, discarded: 0 }
    expect(summaryInWords(summaryOf(clean, all))).toBe(
      '1,740 frames in 2 sessions, 1,733 events (orderbook 1,061, trade 672).\n1,733 shown. Nothing was lost.',
    )
    expect(summaryInWords(summaryOf({ ...clean, byType: {}, events: 0 }, all))).toMatch(/, 0 events\.\n/)
  })
})
