/** All that answers REST calls, put together: the list of markets, who may call, the service in front of them. */
import { invalidOption } from '../../base/invalid-option'
import type { Busiest } from '../busiest'
import type { MarketEvent } from '../encode'
import type { ResolvedOptions } from '../options'
import type { Trading } from '../trading/trading'
import { Authorizer } from './authorize'
import type { History } from './history'
import { MarketsView } from './markets-view'
import { RestService } from './rest-service'
import { builtinSignatures } from './signatures'

/** What it takes from the exchange. */
export interface RestSurroundings {
  now(): number
  clock(): number
  readonly history: History
  readonly trading: Trading
  live(type: string, code: string, level: number): MarketEvent | undefined
  readonly busiest: Busiest
  called(): void
}

export class RestSide {
  readonly markets: MarketsView
  readonly authorizer: Authorizer
  readonly service: RestService

  constructor(options: ResolvedOptions, surroundings: RestSurroundings) {
    const { accounts, limits, switches } = options
    const signatures = builtinSignatures()
    if (accounts.length > 0 && signatures === undefined) {
      throw invalidOption(
        'accounts',
        accounts.length,
        'none here, since their tokens are checked with node:crypto',
      )
    }
    this.markets = new MarketsView(options, surroundings.history, (...asked) => surroundings.live(...asked))
    this.authorizer = new Authorizer(surroundings.trading.keys, signatures, switches)
    const { markets, authorizer } = this
    this.service = new RestService({ ...surroundings, limits, switches, markets, authorizer })
  }
}
