import { compact, kstDateTime, utcDate, utcDateTime, utcTime } from '../../src/simulator/dates'

describe('dates', () => {
  const atMs = Date.UTC(2026, 11, 31, 23, 59, 58, 999)

  it('are UTC without a zone, and nine hours later in Korea', () => {
    expect([utcDateTime(atMs), utcDate(atMs), utcTime(atMs)]).toEqual([
      '2026-12-31T23:59:58',
      '2026-12-31',
      '23:59:58',
    ])
    expect(kstDateTime(atMs)).toBe('2027-01-01T08:59:58')
  })

  it('come without separators for tickers', () => {
    expect([compact(utcDate(atMs)), compact(utcTime(atMs))]).toEqual(['20261231', '235958'])
  })
})
