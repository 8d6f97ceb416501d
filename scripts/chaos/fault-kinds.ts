/**
 * Every kind of fault of the chaos: where it is done, whether it ends connections, and what is drawn for it. A kind is
 * data, so that a plan can be printed, digested and done again.
 */
import { accountKinds } from './account/account-kinds'

/** What a drawn fault is told, by name: durations in ms, counts, statuses, names. */
export type Parameters = Readonly<Record<string, number | string>>

export interface FaultKind {
  readonly name: string
  /**
   * The proxy between the two (only over real sockets), the link itself (only in a namespace of its own), the exchange with
   * what is public of it, an account there (`account/account-kinds.ts`), or the application.
   */
  readonly where: 'network' | 'link' | 'exchange' | 'account' | 'application'
  /** Ends a connection, or keeps one from coming about; these come in spells, with calm between. */
  readonly breaks: boolean
  /** How often it is drawn beside the others of its sort. */
  readonly weight: number
  draw(draw: Draw): Parameters
}

/** Chance of one plan. */
export interface Draw {
  /** A whole number of the range, both ends included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
}

const nothing = (): Parameters => ({})

/** The codes of the scenario. */
export const codes = ['KRW-BTC', 'KRW-ETH', 'KRW-XRP', 'KRW-SOL'] as const

const publicKinds: readonly FaultKind[] = [
  // Between the two: bytes late, few, lost, wrong.
  network('delay', 3, (draw) => ({ delayMs: draw.whole(20, 400), forMs: draw.whole(500, 6000) })),
  network('jitter', 3, (draw) => ({ jitterMs: draw.whole(20, 400), forMs: draw.whole(500, 6000) })),
  network('narrow', 3, (draw) => ({
    bytesPerSecond: draw.whole(20_000, 200_000),
    forMs: draw.whole(500, 4000),
  })),
  breaking('half-open', 'network', 2, nothing),
  breaking('reset', 'network', 3, nothing),
  breaking('refuse', 'network', 2, (draw) => ({ forMs: draw.whole(200, 4000) })),
  breaking('corrupt', 'network', 3, (draw) => ({ bytes: draw.whole(1, 24), chunks: draw.whole(1, 3) })),
  breaking('flap', 'network', 2, (draw) => ({ times: draw.whole(2, 5), eachMs: draw.whole(100, 800) })),

  // The link under them.
  breaking('packet-loss', 'link', 3, (draw) => ({
    percent: draw.whole(5, 40),
    forMs: draw.whole(2000, 15_000),
  })),
  breaking('link-down', 'link', 2, (draw) => ({ forMs: draw.whole(2000, 60_000) })),
  breaking('link-flap', 'link', 2, (draw) => ({ times: draw.whole(2, 5), eachMs: draw.whole(300, 2000) })),

  // What the exchange does to connections and dials.
  breaking('cut', 'exchange', 3, nothing),
  breaking('close', 'exchange', 2, (draw) => ({ code: draw.pick([1000, 1001, 1011, 1012, 1013, 4000]) })),
  breaking('accept-then-close', 'exchange', 2, (draw) => ({
    times: draw.whole(1, 4),
    code: draw.pick([1000, 1006]),
    afterMs: draw.pick([0, 0, 20, 300]),
  })),
  breaking('http-429', 'exchange', 2, (draw) => ({
    times: draw.whole(1, 4),
    retryAfterMs: draw.pick([0, 1000, 3000]),
  })),
  breaking('http-418', 'exchange', 1, (draw) => ({ times: 1, retryAfterMs: draw.whole(1, 20) * 1000 })),
  breaking('http-401', 'exchange', 1, (draw) => ({ status: draw.pick([401, 403]) })),
  breaking('http-5xx', 'exchange', 2, (draw) => ({
    times: draw.whole(1, 3),
    status: draw.pick([500, 502, 503, 504]),
  })),
  breaking('dial-reset', 'exchange', 2, (draw) => ({ times: draw.whole(1, 3) })),
  breaking('dial-hang', 'exchange', 1, () => ({ times: 1 })),
  breaking('stall', 'exchange', 1, nothing),
  breaking('error-frame', 'exchange', 2, (draw) => ({
    error: draw.pick(['WRONG_FORMAT', 'NO_TICKET', 'INVALID_PARAM', 'SOMETHING_NEW']),
  })),
  breaking('limit-frame', 'exchange', 2, (draw) => ({
    error: draw.pick(['TOO_MANY_REQUEST', 'Too Many Requests', "I'm a teapot"]),
  })),

  // What REST answers to who fetches what was missed.
  sending('rest-refused', 3, (draw) => ({
    answer: draw.pick(['429', '418', '500', '503', 'reset', 'hang', 'invalid-json', 'truncated']),
    times: draw.whole(1, 5),
  })),
  sending('rest-slow', 2, (draw) => ({ delayMs: draw.whole(50, 3000), forMs: draw.whole(2000, 15_000) })),

  // What the exchange sends.
  sending('late', 4, (draw) => ({ byMs: draw.whole(1, 4000), count: draw.whole(1, 4) })),
  sending('doubled', 4, (draw) => ({ times: draw.whole(1, 3) })),
  sending('same-millisecond', 3, (draw) => ({ count: draw.whole(2, 20) })),
  sending('reordered', 4, (draw) => ({ byMs: draw.whole(1, 1500) })),
  sending('snapshot-late', 4, (draw) => ({ byMs: draw.whole(0, 1500) })),
  sending('clock-step', 1, (draw) => ({
    byMs: draw.pick([-1, 1]) * draw.whole(200, 120_000),
    forMs: draw.whole(2000, 10_000),
  })),
  // Once and for good: forth and back within one loss could not be told from a calm, nor could more than ten seconds back
  // with nothing before.
  sending('execution-step', 3, (draw) => ({
    byMs: draw.pick([-draw.whole(200, 8000), -draw.whole(60_000, 120_000), draw.whole(200, 120_000)]),
  })),
  sending('silence', 2, (draw) => ({ code: draw.pick(codes), forMs: draw.whole(1000, 12_000) })),
  // A part of the subscription is lost, and the session goes on without it.
  sending('forgotten', 4, (draw) => ({
    type: draw.pick(['trade', 'trade', 'trade', 'ticker', 'orderbook', 'candle.1m']),
    code: draw.pick(codes),
  })),
  sending('format-flip', 3, (draw) => ({
    format: draw.pick(['SIMPLE', 'JSON_LIST', 'SIMPLE_LIST']),
  })),
  sending('burst', 2, (draw) => ({ perSecond: 1000, forMs: draw.whole(200, 1000) })),
  sending('malformed', 4, (draw) => ({
    shape: draw.pick([
      'not-json',
      'not-utf8',
      'cut-short',
      'wrong-shape',
      'unknown-type',
      'oversize',
      'proto-key',
      'empty',
    ]),
  })),
  sending('status', 2, nothing),

  // What the application does to itself.
  own('straggler', 4, (draw) => ({ forMs: draw.whole(100, 5000) })),
  own('rejected-code', 1, (draw) => ({ forMs: draw.whole(3000, 10_000) })),
  own('blocked-loop', 1, (draw) => ({ forMs: draw.whole(5, 60) })),
]

/** All of them. */
export const faultKinds: readonly FaultKind[] = [...publicKinds, ...accountKinds]

export function faultKind(name: string): FaultKind {
  const found = faultKinds.find((kind) => kind.name === name)
  if (found === undefined) throw new Error(`no such kind of fault: ${name}`)
  return found
}

function network(name: string, weight: number, draw: FaultKind['draw']): FaultKind {
  return { name, where: 'network', breaks: false, weight, draw }
}

function breaking(
  name: string,
  where: FaultKind['where'],
  weight: number,
  draw: FaultKind['draw'],
): FaultKind {
  return { name, where, breaks: true, weight, draw }
}

function sending(name: string, weight: number, draw: FaultKind['draw']): FaultKind {
  return { name, where: 'exchange', breaks: false, weight, draw }
}

function own(name: string, weight: number, draw: FaultKind['draw']): FaultKind {
  return { name, where: 'application', breaks: false, weight, draw }
}
