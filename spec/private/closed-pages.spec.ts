/** How far back the closed orders are read. */
import { of } from 'rxjs'
import type { ClosedWindow } from '../../src/private/closed-pages'
import { closedPages$ } from '../../src/private/closed-pages'
import { createdMs, orderRow } from './support/given'

/** Orders made at these seconds, the newest first, as the exchange tells them. */
function read(
  seconds: readonly number[],
  sinceMs: number,
): { readonly asked: ClosedWindow[]; readonly uuids: Set<string> } {
  const orders = seconds
    .map((second, index) => ({ atMs: createdMs + second * 1000, uuid: String(index) }))
    .sort((a, b) => b.atMs - a.atMs)
  const asked: ClosedWindow[] = []
  const uuids = new Set<string>()
  closedPages$((window) => {
    asked.push(window)
    const found = orders.filter(({ atMs }) => atMs <= (window.endTime ?? Infinity)).slice(0, window.limit)
    return of(found.map(({ uuid, atMs }) => orderRow(0, { uuid, created_at: new Date(atMs).toISOString() })))
  }, sinceMs).subscribe((rows) => {
    for (const row of rows) uuids.add(row.uuid)
  })
  return { asked, uuids }
}

const seconds = (count: number, perSecond: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.floor(index / perSecond))

describe('closedPages$', () => {
  it('one small look is enough where little ended', () => {
    expect(read(seconds(99, 1), 0).asked).toEqual([{ limit: 100 }])
    expect(read(seconds(500, 1), createdMs + 450_000).asked).toEqual([{ limit: 100 }])
  })

  it('goes back until before the instant, and misses none that was made since', () => {
    const { asked, uuids } = read(seconds(5000, 7), createdMs + 100_000)
    expect(asked.length).toBeLessThan(8)
    expect([...uuids].filter((uuid) => Number(uuid) >= 700)).toHaveLength(4300)
  })

  it('ends though a whole answer be of one second', () => {
    expect(read(seconds(3000, 3000), 0).asked.length).toBeLessThan(5)
  })
})
