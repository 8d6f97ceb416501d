/** All open orders over pages that move while they are read. */
import type { Observable } from 'rxjs'
import { defer, of } from 'rxjs'
import { openPages$ } from '../../../src/private/supply/open-pages'
import type { RestOrder } from '../../../src/rest/rows/order-row'
import fc from '../../support/seeded-fast-check'
import { orderRow } from '../support/given'

/** `count` open orders; `moved` may end some and add others before each page is read. */
function book(count: number, moved: (open: string[], reading: number) => void = () => undefined) {
  const open = Array.from({ length: count }, (_, index) => `order-${index}`)
  const pages: number[] = []
  const page$ = (page: number): Observable<readonly RestOrder[]> =>
    defer(() => {
      moved(open, pages.length)
      pages.push(page)
      return of(open.slice((page - 1) * 100, page * 100).map((uuid) => orderRow(0, { uuid })))
    })
  return { open, pages, page$ }
}

function listed(page$: (page: number) => Observable<readonly RestOrder[]>, expected: number): Set<string> {
  const uuids = new Set<string>()
  openPages$(page$, expected).subscribe((rows) => {
    for (const { uuid } of rows) uuids.add(uuid)
  })
  return uuids
}

describe('openPages$', () => {
  it.each<[number, number, number[]]>([
    [0, 0, [1]],
    [99, 0, [1]],
    [100, 0, [1, 2, 1]],
    [100, 100, [1, 2, 1]],
    [250, 250, [3, 2, 1]],
    [250, 0, [1, 2, 4, 3, 2, 1]],
    [0, 500, [5, 2, 1]],
    [300, 300, [3, 4, 3, 2, 1]],
  ])('of %i orders where %i were expected it reads the pages %j', (count, expected, pages) => {
    const { page$, pages: read } = book(count)
    expect(listed(page$, expected).size).toBe(count)
    expect(read).toEqual(pages)
  })

  it('of 10,000 orders that are known it reads each page once', () => {
    const { page$, pages } = book(9950)
    expect(listed(page$, 9950).size).toBe(9950)
    expect(pages).toHaveLength(100)
  })

  it('an order that moves to another page is not lost', () => {
    // Read forward it would be: order 100 is the first of page 2, and comes to page 1 when order 0 ends after that was read.
    const { page$ } = book(150, (open, reading) => {
      if (reading === 1) open.shift()
    })
    expect(listed(page$, 0).has('order-100')).toBe(true)
  })

  it('whatever ends and comes meanwhile, those that were open all the time are listed', () => {
    const ends = fc.array(fc.array(fc.nat(2000), { maxLength: 150 }), { maxLength: 30 })
    fc.assert(
      fc.property(fc.nat(1200), fc.nat(1500), ends, fc.nat(120), (count, expected, given, added) => {
        const { page$, open } = book(count, (orders, reading) => {
          for (const at of given[reading] ?? []) orders.splice(at % Math.max(1, orders.length), 1)
          if (reading < 10) for (let index = 0; index < added; index++) orders.push(`new-${reading}-${index}`)
        })
        const uuids = listed(page$, expected)
        for (const uuid of open) if (!uuid.startsWith('new')) expect(uuids).toContain(uuid)
      }),
      { numRuns: 60 },
    )
  })

  it('ends where an exchange gives the same full page for ever', () => {
    let calls = 0
    const full = Array.from({ length: 100 }, (_, index) => orderRow(0, { uuid: String(index) }))
    openPages$(() => {
      calls++
      return of(full)
    }, 0).subscribe()
    expect(calls).toBeLessThan(20_100)
  })
})
