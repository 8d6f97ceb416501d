import { limitRows } from '../../src/observe/limit-rows'
import type { Budget } from '../../src/rate-limit/budget'
import { priorities } from '../../src/rate-limit/priority'
import type { Priority } from '../../src/rate-limit/priority'

const nobody = Object.fromEntries(priorities.map((name) => [name, 0])) as Record<Priority, number>

const budget: Budget = {
  host: 'api.upbit.com',
  scope: 'address',
  group: 'market',
  limit: 10,
  periodMs: 1000,
  free: 8,
  waiting: nobody,
  waits: { count: 0, totalMs: 0, maxMs: 0 },
  blockedUntilMs: undefined,
}

describe('limitRows', () => {
  it('tells what is left', () => {
    expect(limitRows([budget], 0)).toEqual([
      {
        host: 'api.upbit.com',
        scope: 'address',
        group: 'market',
        limit: 10,
        period_ms: 1000,
        free: 8,
        waiting: 0,
        waited: 0,
        longest_wait_ms: 0,
        blocked_ms: 0,
      },
    ])
  })

  it('tells who waits, whatever the priority, who did, and how long nothing may go', () => {
    const busy = {
      ...budget,
      waiting: { ...nobody, poll: 2, reconnect: 1 },
      waits: { count: 7, totalMs: 900, maxMs: 400 },
      blockedUntilMs: 5000,
    }
    const told = { waiting: 3, waited: 7, longest_wait_ms: 400 }
    expect(limitRows([busy], 2000)).toMatchObject([{ ...told, blocked_ms: 3000 }])
    expect(limitRows([busy], 6000)).toMatchObject([{ ...told, blocked_ms: 0 }])
  })

  it('makes one row of the budgets of several connections: that which has least', () => {
    const ofConnection = (free: number, count: number): Budget => ({
      ...budget,
      scope: 'connection',
      group: 'websocket-message',
      free,
      waits: { count, totalMs: 0, maxMs: count },
    })
    expect(limitRows([ofConnection(4, 1), ofConnection(2, 5), ofConnection(3, 2), budget], 0)).toMatchObject([
      { scope: 'connection', free: 2, waited: 8, longest_wait_ms: 5 },
      { scope: 'address', free: 8 },
    ])
  })
})
