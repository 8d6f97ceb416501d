/** How far back the closed orders are read. */
import { of } from 'rxjs'
import type { ClosedWindow } from '../../../src/private/supply/closed-pages'
import { closedPages$ } from '../../../src/private/supply/closed-pages'
import { createdMs, orderRow } from '../support/given'

const dayMs = 86_400_000
const daySeconds = 86_400
/** Of the exchange. */
const nowMs = createdMs + 6000_000
/** This machine's clock is behind. */
const clockErrorMs = -3600_000

/** Orders made at these seconds, the newest first, as the exchange tells them. */
function read(
  seconds: readonly number[],
  sinceMs: number,
  elapsedMs = 0,
): { readonly asked: ClosedWindow[]; readonly uuids: Set<string> } {
  const orders = seconds
    .map((second, index) => ({ atMs: createdMs + second * 1000, uuid: String(index) }))
    .sort((a, b) => b.atMs - a.atMs)
  const asked: ClosedWindow[] = []
  const uuids = new Set<string>()
  closedPages$(
    (window) => {
      asked.push(window)
      const { endTime = nowMs, limit } = window
      const found = orders
        .filter(({ atMs }) => atMs <= endTime && atMs >= endTime - 7 * dayMs)
        .slice(0, limit)
      return of(
        found.map(({ uuid, atMs }) => orderRow(0, { uuid, created_at: new Date(atMs).toISOString() })),
      )
    },
    sinceMs,
    { elapsedMs, nowMs: nowMs + clockErrorMs },
  ).subscribe((rows) => {
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

  it.each([
    ['nothing was made in the last week', []],
    ['something was made just now', [5999]],
    ['something was made days ago', [-3 * daySeconds, -2 * daySeconds]],
    ['much was made', Array.from({ length: 300 }, (_, index) => index - 2 * daySeconds)],
  ])('C12.2 goes back through windows of a week to an outage of a month, where %s', (_, recent) => {
    const old = [-6.9, -7, -7.5, -13, -14, -20, -21, -27, -29.9].map((day) => Math.floor(day * daySeconds))
    const { asked, uuids } = read([...old, ...recent], createdMs - 30 * dayMs, 30 * dayMs)
    expect(uuids.size).toBe(old.length + recent.length)
    expect(asked.length).toBeLessThan(9)
  })

  it('asks for as many weeks as have passed, though nothing says since when', () => {
    expect(read([], -5000, 15 * dayMs).asked).toHaveLength(5)
  })

  it('ends though a whole answer be of one second', () => {
    expect(read(seconds(3000, 3000), 0).asked.length).toBeLessThan(5)
  })
})
