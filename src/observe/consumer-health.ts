/** What can be wrong behind the connections: with consumers, with what they missed, with the limits of requests. */
import type { HealthReason } from './health-report'
import { limitRows } from './limit-rows'
import type { Observed } from './observed'

/** `wallMs` is what the clock says; figures go by their own time. */
export function consumerReasons(observed: Observed, wallMs: number): readonly HealthReason[] {
  const nowMs = observed.figures.at(wallMs)
  return [
    ...dropReasons(observed, nowMs),
    ...slowReasons(observed, nowMs),
    ...failureReasons(observed, nowMs),
    ...missedReasons(observed, nowMs),
    ...limitReasons(observed, wallMs),
  ]
}

/** Each by its own part: what one has lost is no less for what the others got. */
function dropReasons({ hub, figures, thresholds }: Observed, nowMs: number): HealthReason[] {
  const dropped = figures.drops.recent(nowMs)
  if (dropped === 0) return []
  const nextStep = 'Make it faster, raise buffer.capacity, or coalesce; gaps$ has the runs.'
  const reasonsOf = (count: number, rate: number, who: string, consumer?: string): HealthReason[] => {
    if (count === 0 || rate <= thresholds.dropRate) return []
    const status = rate >= thresholds.dropRateCritical ? 'critical' : 'degraded'
    const message = `${who} lost ${count} events in the last minute.`
    return [{ code: 'DROPS', status, message, nextStep, ...(consumer === undefined ? {} : { consumer }) }]
  }
  let ofPresent = 0
  const found = hub.counted.flatMap((counted) => {
    const { name } = counted
    const count = figures.recentDrops(counted, nowMs)
    ofPresent += count
    return reasonsOf(count, figures.dropRateOf(counted, nowMs), name, name)
  })
  if (found.length > 0) return found
  return reasonsOf(dropped - ofPresent, figures.dropRate(nowMs), 'Consumers that have left')
}

function slowReasons({ hub, figures }: Observed, nowMs: number): HealthReason[] {
  return hub.counted.flatMap((counted) => {
    const slowness = figures.slowness(counted, nowMs)
    if (slowness === undefined) return []
    return [
      {
        code: 'SLOW_CONSUMER',
        status: 'degraded',
        message: `${counted.name} held all others up, for ${Math.round(slowness.worstMs)} ms at worst.`,
        nextStep: "Set deliver: 'task' to give it its own turn, or make its work asynchronous.",
        consumer: counted.name,
      },
    ]
  })
}

function failureReasons({ failures }: Observed, nowMs: number): HealthReason[] {
  return failures.recent(nowMs).map(([consumer, count]) => ({
    code: 'HANDLER_FAILING',
    status: 'degraded',
    message: `The handler of ${consumer} failed ${count} times in the last minute.`,
    nextStep: 'Mend the handler; errors$ has what it threw.',
    consumer,
  }))
}

function missedReasons({ abandoned }: Observed, nowMs: number): HealthReason[] {
  const count = abandoned.recent(nowMs)
  if (count === 0) return []
  return [
    {
      code: 'GAP_ABANDONED',
      status: 'degraded',
      message: `${count} gaps of the last minute stay open for good.`,
      nextStep: 'gaps$ says of which streams and from when to when; fetch what matters by REST.',
    },
  ]
}

/** Of REST calls: what holds a connection up, its status says. */
function limitReasons({ budgets, thresholds }: Observed, nowMs: number): HealthReason[] {
  return limitRows(budgets(), nowMs).flatMap(({ host, group, waiting, blocked_ms }) => {
    if (group.startsWith('websocket-') || waiting === 0 || blocked_ms <= thresholds.limitWaitMs) return []
    const left = Math.ceil(blocked_ms / 1000)
    return [
      {
        code: 'LIMITED',
        status: 'degraded',
        message: `${waiting} requests of group ${group} at ${host} wait, and none may go for ${left} s.`,
        nextStep: 'Ask less often, or see who else uses the limits of this address.',
      },
    ]
  })
}
