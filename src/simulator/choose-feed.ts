/** The source of data that the options ask for: the seeded market, or nothing but what a test emits. */
import type { FeedMaker } from './feed'
import { silentFeed } from './feed'
import { LiveMarket } from './market/live-market'

export const chooseFeed: FeedMaker = (outlet, timers, options) =>
  options.market ? new LiveMarket(outlet, timers, options) : silentFeed
