import fc from '../../support/seeded-fast-check'
import { madeBefore } from '../../../src/rest/trading/made-before'

const atMs = Date.parse('2026-03-22T12:42:22Z')
const date = (ms: number): string => new Date(ms).toUTCString()
const korean = (ms: number): string => `${new Date(ms + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`

describe('madeBefore', () => {
  it('of an order that was made after the request went out is never yes, however wrong the clocks are', () => {
    const ms = (max: number) => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(
        fc.record({
          untilMadeMs: ms(30_000),
          untilShownMs: ms(3_600_000),
          untilReadMs: ms(3000),
          // Of the exchange's.
          aheadMs: fc.integer({ min: -86_400_000, max: 86_400_000 }),
          // Of this machine's, set while the request is out.
          setMs: fc.oneof(fc.constant(0), fc.integer({ min: -86_400_000, max: 86_400_000 })),
        }),
        ({ untilMadeMs, untilShownMs, untilReadMs, aheadMs, setMs }) => {
          const madeMs = atMs + untilMadeMs
          const shownMs = madeMs + untilShownMs
          const sight = {
            sentMs: atMs,
            nowMs: shownMs + untilReadMs + setMs,
            date: date(shownMs + aheadMs),
          }
          // Set back by less than the request has been out for, it cannot be noticed: only by a minute is it forgiven.
          fc.pre(setMs >= -58_000 || sight.nowMs < sight.sentMs)
          expect(madeBefore(korean(madeMs + aheadMs), sight)).not.toBe('yes')
        },
      ),
    )
  })

  it.each([
    ['a minute and two seconds', 62_000, 'yes'],
    ['less than a minute', 58_000, 'no'],
  ] as const)('of one that was made %s before the request', (_, beforeMs, expected) => {
    for (const aheadMs of [0, 3_600_000, -3_600_000]) {
      const sight = { sentMs: atMs, nowMs: atMs + 5000, date: date(atMs + 5000 + aheadMs) }
      expect(madeBefore(korean(atMs - beforeMs + aheadMs), sight)).toBe(expected)
    }
  })

  it('without the time of the exchange an old one is perhaps older: this clock may be wrong', () => {
    for (const text of [undefined, '', '0', 'soon', '2026-03-22', 'Sun, 99 Mar 2026 12:42:27 GMT']) {
      const sight = { sentMs: atMs, nowMs: atMs + 5000, date: text }
      expect(madeBefore(korean(atMs - 3_600_000), sight)).toBe('perhaps')
      expect(madeBefore(korean(atMs + 3000), sight)).toBe('no')
    }
  })

  it('of one whose stamp is none, or names no zone, is no', () => {
    for (const stamp of ['', 'yesterday', '2026-03-22', '2026-03-22T21:42:22', '2026-99-22T21:42:22+09:00']) {
      const sight = { sentMs: atMs + 1e9, nowMs: atMs + 1e9, date: date(atMs + 1e9) }
      expect(madeBefore(stamp, sight)).toBe('no')
    }
  })
})
