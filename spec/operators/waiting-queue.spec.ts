import { KeyedQueue, PlainQueue } from '../../src/operators/waiting-queue'

describe('PlainQueue', () => {
  it('keeps every value and never replaces one', () => {
    const queue = new PlainQueue<string>(false)
    queue.push('a', 'key', 0)
    expect(queue.replace()).toBe(false)
    queue.fence()
    queue.push('b', 'key', 0)
    expect([queue.size, queue.head, queue.tail]).toEqual([2, 0, 2])
    expect([queue.shift(), queue.shift()]).toEqual(['a', 'b'])
  })

  it('knows when its oldest value came, if it is asked to keep times', () => {
    const timed = new PlainQueue<string>(true)
    timed.push('a', undefined, 5)
    timed.push('b', undefined, 9)
    expect(timed.oldestAtMs).toBe(5)
    timed.shift()
    expect(timed.oldestAtMs).toBe(9)
    timed.clear()
    expect([timed.size, timed.oldestAtMs]).toEqual([0, 0])
    const untimed = new PlainQueue<string>(false)
    untimed.push('a', undefined, 5)
    expect(untimed.oldestAtMs).toBe(0)
    untimed.clear()
    expect(untimed.size).toBe(0)
  })
})

describe('KeyedQueue', () => {
  it('keeps the newest value of a key at the place where the key first came', () => {
    const queue = new KeyedQueue<string>()
    queue.push('a1', 'a', 1)
    queue.push('b1', 'b', 2)
    expect(queue.replace('a2', 'a', 3)).toBe(true)
    expect(queue.replace('c1', 'c', 3)).toBe(false)
    expect([queue.size, queue.oldestAtMs]).toEqual([2, 3])
    expect([queue.shift(), queue.shift(), queue.size]).toEqual(['a2', 'b1', 0])
    expect(queue.replace('a3', 'a', 4)).toBe(false)
    expect(queue.oldestAtMs).toBe(0)
  })

  it('moves a key behind a fence when a newer value of it comes after', () => {
    const queue = new KeyedQueue<string>()
    queue.push('a1', 'a', 1)
    queue.push('b1', 'b', 1)
    queue.push('c1', 'c', 1)
    queue.fence()
    expect(queue.replace('b2', 'b', 2)).toBe(true)
    expect([queue.size, queue.head, queue.tail]).toEqual([3, 0, 4])
    expect(queue.replace('a2', 'a', 2)).toBe(true)
    // The places of a1 and b1 are empty, so the oldest value is c1 at position 2.
    expect([queue.size, queue.head, queue.tail]).toEqual([3, 2, 5])
    expect(queue.replace('b3', 'b', 3)).toBe(true)
    expect([queue.shift(), queue.shift(), queue.shift()]).toEqual(['c1', 'b3', 'a2'])
    expect([queue.size, queue.head]).toEqual([0, 5])
  })

  it('forgets everything when cleared', () => {
    const queue = new KeyedQueue<string>()
    queue.push('a1', 'a', 1)
    queue.clear()
    expect(queue.size).toBe(0)
    expect(queue.replace('a2', 'a', 1)).toBe(false)
  })
})
