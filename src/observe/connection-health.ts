/** What can be wrong with one connection. */
import type { LaneView } from '../channels/hub'
import type { HealthReason } from './health-report'
import { Histogram } from './histogram'
import { figuresOf } from './lane-metrics'
import type { LaneFigures } from './lane-figures'
import type { Observed } from './observed'
import { windowMs } from './windows'

/** Fewer events prove no lag. */
const fewestLags = 20

type Found = Omit<HealthReason, 'connection'>

export function connectionReasons(
  lane: LaneView,
  name: string,
  observed: Observed,
  nowMs: number,
): readonly HealthReason[] {
  const [figures] = figuresOf([lane])
  return [
    ...linkReasons(lane, name, observed, nowMs),
    ...gapReasons(lane, observed, nowMs),
    ...(figures === undefined ? [] : trafficReasons(lane, figures, observed, observed.figures.at(nowMs))),
  ].map((reason) => ({ ...reason, connection: name }))
}

/** The connections that are dialed with a token. */
const withToken = ['private', 'info']

const addressRefused = critical(
  'CREDENTIALS_REFUSED',
  'The exchange refused the address, and is dialed no more.',
  'See AUTH_REFUSED on errors$: a block of this address, maintenance, or what stands between; then subscribe again.',
)

const keysRefused = critical(
  'CREDENTIALS_REFUSED',
  'The exchange refused these keys, and is dialed no more.',
  'See the AUTH_REFUSED by which the streams ended: keys of another host, or expired, or without this address on their list; then subscribe again.',
)

/** Whether there is a session where one is wanted, and whether it lives. */
function linkReasons(
  { connection, isWanted }: LaneView,
  name: string,
  { thresholds }: Observed,
  nowMs: number,
): Found[] {
  const { status, lastSignMs, downSinceMs } = connection
  if (status.state === 'closed') {
    return [withToken.includes(name) ? keysRefused : addressRefused]
  }
  const found: Found[] = []
  if (status.state === 'waiting' && status.reason === 'blocked') {
    const left = seconds(status.retryAtMs - nowMs)
    found.push(
      critical('BLOCKED', `The exchange blocks this address for ${left} s more.`, 'Nothing: it dials then.'),
    )
  } else if (
    isWanted &&
    status.state !== 'live' &&
    downSinceMs !== undefined &&
    nowMs - downSinceMs >= thresholds.downMs
  ) {
    found.push(
      critical(
        'DOWN',
        `There has been no session for ${seconds(nowMs - downSinceMs)} s.`,
        'Look at errors$ for the cause; `npx upbit-rx doctor` looks for it step by step.',
      ),
    )
  } else if (status.state === 'waiting' && status.reason !== 'backoff') {
    const left = seconds(status.retryAtMs - nowMs)
    found.push(
      degraded('LIMITED', `A limit holds it for ${left} s (${status.reason}).`, 'Nothing: it goes on then.'),
    )
  } else if (isWanted && status.state !== 'live' && isAgain(connection)) {
    found.push(degraded('RECONNECTING', 'It is being connected again.', 'Nothing: it goes on by itself.'))
  }
  if (status.state === 'live' && nowMs - lastSignMs >= thresholds.silenceMs) {
    found.push(
      critical(
        'SILENT_LINK',
        `Neither a frame nor a pong has come for ${seconds(nowMs - lastSignMs)} s.`,
        'Look whether the event loop is blocked: a link that answers no ping is dropped after 40 s.',
      ),
    )
  }
  return found
}

/** The first dial of all is no reconnect, as long as it has not failed. */
function isAgain({ status, counters }: LaneView['connection']): boolean {
  return (
    counters.epochs > 0 || status.state === 'waiting' || (status.state === 'connecting' && status.attempt > 1)
  )
}

/** A state speaks within seconds of a session; a trade may be hours away, and that is no illness of the gap. */
function gapReasons(
  { connection, unresolvedGaps }: LaneView,
  { thresholds }: Observed,
  nowMs: number,
): Found[] {
  const { status } = connection
  if (status.state !== 'live' || nowMs - status.since < thresholds.gapMs) return []
  const open = unresolvedGaps.filter(({ event }) => event === 'ticker' || event === 'orderbook')
  const [first] = open
  if (first === undefined) return []
  const others = open.length === 1 ? '' : ` and ${open.length - 1} more`
  return [
    degraded(
      'GAP_OPEN',
      `${first.event ?? ''} ${first.code ?? ''}${others} has not come back in this session.`,
      'Check that the market is still listed; gaps$ and errors$ name it.',
    ),
  ]
}

function trafficReasons(
  { connection }: LaneView,
  { history, lags }: LaneFigures,
  { thresholds }: Observed,
  nowMs: number,
): Found[] {
  const found: Found[] = []
  const sessions = history.risen('epochs', nowMs, windowMs)
  if (sessions > thresholds.sessions) {
    found.push(
      degraded(
        'UNSTABLE',
        `${sessions} sessions in the last minute.`,
        'Look at errors$ and the network on the way.',
      ),
    )
  }
  const { count, p90 = 0 } = Histogram.read(lags.values(), nowMs)
  if (count >= fewestLags && p90 > thresholds.lagMs) {
    const make = p90 > thresholds.lagCriticalMs ? critical : degraded
    found.push(
      make(
        'LAG',
        `One event in ten is over ${Math.round(p90)} ms late.`,
        'See whether the event loop is blocked, then the line; subscribe to less if it is full.',
      ),
    )
  }
  const rejected = history.risen('rejected', nowMs, windowMs)
  if (rejected > 0) {
    found.push(
      degraded(
        'UNDECODABLE',
        `${rejected} frames of the last minute could not be read.`,
        'Update upbit-rx; errors$ has the path.',
      ),
    )
  }
  if (history.risenDrift(nowMs, windowMs) > 0) {
    const names = Object.keys(connection.counters.drift)
    found.push(
      degraded(
        'SCHEMA_DRIFT',
        `The exchange sends what is unknown here: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ' …' : ''}.`,
        'Nothing breaks; update upbit-rx to receive it.',
      ),
    )
  }
  return found
}

function critical(code: Found['code'], message: string, nextStep: string): Found {
  return { code, status: 'critical', message, nextStep }
}

function degraded(code: Found['code'], message: string, nextStep: string): Found {
  return { code, status: 'degraded', message, nextStep }
}

function seconds(durationMs: number): number {
  return Math.max(0, Math.ceil(durationMs / 1000))
}
