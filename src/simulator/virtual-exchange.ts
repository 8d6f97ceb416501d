/**
 * The embedded exchange in memory: no port, no socket, and a clock that a test owns. It runs the same core as the
 * exchange behind real sockets. With no client left no timer is left either, so `TestScheduler.run()` ends.
 */
import type { SchedulerLike, Subscription } from 'rxjs'
import { Observable, share, using } from 'rxjs'
import type { Environment } from '../base/environment'
import { realEnvironment } from '../base/environment'
import { invalidOption } from '../base/invalid-option'
import { schedulerEnvironment, seededChance } from '../base/scheduler-environment'
import type { SendHttp } from '../transport/http'
import type { OpenSocket } from '../transport/socket'
import { Exchange } from './exchange'
import { ExchangeKit } from './exchange-kit'
import type { FeedMaker } from './feed'
import { chooseFeed } from './choose-feed'
import type { ExchangeOptions } from './options'
import { checkExchangeOptions, resolveOptions } from './options'
import { virtualHttp } from './rest/send-http'
import { virtualSocket$ } from './virtual-socket'

/** Options of `createVirtualExchange`. */
export interface VirtualExchangeOptions extends ExchangeOptions {
  /** How long a frame takes either way. Default 0: what is emitted arrives in the same turn. */
  readonly latencyMs?: number
  /**
   * How long sockets may be open without a break, ms of its time; then it throws, since a test whose client never leaves
   * would run for ever. Default 30 days.
   */
  readonly longestMs?: number
}

/** Does `work` after so long, in a turn in which what it throws reaches whoever moves the time. */
type Schedule = (work: () => void, delayMs: number) => Subscription

const defaultLongestMs = 30 * 24 * 60 * 60 * 1000

/** What the shared instance needs to use this exchange: `configureUpbit(exchange.sharedOptions)`. */
export interface VirtualSharedOptions {
  readonly url: string
  readonly openSocket: OpenSocket
  readonly sendHttp: SendHttp
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
  /**
   * Its REST side, in its time: what `createUpbit` takes as `sendHttp`, and a test may call itself. The host of the url
   * is any.
   */
  readonly sendHttp: SendHttp

  constructor(
    environment: Environment,
    options: VirtualExchangeOptions,
    schedule: Schedule,
    makeFeed: FeedMaker = chooseFeed,
  ) {
    const held = new Set<object>()
    const { longestMs = defaultLongestMs } = options
    const watch$ = new Observable<never>(() => schedule(() => giveUp(longestMs), longestMs)).pipe(share())
    const resolved = resolveOptions(options, { market: false })
    super(new Exchange(resolved, environment, makeFeed, () => held.size > 0))
    const wayOptions = {
      latencyMs: options.latencyMs ?? 0,
      held: (holder: object, isHeld: boolean) => {
        if (isHeld) held.add(holder)
        else held.delete(holder)
      },
    }
    this.sendHttp = virtualHttp(this.exchange.rest.service, this.exchange.timers, wayOptions)
    this.sharedOptions = {
      url: 'ws://exchange.invalid',
      openSocket: ({ url, headers = {} }) =>
        using(
          () => watch$.subscribe(),
          () => virtualSocket$(this.exchange, url, lowerCaseKeys(headers), wayOptions),
        ),
      sendHttp: this.sendHttp,
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
  const { environment, schedule } = virtualSurroundings(scheduler, options)
  return new VirtualExchange(environment, options, schedule)
}

/** The time and chance of an exchange in memory; its clock begins at `startMs`. Checks what they are made of. */
export function virtualSurroundings(
  scheduler: SchedulerLike | undefined,
  options: VirtualExchangeOptions,
  startMs?: number,
): { readonly environment: Environment; readonly schedule: Schedule } {
  check(scheduler, options)
  const seed = options.seed ?? 1
  if (scheduler !== undefined) {
    return {
      environment: schedulerEnvironment(scheduler, seed, startMs),
      schedule: (work, delayMs) => scheduler.schedule(work, delayMs),
    }
  }
  const environment = { ...realEnvironment, ...seededChance(seed) }
  return {
    environment,
    schedule: (work, delayMs) => environment.timer$(delayMs, { referenced: false }).subscribe(work),
  }
}

function giveUp(longestMs: number): never {
  throw new Error(
    `Clients have been on the virtual exchange for ${longestMs} ms of its time. Unsubscribe them (in marbles with the ! of ` +
      "'^ 2s !'), or raise longestMs.",
  )
}

function check(scheduler: SchedulerLike | undefined, options: VirtualExchangeOptions): void {
  if (
    scheduler !== undefined &&
    typeof (scheduler as Partial<SchedulerLike> | null)?.schedule !== 'function'
  ) {
    throw invalidOption('scheduler', scheduler, 'a scheduler; options are the second argument')
  }
  checkExchangeOptions(options, ['latencyMs', 'longestMs'])
}

function lowerCaseKeys(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
