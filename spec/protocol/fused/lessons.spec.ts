import { Lessons } from '../../../src/protocol/fused/lessons'

const hourMs = 3_600_000

/** The misses among so many in a row, counted from 1, that are to be learned from. */
function taughtBy(lessons: Lessons, misses: number, nowMs = 0): readonly number[] {
  return Array.from({ length: misses }, (_, index) => index + 1).filter(() => lessons.missed(nowMs))
}

describe('Lessons', () => {
  it('are held at the first miss, then at every 32nd in a row', () => {
    expect(taughtBy(new Lessons(), 100)).toEqual([1, 33, 65, 97])
  })

  it('are not held for strangers now and then: what was recognised starts the count anew', () => {
    const lessons = new Lessons()
    lessons.missed(0)
    for (let round = 0; round < 10; round++) {
      expect(taughtBy(lessons, 31)).toEqual([])
      lessons.recognised()
    }
    expect(taughtBy(lessons, 32)).toEqual([32])
  })

  it('are eight an hour at most, the first included', () => {
    const lessons = new Lessons()
    expect(taughtBy(lessons, 1000)).toHaveLength(8)
    expect(taughtBy(lessons, 1000, hourMs - 1)).toEqual([])
    expect(taughtBy(lessons, 1000, hourMs)).toHaveLength(8)
  })

  it('are counted over any hour, not by the hour of the clock', () => {
    const lessons = new Lessons()
    const atMinutes = Array.from({ length: 120 }, (_, minute) => minute)
    const heldAt = atMinutes.filter((minute) => taughtBy(lessons, 32, minute * 60_000).length > 0)
    expect(heldAt).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 60, 61, 62, 63, 64, 65, 66, 67])
  })

  it('go on when the clock is set back by hours', () => {
    const lessons = new Lessons()
    expect(taughtBy(lessons, 1000, 5 * hourMs)).toHaveLength(8)
    expect(taughtBy(lessons, 1000, 0)).toHaveLength(8)
  })
})
