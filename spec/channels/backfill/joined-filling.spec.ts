import { of } from 'rxjs'
import type { Filling } from '../../../src/channels/backfill/filling'
import { JoinedFilling } from '../../../src/channels/backfill/joined-filling'
import type { BackfilledEvent } from '../../../src/protocol/rest-event'
import { aCandle, aTrade } from '../../../src/testing'

const stamp = { epoch: 0, received_at: 0, source: 'rest' } as const

const trade = (code: string, trade_timestamp: number, sequential_id: string): BackfilledEvent => ({
  ...aTrade({ code, trade_timestamp, sequential_id }),
  ...stamp,
})

const candle = (candle_date_time_utc: string, timestamp: number): BackfilledEvent => ({
  ...aCandle('1m', { candle_date_time_utc, timestamp }),
  ...stamp,
})

/** What is there when its work is done. */
function filling(...rows: readonly BackfilledEvent[]): Filling {
  let given = rows
  return {
    work$: of(undefined),
    get size() {
      return given.length
    },
    at: (index) => given[index],
    isMissing: (row) => given.includes(row),
    withholds: (row) => given.includes(row as BackfilledEvent),
    release: () => (given = []),
  }
}

function rowsOf(joined: Filling): BackfilledEvent[] {
  const rows: BackfilledEvent[] = []
  for (let row = joined.at(0); row !== undefined; row = joined.at(rows.length)) rows.push(row)
  return rows
}

const ids = (joined: Filling): unknown[] =>
  rowsOf(joined).map((row) =>
    'sequential_id' in row ? row.sequential_id : row.candle_date_time_utc.slice(14, 16),
  )

describe('JoinedFilling', () => {
  it('C7 gives trades of all codes by their execution, then by id as a number', () => {
    const joined = new JoinedFilling([
      filling(trade('KRW-BTC', 1, '1'), trade('KRW-BTC', 3, '9'), trade('KRW-BTC', 5, '5')),
      filling(trade('KRW-ETH', 2, '2'), trade('KRW-ETH', 3, '10'), trade('KRW-ETH', 4, '4')),
      filling(),
      filling(trade('KRW-XRP', 3, '8')),
    ])
    expect(joined.size).toBe(7)
    expect(ids(joined)).toEqual(['1', '2', '8', '9', '10', '4', '5'])
    expect(joined.at(7)).toBeUndefined()
    expect(ids(joined)).toHaveLength(7)
  })

  it('C7 candles among them stay in the order of their periods', () => {
    const joined = new JoinedFilling([
      filling(candle('2026-11-23T00:01:00', 30), candle('2026-11-23T00:02:00', 20)),
      filling(trade('KRW-ETH', 25, '25'), trade('KRW-ETH', 35, '35')),
    ])
    expect(ids(joined)).toEqual(['25', '01', '02', '35'])
  })

  it('has nothing left when it is released', () => {
    const joined = new JoinedFilling([filling(trade('KRW-BTC', 1, '1')), filling(trade('KRW-ETH', 2, '2'))])
    expect(rowsOf(joined)).toHaveLength(2)
    joined.release()
    expect(joined.size).toBe(0)
    expect(joined.at(0)).toBeUndefined()
  })
})
