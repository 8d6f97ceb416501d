/** Whether the figures of an event of an order are those that it happened with: all of a frame, of REST those that it tells. */
import { addDecimals, compareDecimals, subtractDecimals } from '../../../src/protocol/decimal-math'
import type { MyOrderFrame } from '../../../src/testing'
import type { OrderEvent } from './account-book'
import type { ToldOrder } from './chronicle'

/** Of every event, whoever tells it. */
const figures = [
  'ask_bid',
  'order_type',
  'price',
  'volume',
  'time_in_force',
  'identifier',
  'smp_type',
] as const
/** How the order stands by it. */
const standing = [
  ...(['avg_price', 'executed_volume', 'remaining_volume', 'executed_funds', 'trades_count'] as const),
  ...(['reserved_fee', 'remaining_fee', 'paid_fee', 'locked', 'order_timestamp'] as const),
]
/** What self-match prevention had taken off by it; of a fill REST tells it as it is now. */
const prevention = ['prevented_volume', 'prevented_locked'] as const
/** Of a frame; REST does not tell them. */
const frameFigures = ['trade_fee', 'is_maker', 'trade_timestamp'] as const

/** A sentence where it is told otherwise than it happened. */
export function figureDifference(event: OrderEvent, order: ToldOrder): string | undefined {
  const isRest = event.source === 'rest'
  const possible = isRest ? standings(event, order) : sameFrames(event, order)
  let found = 'never was so'
  for (const frame of possible) {
    const others = isRest && event.state === 'trade' ? inAnyTurn(frame, order) : []
    const isTied = others.length > 0
    const names = isTied
      ? figures
      : [
          ...[...figures, ...standing],
          ...(isRest && event.state === 'trade' ? [] : prevention),
          ...(isRest ? [] : frameFigures),
        ]
    // REST does not say when self-match prevention took its part: what a fill left may be told as less than it was.
    const isBound = isRest && event.state === 'trade' && wasPrevented(order)
    const wrong = names.find((name) => {
      if (isBound && name === 'remaining_volume') return false
      // Where REST does not tell it, nothing false is told either.
      if (isRest && (event[name] ?? null) === null) return false
      // A quotient that each side works out for itself.
      if (isRest && name === 'avg_price') return isApart(event.avg_price, frame.avg_price)
      return event[name] !== frame[name]
    })
    if (wrong === undefined && (!isTied || isOneOf(event, others, isBound))) return undefined
    found =
      wrong === undefined
        ? `has ${event.executed_volume} executed and ${event.remaining_volume} left, which it had in no turn of its fills`
        : `has the ${wrong} ${event[wrong]}, it was ${frame[wrong]}`
  }
  return `had a ${event.state} of ${event.uuid} by ${event.source} that ${found}`
}

/** Those of an order of which REST's times do not say where this one stands: of one second, or of a clock that was set back. */
function inAnyTurn(frame: MyOrderFrame, { frames }: ToldOrder): readonly MyOrderFrame[] {
  const second = (fill: MyOrderFrame): number => Math.floor((fill.trade_timestamp ?? 0) / 1000)
  const fills = frames.filter(({ state }) => state === 'trade')
  const place = fills.indexOf(frame)
  const isPlaced = fills.every(
    (fill, index) => index === place || Math.sign(second(fill) - second(frame)) === Math.sign(index - place),
  )
  return isPlaced ? [] : fills
}

/** Whether a fill could stand so among these, in whichever turn: executed and left are what they were together. */
function isOneOf(event: OrderEvent, fills: readonly MyOrderFrame[], isBound: boolean): boolean {
  const { executed_volume, remaining_volume, volume } = event
  const [first] = fills
  const last = fills.at(-1)
  if (first === undefined || last === undefined) return false
  const least = addDecimals(subtractDecimals(first.executed_volume, first.volume ?? '0'), volume ?? '0')
  const isWithin =
    compareDecimals(executed_volume, least) >= 0 &&
    compareDecimals(executed_volume, last.executed_volume) <= 0
  return (
    isWithin &&
    (isBound ||
      remaining_volume === null ||
      fills.some(
        (fill) =>
          fill.remaining_volume !== null &&
          addDecimals(fill.executed_volume, fill.remaining_volume) ===
            addDecimals(executed_volume, remaining_volume),
      ))
  )
}

/** By more than the last of eight digits. */
function isApart(one: string | null, other: string | null): boolean {
  return Math.abs(Number(one) - Number(other)) > 1e-7
}

function wasPrevented({ frames }: ToldOrder): boolean {
  return frames.some(({ prevented_volume }) => (prevented_volume ?? '0') !== '0')
}

/** Several changes of one moment tell the same but for their figures. */
function sameFrames(
  { state, trade_uuid, timestamp }: OrderEvent,
  { frames }: ToldOrder,
): readonly MyOrderFrame[] {
  return frames.filter(
    (frame) => frame.state === state && frame.trade_uuid === trade_uuid && frame.timestamp === timestamp,
  )
}

/** As it stood after each change that may have led to such a row, with the price and volume of the order. */
function standings({ state, trade_uuid }: OrderEvent, { frames }: ToldOrder): readonly MyOrderFrame[] {
  if (state === 'trade') return frames.filter((frame) => frame.trade_uuid === trade_uuid)
  const [first] = frames
  const { price = null, volume = null } = first ?? {}
  return frames.filter((frame) => mayShow(state, frame.state)).map((frame) => ({ ...frame, price, volume }))
}

/** An order that self-match prevention has ended is `cancel` by REST, and no frame says so. */
function mayShow(state: string, ofFrame: string): boolean {
  if (state === 'done') return ofFrame === 'done'
  if (state === 'cancel') return ofFrame === 'cancel' || ofFrame === 'prevented'
  return ofFrame !== 'done' && ofFrame !== 'cancel'
}
