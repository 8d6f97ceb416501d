/** Which stamps become a mark, and when a mark goes back. */
import { StampCheck, StampMark } from '../../../src/private/ledger/stamps'

const noonMs = Date.UTC(2026, 10, 23, 12)
/** A frame of `atMs` after noon by the exchange, received `lateMs` later by a clock that is right. */
const frame = (atMs: number, lateMs = 0) => ({
  timestamp: noonMs + atMs,
  received_at: noonMs + atMs + lateMs,
})
/** One whose stamp is `aheadMs` ahead. */
const ahead = (atMs: number, aheadMs: number) => ({
  timestamp: noonMs + atMs + aheadMs,
  received_at: noonMs + atMs,
})

describe('StampCheck', () => {
  it('C5.4 one in microseconds is never sound, not the first and not the fourth of them', () => {
    const check = new StampCheck()
    const wrong = { timestamp: noonMs * 1000, received_at: noonMs }
    expect(Array.from({ length: 4 }, () => check.isSound(wrong))).toEqual([false, false, false, false])
    expect(check.isSound(frame(0))).toBe(true)
  })

  it('C5.4 one more than a minute ahead of the others is not; the third in a row is, since the clock has moved', () => {
    const check = new StampCheck()
    expect([check.isSound(frame(0)), check.isSound(frame(3_600_000))]).toEqual([true, true])
    expect(check.isSound(ahead(3_600_001, 60_001))).toBe(false)
    expect(check.isSound(frame(3_600_002))).toBe(true)
    const moved = [1, 2, 3, 4].map((index) => ahead(3_700_000 + index, 120_000))
    expect(moved.map((each) => check.isSound(each))).toEqual([false, false, true, true])
  })

  it('a clock of this machine that is wrong by hours makes none unsound', () => {
    const check = new StampCheck()
    expect(check.isSound(ahead(0, 7_200_000))).toBe(true)
    expect(check.isSound(ahead(1000, 7_200_500))).toBe(true)
  })
})

describe('StampMark', () => {
  it('C5.4 goes back with the third frame behind it, to the newest of them', () => {
    const mark = new StampMark()
    mark.take(frame(60_000))
    expect([1, 3, 2].map((atMs) => mark.take(frame(atMs)))).toEqual([false, false, true])
    expect(mark.newestMs).toBe(noonMs + 3)
  })

  it('stays where it is for frames that are seconds late, however many', () => {
    const mark = new StampMark()
    mark.take(frame(5000))
    for (let index = 0; index < 10; index++) expect(mark.take(frame(index, 5000))).toBe(false)
    expect(mark.newestMs).toBe(noonMs + 5000)
  })
})
