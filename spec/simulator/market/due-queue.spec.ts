import { DueQueue } from '../../../src/simulator/market/due-queue'
import fc from '../../support/seeded-fast-check'

describe('DueQueue', () => {
  it('gives everything in the order of its time, as far as it is due', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 })),
        fc.integer({ min: 0, max: 50 }),
        (times, untilMs) => {
          const queue = new DueQueue<{ dueMs: number }>()
          for (const dueMs of times) queue.add({ dueMs })
          const taken: number[] = []
          for (let item = queue.take(untilMs); item !== undefined; item = queue.take(untilMs))
            taken.push(item.dueMs)
          expect(taken).toEqual(times.filter((ms) => ms <= untilMs).sort((a, b) => a - b))
          expect(queue.nextMs()).toBe(times.filter((ms) => ms > untilMs).sort((a, b) => a - b)[0])
        },
      ),
    )
  })

  it('skips entries whose time no longer holds', () => {
    const queue = new DueQueue<{ dueMs: number }>()
    const moved = { dueMs: 1 }
    queue.add(moved)
    queue.add({ dueMs: 5 })
    moved.dueMs = 9
    expect(queue.nextMs()).toBe(5)
    queue.add({ dueMs: Infinity })
    expect(queue.take(100)).toEqual({ dueMs: 5 })
    expect(queue.take(100)).toBeUndefined()
  })
})
