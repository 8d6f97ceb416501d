/**
 * Every trade that a consumer was there for has come to it, or lies in a gap that was told (C7): of a lost connection by
 * its time, of an overflow or an unreadable frame by its count. A gap of one epoch covers what the exchange did not send,
 * having lost the subscription, and nothing else. A gap that is `closed` covers nothing but what was executed by a clock that
 * had gone back and was ahead again when the gap ended: nobody can tell it from what was there before
 * (docs/guides/gaps-and-backfill.md).
 */
import type { Tally } from '../../src/index'
import type { KnownGap, KnownGaps } from './known-gaps'
import { isOfConnection, isOfOneEpoch } from './known-gaps'
import type { ExecutedTrade, Ledger } from './ledger'
import type { CodeRecord, TradeBook } from './trade-book'
import type { Violations } from './violations'

/** So long after its execution a trade may be published (recorded 2026-09). */
const mostLateMs = 2000

export interface TradeJudgement {
  /** Trades that consumers were there for. */
  owed: number
  delivered: number
  /** Missing, and in a gap. */
  inGaps: number
  /** Still waiting when the consumer left or was ended. */
  waiting: number
}

export interface Evidence {
  readonly ledger: Ledger
  readonly gaps: KnownGaps
  readonly violations: Violations
  /** How much later than its publication a trade may have been on its way, ms. */
  readonly slackMs: number
}

/** `tally`: its account at the end, where it is known. */
export function judgeTrades(book: TradeBook, tally: Tally | undefined, evidence: Evidence): TradeJudgement {
  const { gaps, violations, ledger, slackMs } = evidence
  const sum: TradeJudgement = { owed: 0, delivered: 0, inGaps: 0, waiting: 0 }
  const missing: Missing[] = []
  for (const [code, record] of book.records) {
    const found = missingOf(ledger, code, record)
    sum.owed += found.owed
    sum.delivered += record.seen.size
    missing.push(...found.missing)
  }
  const counted = new Map<KnownGap, number>()
  const told = new Map([...book.records.keys()].map((code) => [code, gaps.ofTrades(code, book.name)]))
  // By time, so that each gap with a count is used up by what no later one could cover.
  for (const trade of missing.sort((one, other) => one.atMs - other.atMs)) {
    const { code, id, atMs, isBehindAll } = trade
    const possible = (told.get(code) ?? []).filter((gap) => mayCover(gap, trade))
    if (coveringGap(possible, atMs, counted, slackMs) !== undefined) sum.inGaps++
    else if (isBehindAll && waits(book, tally)) sum.waiting++
    else
      violations.add('C7', `${book.name} misses ${code} ${id}, published at ${Math.round(atMs)}, in no gap`)
  }
  return sum
}

interface Missing extends ExecutedTrade {
  /** That of what came before it and of what came after it, where that is one: no lost connection explains it. */
  readonly epoch: number | undefined
  /** Stamped before what came before it, and by more than trades are late. */
  readonly isOfOldClock: boolean
  readonly isBehindAll: boolean
}

/** What was owed from the first trade of the code that was sent to anybody after the consumer came. */
function missingOf(
  ledger: Ledger,
  code: string,
  { from, to, seen }: CodeRecord,
): { readonly owed: number; readonly missing: readonly Missing[] } {
  const trades = ledger.tradesOf(code)
  const end = to ?? trades.length
  let first = from
  while (first < end && trades[first]?.sent === 0) first++
  const missing: Missing[] = []
  const run: Omit<Missing, 'epoch' | 'isBehindAll'>[] = []
  let lastMs = -Infinity
  let epoch: number | undefined
  let owed = 0
  for (const trade of trades.slice(first, end)) {
    if (trade.sent === 0 && isUnknowable(trade)) continue
    owed++
    const epochOfThis = seen.get(trade)
    if (epochOfThis === undefined) {
      run.push({ ...trade, isOfOldClock: trade.stampMs < lastMs - mostLateMs })
      continue
    }
    // By REST: of no session.
    if (epochOfThis === 0) continue
    const around = epochOfThis === epoch ? epoch : undefined
    for (const lost of run.splice(0)) missing.push({ ...lost, epoch: around, isBehindAll: false })
    epoch = epochOfThis
    lastMs = trade.stampMs
  }
  for (const lost of run) missing.push({ ...lost, epoch: undefined, isBehindAll: true })
  return { owed, missing }
}

/** Wanted and not sent, the exchange kept silent about it; or it had lost the subscription, and it came back unseen. */
function isUnknowable({ wanted, loss }: ExecutedTrade): boolean {
  return wanted || (loss !== undefined && loss.outcome !== 'told')
}

/** Whether such a gap explains that it did not come, whatever its time. */
function mayCover(gap: KnownGap, { loss, epoch, isOfOldClock }: Missing): boolean {
  if (gap.phase === 'closed' && !(isOfOldClock && isOfConnection(gap))) return false
  if (!isOfConnection(gap)) return true
  if (isOfOneEpoch(gap)) return loss !== undefined && (epoch ?? gap.epochs[0]) === gap.epochs[0]
  return epoch === undefined
}

/** The gap in which the loss of a trade of that moment was told; one with a count covers so many, unless that is of what was fetched. */
export function coveringGap(
  gaps: readonly KnownGap[],
  atMs: number,
  counted: Map<KnownGap, number>,
  slackMs: number,
): KnownGap | undefined {
  let best: KnownGap | undefined
  for (const gap of gaps) {
    if (atMs < gap.fromMs - slackMs || atMs > gap.toMs + slackMs) continue
    if (gap.count === undefined || gap.phase === 'closed') return gap
    if ((counted.get(gap) ?? 0) < gap.count && gap.toMs < (best?.toMs ?? Infinity)) best = gap
  }
  if (best !== undefined) counted.set(best, (counted.get(best) ?? 0) + 1)
  return best
}

/** What has not been handed on may still wait: of whoever left, was ended, or is slow. */
function waits(book: TradeBook, tally: Tally | undefined): boolean {
  return book.error !== undefined || !book.isOpen || (tally?.pending ?? 0) > 0
}
