import { Ring } from '../../src/operators/ring'
import fc from '../support/seeded-fast-check'

describe('Ring', () => {
  it('gives elements back in the order in which they came', () => {
    const ring = new Ring<number>()
    ring.push(1)
    ring.push(2)
    expect(ring.peek()).toBe(1)
    expect(ring.shift()).toBe(1)
    ring.push(3)
    expect([ring.shift(), ring.shift()]).toEqual([2, 3])
    expect(ring.size).toBe(0)
    expect(ring.peek()).toBeUndefined()
  })

  it('counts positions from the first element ever pushed and never starts again', () => {
    const ring = new Ring<number>()
    for (let n = 0; n < 5000; n++) ring.push(n)
    for (let n = 0; n < 4000; n++) ring.shift()
    expect([ring.head, ring.tail, ring.size]).toEqual([4000, 5000, 1000])
    ring.clear()
    expect([ring.head, ring.tail, ring.size]).toEqual([5000, 5000, 0])
    ring.push(7)
    expect([ring.peek(), ring.head]).toEqual([7, 5000])
  })

  it('behaves like an array under any sequence of pushes and shifts, growing and shrinking', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1500, max: 1500 }), { maxLength: 30 }), (bursts) => {
        const ring = new Ring<number>()
        const model: number[] = []
        let next = 0
        for (const burst of bursts) {
          for (let n = 0; n < burst; n++) {
            ring.push(next)
            model.push(next++)
          }
          for (let n = 0; n > burst && model.length > 0; n--) expect(ring.shift()).toBe(model.shift())
          expect(ring.size).toBe(model.length)
          expect(ring.peek()).toBe(model[0])
        }
      }),
    )
  })
})
