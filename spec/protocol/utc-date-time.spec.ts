import { isUtcDateTime, utcDateTime } from '../../src/protocol/utc-date-time'
import fc from '../support/seeded-fast-check'

describe('utcDateTime', () => {
  it('is every second that there is, and in the order of time', () => {
    const second = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) / 1000 })
    const text = (at: number): string => new Date(at * 1000).toISOString().slice(0, 19)
    fc.assert(
      fc.property(second, second, (one, other) => {
        expect(utcDateTime.is(text(one))).toBe(true)
        expect(text(one) < text(other)).toBe(one < other)
      }),
    )
  })

  it.each([
    'garbage',
    '',
    '2026-11-23T00:03:00Z',
    '2026-11-23T00:03:00.000',
    '2026-11-23 00:03:00',
    '2026-11-23T00:03',
    '2026-11-23',
    '+02026-11-23T00:03:00',
    '9999-99-99T00:00:00',
    '2026-02-30T00:00:00',
    '2026-11-23T24:00:00',
    '2026-11-23T00:60:00',
    '٢٠٢٦-11-23T00:03:00',
    1_795_392_000_000,
    null,
  ])('is not %p', (value) => {
    expect(isUtcDateTime(value)).toBe(false)
  })
})
