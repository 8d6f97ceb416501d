/** The account of a run, as the JSON line of `--json` and in words for a person. */
import type { Accounting } from '../observe/accounting'
import type { Tally } from '../operators/tally'

type TallyKey = 'delivered' | 'failed' | 'coalesced' | 'dropped' | 'discarded'
type ConnectionKey =
  'decoded' | 'rejected' | 'events' | 'duplicate' | 'stale' | 'unrouted' | 'gaps' | 'epochs'

/** The line's keys (C13). */
export interface Summary extends Pick<Accounting, ConnectionKey>, Pick<Tally, TallyKey> {
  /** Data frames. */
  readonly received: number
  readonly byType: Readonly<Record<string, number>>
}

/** `counts` are the connection's when receiving ended, `tally` the consumers' when all that came was put out. */
export function summaryOf(counts: Accounting, tally: Pick<Tally, TallyKey>, moreGaps = 0): Summary {
  const { data, decoded, rejected, events, duplicate, stale, unrouted, gaps, epochs, byType } = counts
  const { delivered, failed, coalesced, dropped, discarded } = tally
  return {
    received: data,
    decoded,
    rejected,
    events,
    duplicate,
    stale,
    unrouted,
    delivered,
    failed,
    coalesced,
    dropped,
    discarded,
    gaps: gaps + moreGaps,
    epochs,
    byType,
  }
}

/** What came, and what became of it: two lines, or one where no exchange was reached. */
export function summaryInWords(summary: Summary): string {
  const { received, events, delivered, coalesced, epochs, byType } = summary
  if (epochs === 0) return 'Never connected.'
  const types = Object.entries(byType).map(([type, count]) => `${type} ${inGroups(count)}`)
  const sessions = epochs === 1 ? 'one session' : `${inGroups(epochs)} sessions`
  const losses = (['rejected', 'duplicate', 'stale', 'failed', 'dropped', 'discarded', 'gaps'] as const)
    .filter((key) => summary[key] > 0)
    .map((key) => `${key} ${inGroups(summary[key])}`)
  const came = `${inGroups(received)} frames in ${sessions}, ${inGroups(events)} events`
  const replaced =
    coalesced === 0 ? '' : `, ${inGroups(coalesced)} replaced by newer ones before they were drawn`
  return [
    `${came}${types.length === 0 ? '' : ` (${types.join(', ')})`}.`,
    `${inGroups(delivered)} shown${replaced}. ${losses.length === 0 ? 'Nothing was lost.' : `${losses.join(', ')}.`}`,
  ].join('\n')
}

const groups = new Intl.NumberFormat('en-US')

/** `1,733`. */
function inGroups(count: number): string {
  return groups.format(count)
}
