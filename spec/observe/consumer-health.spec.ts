import { createUpbit } from '../../src/index'
import { consumerReasons } from '../../src/observe/consumer-health'
import { healthThresholds } from '../../src/observe/health-options'
import type { Observed } from '../../src/observe/observed'
import { Figures } from '../../src/observe/figures'
import { HandlerFailures } from '../../src/observe/handler-failures'
import { RecentErrors } from '../../src/observe/recent-errors'
import { SecondCounts } from '../../src/observe/second-counts'
import type { Budget } from '../../src/rate-limit/budget'
import { Hub } from '../../src/channels/hub'
import { laneWorld } from '../channels/support/lane-world'

function reasonsOf(budget: Partial<Budget>) {
  const { ports, time } = laneWorld()
  const { environment } = time
  const full: Budget = {
    host: 'api.upbit.com',
    scope: 'address',
    group: 'market',
    limit: 10,
    periodMs: 1000,
    free: 0,
    waiting: { reconnect: 0, subscribe: 0, reconcile: 0, backfill: 2, poll: 1 },
    waits: { count: 0, totalMs: 0, maxMs: 0 },
    blockedUntilMs: environment.now() + 8000,
    ...budget,
  }
  const observed: Observed = {
    environment,
    hub: new Hub(ports),
    figures: new Figures(environment),
    thresholds: healthThresholds(),
    errors: new RecentErrors(),
    failures: new HandlerFailures(),
    abandoned: new SecondCounts(),
    isClosed: () => false,
    gaps: () => 0,
    budgets: () => [full],
  }
  return consumerReasons(observed, environment.now())
}

describe('consumerReasons', () => {
  it('LIMITED: degraded when REST calls wait and none may go for longer than the threshold', () => {
    expect(reasonsOf({})).toMatchObject([
      {
        code: 'LIMITED',
        status: 'degraded',
        message: '3 requests of group market at api.upbit.com wait, and none may go for 8 s.',
      },
    ])
  })

  it.each<[string, Partial<Budget>]>([
    ['nobody waits', { waiting: { reconnect: 0, subscribe: 0, reconcile: 0, backfill: 0, poll: 0 } }],
    ['it is an everyday wait', { blockedUntilMs: undefined }],
    ['it is a dial, which the status of the connection tells', { group: 'websocket-connect' }],
  ])('is silent where %s', (_, budget) => {
    expect(reasonsOf(budget)).toEqual([])
  })

  it('of a client, the limits of its host alone are figures', () => {
    const upbit = createUpbit({ region: 'sg', isolated: true })
    for (const { host } of upbit.getPerformanceMetrics().limits) expect(host).toBe('sg-api.upbit.com')
  })
})
