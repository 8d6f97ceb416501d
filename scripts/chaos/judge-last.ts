/** What is asked at the end: nobody is silent, nobody holds an old state, and who wanted to be told of gaps was. */
import { coveringGap } from './judge-trades'
import type { Evidence } from './judge-trades'
import type { StateBook } from './state-book'
import type { TradeBook } from './trade-book'

/** The last state of every stream has come to all who are there. */
export function judgeLastStates(books: readonly StateBook[], { ledger, violations }: Evidence): void {
  for (const { name, streams, newest } of books) {
    for (const stream of streams) {
      const last = ledger.stateOf(stream)?.version
      const seen = newest.get(stream)?.version
      if (seen !== last)
        violations.add('C4', `${name}: the last ${stream} is ${last}, it has ${seen ?? 'nothing'}`)
    }
  }
}

/** The last trade of every code has come to all who are there. */
export function judgeLastTrades(
  books: readonly TradeBook[],
  { ledger, gaps, violations, slackMs }: Evidence,
): void {
  for (const { name, records } of books) {
    for (const [code, { seen }] of records) {
      const trades = ledger.tradesOf(code)
      const last = trades[trades.length - 1]
      if (last === undefined || seen.has(last)) continue
      // One with a buffer that loses may have lost this one as well.
      const own = gaps
        .ofTrades(code, name)
        .filter(({ consumer, phase }) => consumer === name && phase !== 'closed')
      if (coveringGap(own, last.atMs, new Map(), slackMs) !== undefined) continue
      violations.add('C4', `${name}: the last trade of ${code} has not come`)
    }
  }
}

/** Who asks for gaps in band is told of each that everybody of the stream had, while it was there. */
export function judgeInBand(book: TradeBook, { gaps, violations }: Evidence): void {
  if (!book.wantsGaps || book.error !== undefined) return
  const told = new Set(book.gaps.map(({ id }) => id))
  for (const gap of gaps.all) {
    const isOfIts = gap.event === 'trade' && book.records.has(gap.code ?? '') && gap.consumer === undefined
    // Those of unreadable frames grow together while they wait.
    if (!isOfIts || gap.cause === 'undecodable' || gap.toldAtMs < book.joinedAtMs) continue
    if (!told.has(gap.id)) violations.add('C7', `${book.name} was not told of gap ${gap.id} of ${gap.code}`)
  }
}
