/** What the load consists of: rates, consumers, and the bars that each scenario has to clear. */
import type { Type } from '../harness/frames'

export interface Scenario {
  readonly name: string
  readonly about: string
  readonly perSecond: number
  readonly types: readonly Type[]
  /** Who listens (`measured/load/consumers.mjs`). */
  readonly consumers: 'everything' | 'screen'
  readonly bars: Bars
}

/** `undefined`: not asked of this scenario. */
export interface Bars {
  /** Of the fast consumers, from the server's write to the callback. */
  readonly p99Ms?: number
  /** What is left of the heap's growth when the remembered trade ids are taken off. */
  readonly heapFlat?: boolean
  /** On one core, at the rate that is asked. */
  readonly keepsUp?: boolean
  /** Of all frames, at most so many in a hundred. */
  readonly decodedPercent?: number
  /** How old, in turns of its delivery, the newest state may be. */
  readonly ageTurns?: number
}

/** The pace of a screen that redraws ten times a second: what changes faster nobody reads. */
export const turnMs = 100

export const scenarios: readonly Scenario[] = [
  {
    name: 'events-3000',
    about: '3,000 events a second to fast handlers for everything, slow ones among them',
    perSecond: 3_000,
    types: ['ticker', 'trade', 'orderbook'],
    consumers: 'everything',
    bars: {},
  },
  {
    name: 'events-10000',
    about: '10,000 events a second to fast handlers for everything, slow ones among them',
    perSecond: 10_000,
    types: ['ticker', 'trade', 'orderbook'],
    consumers: 'everything',
    bars: { p99Ms: 20, heapFlat: true },
  },
  {
    name: 'books-60000',
    about: '60,000 books a second to a screen: a coalescing consumer a market, all delivered every 100 ms',
    perSecond: 60_000,
    types: ['orderbook'],
    consumers: 'screen',
    bars: { keepsUp: true, decodedPercent: 25, ageTurns: 1 },
  },
]
