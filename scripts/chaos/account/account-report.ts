/** What happened to the account of a chaos, and how it was told. */
export interface AccountReport {
  /** Orders of the account, all told. */
  readonly orders: number
  readonly fills: number
  /** What the exchange told of it. */
  readonly frames: number
  /** Events that one consumer of all orders had. */
  readonly bySocket: number
  readonly byRest: number
  /** Of orders and cancels of the application, how often each outcome was told. */
  readonly outcomes: Readonly<Record<string, number>>
  /** How often the private connection was in each state. */
  readonly states: Readonly<Record<string, number>>
}
