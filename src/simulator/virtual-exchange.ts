/**
 * The embedded exchange in memory: no port, no socket, and a clock that a test owns. It runs the same core as the
 * exchange behind real sockets. With no client left no timer is left either, so `TestScheduler.run()` ends.
 */
import type { SchedulerLike } from 'rxjs'
import type { Environment } from '../base/environment'
import { realEnvironment } from '../base/environment'
import { schedulerEnvironment, seededChance } from '../base/scheduler-environment'
import type { OpenSocket, Socket } from '../transport/socket'
import { Exchange } from './exchange'
import { ExchangeKit } from './exchange-kit'
import { chooseFeed } from './choose-feed'
import type { ExchangeOptions } from './options'
import { resolveOptions } from './options'
import { virtualSocket$ } from './virtual-socket'

/** Options of `createVirtualExchange`. */
export interface VirtualExchangeOptions extends ExchangeOptions {
  /** How long a frame takes either way. Default 0: what is emitted arrives in the same turn. */
  readonly latencyMs?: number
}

/** What the shared instance needs to use this exchange: `configureUpbit(exchange.sharedOptions)`. */
export interface VirtualSharedOptions {
  readonly url: string
  readonly openSocket: OpenSocket
  readonly environment: Environment
}

/** What a client needs to use this exchange, with a connection of its own: `createUpbit(exchange.options)`. */
export interface VirtualClientOptions extends VirtualSharedOptions {
  readonly isolated: true
}

/** The exchange in memory, in the time of a scheduler or of fake timers. */
export class VirtualExchange extends ExchangeKit {
  readonly options: VirtualClientOptions
  readonly sharedOptions: VirtualSharedOptions

  constructor(environment: Environment, options: VirtualExchangeOptions) {
    const held = new Set<Socket>()
    const resolved = resolveOptions(options, { market: false })
    super(new Exchange(resolved, environment, chooseFeed, () => held.size > 0))
    const socketOptions = {
      latencyMs: options.latencyMs ?? 0,
      held: (socket: Socket, isHeld: boolean) => {
        if (isHeld) held.add(socket)
        else held.delete(socket)
      },
    }
    this.sharedOptions = {
      url: 'ws://exchange.invalid',
      openSocket: ({ url, headers = {} }) =>
        virtualSocket$(this.exchange, url, lowerCaseKeys(headers), socketOptions),
      environment,
    }
    this.options = { ...this.sharedOptions, isolated: true }
  }

  /** Drops every connection and stops every timer. */
  close(): Promise<void> {
    this.exchange.end()
    return Promise.resolve()
  }

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** In memory nothing is on its way that no timer knows of. */
  protected flushed(): Promise<void> {
    return Promise.resolve()
  }
}

/**
 * An exchange in memory. With a `scheduler` (a `TestScheduler`, a `VirtualTimeScheduler`) time is that scheduler's
 * and begins on 2026-11-23; without one it is the process's, so that fake timers and `TestScheduler.run` move it.
 *
 * By default there is no market: every data frame is one that the test emits, and subscriptions get a SNAPSHOT only
 * where the test has set one with `snapshot`. `{ market: true }` starts the seeded market.
 *
 * @example
 * ```ts
 * import { createUpbit } from 'upbit-rx'
 * import { createVirtualExchange } from 'upbit-rx/testing'
 * import { TestScheduler } from 'rxjs/testing'
 *
 * const scheduler = new TestScheduler(() => {})
 * const exchange = createVirtualExchange(scheduler)
 * const upbit = createUpbit({ ...exchange.options })
 * ```
 */
export function createVirtualExchange(
  scheduler?: SchedulerLike,
  options: VirtualExchangeOptions = {},
): VirtualExchange {
  const seed = options.seed ?? 1
  const environment =
    scheduler === undefined
      ? { ...realEnvironment, ...seededChance(seed) }
      : schedulerEnvironment(scheduler, seed)
  return new VirtualExchange(environment, options)
}

function lowerCaseKeys(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
