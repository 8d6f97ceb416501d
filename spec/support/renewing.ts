/** A connection whose dials carry a token that ends, on a network made by hand, in virtual time. */
import type { Subscription } from 'rxjs'
import { defer, of } from 'rxjs'
import type { ConnectionConfig } from '../../src/connection/connection'
import type { DialHeaders } from '../../src/connection/dial'
import { renewed$ } from '../../src/connection/renewal'
import type { FakeDial, FakeNetworkOptions } from './fake-network'
import type { Offline, Online } from './online'
import { codesOf, offline } from './online'

export const lifeMs = 600_000

interface Options extends Partial<ConnectionConfig>, FakeNetworkOptions {
  readonly seed?: number | string
  /** Does something before the first dial. */
  readonly prepare?: (made: Offline) => void
  /** What a dial at this time is given; by default a token of its own for each. */
  readonly give?: (nowMs: number) => DialHeaders
}

export interface Renewing extends Online {
  readonly listening: Subscription
  /** Lets time pass until the renewal has dialed, and opens its socket. */
  renewal(): FakeDial
}

/** Its first socket is open and its request accepted. */
export function renewing(
  codes: readonly string[] = ['KRW-BTC'],
  { give, prepare, ...options }: Options = {},
): Renewing {
  let tokens = 0
  const given =
    give ??
    ((nowMs: number) => ({
      headers: { authorization: `Bearer token ${++tokens}` },
      expiresAtMs: nowMs + lifeMs,
    }))
  const config = {
    renewed$,
    account: () => 'an account',
    headers$: defer(() => of(given(unconnected.time.environment.now()))),
  }
  const unconnected = offline({ ...config, ...options })
  const { time, network, connected } = unconnected
  prepare?.(unconnected)
  connected.want(...codes)
  const listening = connected.listen()
  const dial = network.newest
  dial.open()
  const made = { ...unconnected, dial }
  time.pass(2000)
  return {
    ...made,
    listening,
    renewal() {
      dialed(made)
      made.network.newest.open()
      return made.network.newest
    },
  }
}

const stepMs = 20

/** Lets time pass until one more dial goes out; returns when that was. */
export function dialed({ time, network }: Online): number {
  const { length } = network.dials
  const untilMs = time.nowMs + 2 * lifeMs
  while (network.dials.length === length && time.nowMs < untilMs) time.pass(stepMs)
  expect(network.dials).toHaveLength(length + 1)
  return network.newest.atMs
}

/** Answers the newest question of a socket: it has what it asked for last, or these codes of `ticker`. */
export function list(dial: FakeDial, codes?: readonly string[]): void {
  const [{ ticket }] = JSON.parse(dial.questions.at(-1)!.text) as [{ ticket: string }]
  const result = [{ type: 'ticker', codes: codes ?? codesOf(dial.sent.at(-1)?.text ?? '[]') }]
  dial.frame({ method: 'LIST_SUBSCRIPTIONS', ticket, result })
}
