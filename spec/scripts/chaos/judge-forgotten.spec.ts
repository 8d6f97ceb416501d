/** What was lost of a subscription and the gaps of one epoch that were told belong together, each to the other. */
import type { Loss } from '../../../scripts/chaos/forgotten'
import { judgeForgotten } from '../../../scripts/chaos/judge-forgotten'
import { KnownGaps } from '../../../scripts/chaos/known-gaps'
import { Ledger } from '../../../scripts/chaos/ledger'
import { Violations } from '../../../scripts/chaos/violations'
import type { GapEvent } from '../../../src/index'

const loss: Loss = { type: 'orderbook', code: 'KRW-BTC', level: 0, atMs: 500, outcome: 'told' }
const gap: GapEvent = {
  ...{ type: 'gap', id: '1', phase: 'closed', cause: 'disconnect', event: 'orderbook', code: 'KRW-BTC' },
  ...{ epochs: [3, 3], from_ms: 100, to_ms: 900 },
}

function broken(losses: readonly Loss[], ...told: readonly Partial<GapEvent>[]): readonly string[] {
  const violations = new Violations(() => 0)
  const gaps = new KnownGaps()
  for (const each of told) gaps.take({ ...gap, ...each }, 0)
  judgeForgotten({ all: losses }, { ledger: new Ledger(), gaps, violations, slackMs: 0 })
  return violations.found.map(({ promise, what }) => `${promise} ${what}`)
}

it('C9.7 what the client has heard of is told as a gap', () => {
  expect(broken([loss])).toEqual([
    'C9.7 orderbook KRW-BTC was lost at 500, the client has heard of it, and no gap was told',
  ])
  expect(broken([loss], {})).toEqual([])
  // The session was lost before it spoke again.
  expect(broken([loss], { epochs: [3, 4] })).toEqual([])
  expect(broken([{ ...loss, outcome: 'unseen' }])).toEqual([])
})

it.each<[string, Partial<GapEvent>]>([
  ['of another type', { event: 'ticker' }],
  ['of another code', { code: 'KRW-ETH' }],
  ['of another grouping', { level: 10_000 }],
  ['of one consumer', { consumer: 'somebody' }],
  ['of a full buffer', { cause: 'overflow' }],
  ['of a later time', { from_ms: 501 }],
  ['of an earlier time', { to_ms: 499 }],
])('C9.7 a gap %s does not tell of it', (_, other) => {
  expect(broken([loss], other)).toContain(
    'C9.7 orderbook KRW-BTC was lost at 500, the client has heard of it, and no gap was told',
  )
})

it('a gap within one epoch is of something that was lost', () => {
  expect(broken([], {})).toEqual(['C9.7 orderbook KRW-BTC had a gap within epoch 3, and nothing was lost'])
  expect(broken([{ ...loss, outcome: 'unseen' }], {})).toEqual([])
  for (const other of [{ epochs: [3, 4] }, { cause: 'overflow' }, { event: 'myOrder' }] as const) {
    expect(broken([], other)).toEqual([])
  }
})
