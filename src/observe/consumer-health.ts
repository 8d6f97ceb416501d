/** What can be wrong behind the connections: with consumers, with what they missed, with the limits of requests. */
import type { HealthReason } from './health-report'
import { limitRows } from './limit-rows'
import type { Observed } from './observed'
import { windowMs } from './windows'

export function consumerReasons(observed: Observed, nowMs: number): readonly HealthReason[] {
  return [
    ...dropReasons(observed, nowMs),
    ...slowReasons(observed, nowMs),
    ...failureReasons(observed, nowMs),
    ...missedReasons(observed, nowMs),
    ...limitReasons(observed, nowMs),
  ]
}

function dropReasons({ hub, figures, thresholds }: Observed, nowMs: number): HealthReason[] {
  const dropped = figures.drops.recent(nowMs)
  const rate = figures.offers.dropRate(nowMs, hub.total)
  if (dropped === 0 || rate <= thresholds.dropRate) return []
  const status = rate >= thresholds.dropRateCritical ? 'critical' : 'degraded'
  const nextStep = 'Make it faster, raise buffer.capacity, or coalesce; gaps$ has the runs.'
  const reason = (count: number, consumer: string): HealthReason => {
    const message = `${consumer} lost ${count} events in the last minute.`
    return { code: 'DROPS', status, message, nextStep, consumer }
  }
  const found = hub.counted.flatMap((counted) => {
    const count = figures.recentDrops(counted, nowMs)
    return count > 0 ? [reason(count, counted.name)] : []
  })
  if (found.length > 0) return found
  const message = `Consumers that have left lost ${dropped} events in the last minute.`
  return [{ code: 'DROPS', status, message, nextStep }]
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

function failureReasons({ errors }: Observed, nowMs: number): HealthReason[] {
  const failures = new Map<string, number>()
  for (const { at_ms, code, consumer = '' } of errors.rows) {
    if (code === 'HANDLER_FAILED' && nowMs - at_ms < windowMs) {
      failures.set(consumer, (failures.get(consumer) ?? 0) + 1)
    }
  }
  return [...failures].map(([consumer, count]) => ({
    code: 'HANDLER_FAILING',
    status: 'degraded',
    message: `The handler of ${consumer} failed ${count} times or more in the last minute.`,
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
