/** The parameters of an indicator as one text, the same for a request, an event and the exchange's own list. */

/** The order of the wire; what is not named follows by its name. */
const order = [
  'type',
  'period',
  'short_period',
  'long_period',
  'multiplier',
  'fast',
  'slow',
  'signal_period',
  'threshold',
]

/** `type=SMA,period=20`; a number as JavaScript spells it, so 2 and 2.0 are one. */
function paramText(params: object): string {
  return Object.entries(params)
    .sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(',')
}

function place(name: string): number {
  const index = order.indexOf(name)
  return index === -1 ? order.length : index
}

/** What was asked for, or came: a request has the indicator's name in `type`, an event in `indicator`. */
export interface KeyedIndicator {
  readonly indicator: string
  readonly params: object
  readonly trigger?: string | undefined
  readonly event_params?: object | undefined
}

/** `rsi(period=14)`, and of a signal `rsi(period=14) overbought(threshold=70)`. */
export function indicatorKey({ indicator, params, trigger, event_params = {} }: KeyedIndicator): string {
  const values = `${indicator}(${paramText(params)})`
  return trigger === undefined ? values : `${values} ${trigger}(${paramText(event_params)})`
}
