/** What one consumer of trades saw, judged as it comes: nothing twice, nothing invented, no epoch after a later one. */
import type { RestTradeEvent } from '../../src/index'
import type { GapEvent } from '../../src/index'
import type { TradeDelivery } from './cast'
import type { ExecutedTrade, Ledger } from './ledger'
import type { Violations } from './violations'

/** The trades of a code that a consumer was there for, and those that it got. */
export interface CodeRecord {
  /** How many were published when it came. */
  readonly from: number
  /** How many when it left; open while it is there. */
  to: number | undefined
  /** What came, and in which epoch. */
  readonly seen: Map<ExecutedTrade, number>
}

export class TradeBook {
  readonly records: ReadonlyMap<string, CodeRecord>
  /** Gaps that were told in band. */
  readonly gaps: GapEvent[] = []
  /** The longest that a trade was on its way to it, ms. */
  latenessMs = 0
  /** How its stream ended, if by itself. */
  error: string | undefined
  readonly #epochs = new Map<string, number>()
  /** The codes that have an open gap, and the epoch before it. */
  readonly #filling = new Map<string, number>()
  readonly #fetched = new Map<string, { readonly atMs: number; readonly id: bigint }>()

  constructor(
    readonly name: string,
    codes: readonly string[],
    /** Whether gaps are asked for in band. */
    readonly wantsGaps: boolean,
    private readonly ledger: Ledger,
    private readonly violations: Violations,
    readonly joinedAtMs: number,
    /** Whether what was missed has to come before what came after it. */
    private readonly ordered = false,
  ) {
    this.records = new Map(
      codes.map((code) => [
        code,
        { from: ledger.tradesOf(code).length, to: undefined, seen: new Map<ExecutedTrade, number>() },
      ]),
    )
  }

  take(event: TradeDelivery): void {
    if (event.type === 'gap') return this.told(event)
    const { code, sequential_id: id, epoch } = event
    const trade = this.ledger.find(code, id)
    const record = this.records.get(code)
    if (trade === undefined || record === undefined) {
      return this.violations.add('C3.1', `${this.name} got ${code} ${id}, which was never executed for it`)
    }
    if (record.seen.has(trade)) this.violations.add('C5.3', `${this.name} got ${code} ${id} twice`)
    record.seen.set(trade, epoch)
    if (event.source === 'rest') return this.fetched(event)
    // A snapshot is of whenever the last trade was.
    if (event.stream_type === 'REALTIME')
      this.latenessMs = Math.max(this.latenessMs, event.received_at - trade.atMs)
    this.#fetched.delete(code)
    // Ten thousand may be held; no gap of a chaos has as many behind it.
    if (this.ordered && epoch >= (this.#filling.get(code) ?? Infinity)) {
      this.violations.add(
        'C7',
        `${this.name} got ${code} ${id} of epoch ${epoch} while what came before it was fetched`,
      )
    }
    const known = this.#epochs.get(code) ?? 0
    if (epoch < known) this.violations.add('C4.5', `${this.name}: ${code} of epoch ${epoch} after ${known}`)
    this.#epochs.set(code, epoch)
  }

  private told(gap: GapEvent): void {
    this.gaps.push(gap)
    const { code, cause, phase, epochs } = gap
    // What comes by REST after this is another gap's.
    if (code === undefined) this.#fetched.clear()
    else this.#fetched.delete(code)
    if (code === undefined || (cause !== 'disconnect' && cause !== 'rejected')) return
    if (phase === 'opened') this.#filling.set(code, epochs[0])
    else this.#filling.delete(code)
  }

  /** Those of one gap are in the order of their execution. */
  private fetched({ code, trade_timestamp: atMs, sequential_id }: RestTradeEvent): void {
    const id = BigInt(sequential_id)
    const last = this.#fetched.get(code)
    if (last !== undefined && (atMs < last.atMs || (atMs === last.atMs && id < last.id))) {
      this.violations.add('C7', `${this.name} got ${code} ${sequential_id} by REST after a later one`)
    }
    this.#fetched.set(code, { atMs, id })
  }

  /** Nothing more is owed to it. */
  close(error?: string): void {
    this.error = error
    for (const [code, record] of this.records) record.to ??= this.ledger.tradesOf(code).length
  }

  get isOpen(): boolean {
    return [...this.records.values()].some(({ to }) => to === undefined)
  }

  get count(): number {
    return [...this.records.values()].reduce((sum, { seen }) => sum + seen.size, 0)
  }
}
