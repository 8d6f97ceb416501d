/** What a storm asks: of upbit-rx the bars of C11.2, of others nothing. */
import type { StormClient } from '../../../scripts/storm/clients'
import type { Trial } from '../../../scripts/storm/trial'
import type { Outcome } from '../../../scripts/storm/verdicts'
import { missedBars } from '../../../scripts/storm/verdicts'
import { stormReport } from '../../../scripts/storm/report'

const ours: StormClient = { name: 'upbit-rx', file: 'upbit-rx', peer: false, managers: 1 }
const peer: StormClient = { ...ours, name: 'other', peer: true }

function outcome(client: StormClient, dialsAtMs: readonly number[], failure?: string): Outcome {
  const trial: Trial = { treatment: 'http-429', dialsAtMs, note: undefined, failure }
  return { client, trials: [trial], missing: undefined }
}

const every = (gapMs: number, times: number): number[] => Array.from({ length: times }, (_, i) => i * gapMs)

describe('the bars of a storm', () => {
  it('are kept by six dials in ten seconds, five of them in one', () => {
    expect(missedBars(outcome(ours, [0, 1, 2, 3, 4, 1004]))).toEqual([])
  })

  it('are missed by a seventh in ten seconds, wherever these begin, and not by one after them', () => {
    expect(missedBars(outcome(ours, every(1666, 7)))).toEqual([
      'upbit-rx in http-429: 7 dials in ten seconds, at most 6',
    ])
    expect(missedBars(outcome(ours, every(1667, 7)))).toEqual([])
  })

  it('are missed by a sixth in any second', () => {
    expect(missedBars(outcome(ours, [0, 900, 901, 902, 903, 1000, 1899]))).toHaveLength(2)
    expect(missedBars(outcome(ours, [900, 901, 902, 903, 1000, 1899]))).toEqual([
      'upbit-rx in http-429: 6 dials in a second, at most 5',
    ])
  })

  it('are missed by what could not be counted', () => {
    expect(missedBars(outcome(ours, [], 'no dial'))).toEqual(['upbit-rx in http-429: not counted, no dial'])
  })

  it('ask nothing of others', () => {
    expect(missedBars(outcome(peer, every(1, 5000)))).toEqual([])
  })
})

describe('the table of a storm', () => {
  it('shows the dials and the most in any second, and says who is not here and why', () => {
    const missing: Outcome = { client: { ...peer, name: 'absent' }, trials: [], missing: 'npm ci failed' }
    const text = stormReport([outcome(ours, [0, 10, 2000]), outcome(peer, every(1, 5000)), missing], 10)
    expect(text).toContain('3 (2)')
    expect(text).toContain('5,000 (1,000)')
    expect(text).toContain('absent: not tried, npm ci failed')
  })
})
