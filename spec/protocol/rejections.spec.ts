import type { DecodeError } from '../../src/protocol/decode-error'
import { Rejections } from '../../src/protocol/rejections'

function setUp() {
  const told: DecodeError[] = []
  const rejections = new Rejections((error) => told.push(error))
  return { told, rejections }
}

const bad = (index: number, code?: string): DecodeError => ({
  path: `$[${index}].trade_price`,
  expected: 'a number',
  actual: 'null',
  ...(code === undefined ? {} : { type: 'ticker', code }),
})

const sum = (told: readonly DecodeError[]): number => told.reduce((all, { count = 1 }) => all + count, 0)

describe('Rejections', () => {
  it('tells few as they are, at once', () => {
    const { told, rejections } = setUp()
    for (let i = 0; i < 8; i++) rejections.add(bad(i, 'KRW-BTC'))
    expect(told).toEqual(Array.from({ length: 8 }, (_, i) => bad(i, 'KRW-BTC')))
    rejections.end()
    expect(told).toHaveLength(8)
  })

  it('tells the rest at the end, one a stream, with its count where it is more than one', () => {
    const { told, rejections } = setUp()
    for (let i = 0; i < 8; i++) rejections.add(bad(i))
    for (const [i, code] of ['KRW-BTC', 'KRW-ETH', undefined, 'KRW-BTC', undefined].entries()) {
      rejections.add(bad(8 + i, code))
    }
    expect(told).toHaveLength(8)
    rejections.end()
    expect(told.slice(8)).toEqual([
      { ...bad(8, 'KRW-BTC'), count: 2 },
      bad(9, 'KRW-ETH'),
      { ...bad(10), count: 2 },
    ])
  })

  it('bounds the streams, and counts those beyond without a name', () => {
    const { told, rejections } = setUp()
    for (let i = 0; i < 30_000; i++) rejections.add(bad(i, `KRW-${i}`))
    rejections.end()
    expect(told).toHaveLength(8 + 1000 + 1)
    expect(told.at(-1)).toEqual({ ...bad(1008), count: 30_000 - 1008 })
    expect(sum(told)).toBe(30_000)
  })
})
