import type { Budget } from '../../src/observe/limit-rows'
import { limitRows } from '../../src/observe/limit-rows'

const budget: Budget = {
  host: 'api.upbit.com',
  scope: 'address',
  group: 'market',
  limit: 10,
  periodMs: 1000,
  free: 8,
  waiting: 0,
  waitMs: 0,
}

describe('limitRows', () => {
  it('tells what is left', () => {
    expect(limitRows([budget])).toEqual([
      {
        host: 'api.upbit.com',
        scope: 'address',
        group: 'market',
        limit: 10,
        period_ms: 1000,
        free: 8,
        waiting: 0,
        wait_ms: 0,
      },
    ])
  })

  it('C8.3 shows accounts by number, never by their access key', () => {
    const rows = limitRows(['key-1', 'address', 'key-2', 'key-1'].map((scope) => ({ ...budget, scope })))
    expect(rows.map(({ scope }) => scope)).toEqual(['account', 'address', 'account#2', 'account'])
    expect(JSON.stringify(rows)).not.toContain('key-')
  })
})
