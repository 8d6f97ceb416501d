import { listedMarkets } from '../../src/rest/listed-markets'
import { record } from '../support/recorder'
import { fakeRest } from './support/fake-rest'
import { marketsBody } from './support/rows'

const minuteMs = 60_000

describe('listedMarkets', () => {
  it('tells the codes, fetched once for all who ask within five minutes, with the least priority', () => {
    const { calls, time, asked, permits } = fakeRest([{ body: marketsBody, afterMs: 100 }])
    const listed$ = listedMarkets(calls, time.environment)
    const [one, other] = [record(listed$()), record(listed$())]
    time.pass(100)
    expect([one.values, other.values]).toEqual([[new Set(['KRW-BTC'])], [new Set(['KRW-BTC'])]])
    expect(one.end).toBe('complete')
    time.pass(5 * minuteMs - 1)
    expect(record(listed$()).values).toHaveLength(1)
    expect(asked).toHaveLength(1)
    time.pass(1)
    record(listed$())
    time.pass(100)
    expect(asked).toHaveLength(2)
    expect(permits).toEqual(['market address poll', 'market address poll'])
  })

  it('a failure goes to who waits and is not kept', () => {
    const { calls, time } = fakeRest([{ status: 404 }, { body: marketsBody }])
    const listed$ = listedMarkets(calls, time.environment)
    const failed = record(listed$())
    time.pass(0)
    expect(failed.errorCode).toBe('NOT_FOUND')
    const next = record(listed$())
    time.pass(0)
    expect(next.values).toHaveLength(1)
  })
})
