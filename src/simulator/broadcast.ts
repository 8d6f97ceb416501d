/**
 * One event on its way to the connections that want it. Each spelling is made once, however many connections share
 * it, and only when somebody wants it.
 */
import type { AnnouncementFrame } from '../protocol/announcement'
import { isBag } from '../protocol/bag'
import type { OrderbookFrame } from '../protocol/orderbook'
import type { WireFormat } from '../protocol/wire'
import type { EncodeSwitches, ExchangeEvent } from './encode'
import { encodeEvent } from './encode'
import { combinationKey } from './combination'
import type { ExchangeSwitches } from './switches'

/** What of an event a subscriber wants to see. */
export interface FrameView {
  /** The number of book levels asked for. */
  readonly depth: number
  /** Whether an announcement comes with its text. */
  readonly withBody: boolean
}

/** What can be sent to a subscriber of (type, code, level). */
export interface Broadcast {
  readonly type: string
  /** Empty where the type knows no codes. */
  readonly code: string
  /** Whose connections get it; `undefined`: everyone's. */
  readonly pocketId?: string
  /** An announcement's, for those who asked for some only. */
  readonly category?: string
  /** Of an indicator or its signal. */
  readonly combination?: string
  /** `undefined`: for subscribers of any level. */
  readonly level?: number
  /** `SNAPSHOT` or `REALTIME`; `undefined`: whatever a subscriber's flags say. */
  readonly stream?: string
  text(format: WireFormat, view: FrameView): string
}

/** The number of level pairs of a full book. */
export const fullDepth = 30

export class EventBroadcast implements Broadcast {
  readonly type: string
  readonly code: string
  readonly level: number
  readonly stream: string
  readonly category?: string
  readonly combination?: string
  private readonly texts = new Map<string, string>()

  constructor(
    private readonly event: ExchangeEvent,
    private readonly switches: EncodeSwitches & Pick<ExchangeSwitches, 'narrowTotals'>,
    readonly pocketId?: string,
  ) {
    this.type = event.type
    this.code = 'code' in event ? event.code : ''
    this.stream = event.stream_type
    this.level = event.type === 'orderbook' ? (event.level ?? 0) : 0
    if (event.type === 'announcement') this.category = event.category
    // A test may emit an indicator that is none: it goes to all of its market.
    const isIndicator = event.type === 'indicator' || event.type === 'indicator_signal'
    if (isIndicator && isBag(event.params)) this.combination = combinationKey(event.timeframe, event)
  }

  text(format: WireFormat, view: FrameView): string {
    const key = `${format} ${view.depth} ${view.withBody}`
    let text = this.texts.get(key)
    if (text === undefined) {
      text = encodeEvent(seen(this.event, view, this.switches.narrowTotals), format, this.switches)
      this.texts.set(key, text)
    }
    return text
  }
}

/** A raw text for whoever wants its type and code: a recorded frame, spelled as it was recorded. */
export class RawBroadcast implements Broadcast {
  constructor(
    readonly type: string,
    readonly code: string,
    private readonly raw: string,
    /** Of a book that names it; any without. */
    readonly level?: number,
  ) {}

  text(): string {
    return this.raw
  }
}

function seen(
  event: ExchangeEvent,
  { depth, withBody }: FrameView,
  totals: 'window' | 'full',
): ExchangeEvent {
  if (event.type === 'announcement' && !withBody) return withoutBody(event)
  if (event.type !== 'orderbook') return event
  // A test may emit a book that is none.
  return isArray(event.orderbook_units) ? narrowBook(event, depth, totals) : event
}

function withoutBody({ body: _, ...rest }: AnnouncementFrame): AnnouncementFrame {
  return rest
}

/** A book's first levels; the totals are theirs or those of the whole book. */
export function narrowBook(book: OrderbookFrame, depth: number, totals: 'window' | 'full'): OrderbookFrame {
  if (book.orderbook_units.length <= depth) return book
  const units = book.orderbook_units.slice(0, depth)
  if (totals === 'full') return { ...book, orderbook_units: units }
  return {
    ...book,
    total_ask_size: sumSizes(units.map((unit) => unit.ask_size)),
    total_bid_size: sumSizes(units.map((unit) => unit.bid_size)),
    orderbook_units: units,
  }
}

/** `Array.isArray`, which would make a read-only array one of `any`. */
function isArray(value: unknown): boolean {
  return Array.isArray(value)
}

/** The sum to eight decimals, the exchange's unit of size, without the noise of adding fractions. */
export function sumSizes(sizes: readonly number[]): number {
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) * 1e8) / 1e8
}
