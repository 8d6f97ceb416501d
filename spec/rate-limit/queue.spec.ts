import { placeOf, priorities } from '../../src/rate-limit/priority'
import type { Queued } from '../../src/rate-limit/queue'
import { Queue } from '../../src/rate-limit/queue'
import fc from '../support/seeded-fast-check'

describe('Queue', () => {
  it('C11.1 property: is the list of all sorted by place and age, whoever comes and goes', () => {
    const step = fc.record({
      priority: fc.constantFrom(...priorities),
      afterMs: fc.constantFrom(0, 0, 1, 500, 2000),
      leaves: fc.option(fc.nat(50), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new Queue<Queued>()
        let model: Queued[] = []
        let nowMs = 0
        for (const { priority, afterMs, leaves } of steps) {
          const item = { priority, atMs: (nowMs += afterMs) }
          queue.add(item)
          model.push(item)
          const leaving = leaves === undefined ? undefined : model[leaves]
          if (leaving !== undefined) {
            expect([queue.remove(leaving), queue.remove(leaving)]).toEqual([true, false])
            model = model.filter((each) => each !== leaving)
          }
          // The sort is stable, and the model is in the order of coming.
          const sorted = [...model].sort((a, b) => placeOf(a.priority, a.atMs) - placeOf(b.priority, b.atMs))
          const order = queue.inOrder()
          expect(order).toHaveLength(sorted.length)
          expect(order.every((each, index) => each === sorted[index])).toBe(true)
          expect(queue.first).toBe(sorted[0])
          expect(queue.length).toBe(sorted.length)
          for (const each of priorities) {
            expect(queue.lengthOf(each)).toBe(sorted.filter((one) => one.priority === each).length)
          }
        }
      }),
    )
  })
})
