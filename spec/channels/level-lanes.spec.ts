import { LevelLanes } from '../../src/channels/level-lanes'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'
import fc from '../support/seeded-fast-check'

const book = (code: string, level: number): StreamKey => streamKey('orderbook', code, level)

describe('LevelLanes', () => {
  it('puts everything but books on the main lane', () => {
    const lanes = new LevelLanes()
    expect(
      ['ticker', 'trade', 'candle.1m'].map((type) => lanes.take(streamKey(type as 'ticker', 'KRW-BTC'))),
    ).toEqual([0, 0, 0])
    lanes.release(streamKey('ticker', 'KRW-BTC'))
  })

  it('C9.4 gives a second level of a code another lane, and each code its own count', () => {
    const lanes = new LevelLanes()
    const taken = [book('A', 0), book('A', 10), book('A', 0), book('B', 10), book('A', 100)].map((key) =>
      lanes.take(key),
    )
    expect(taken).toEqual([0, 1, 0, 0, 2])
  })

  it('C9.4 frees a place with its last consumer, and gives the lowest free one', () => {
    const lanes = new LevelLanes()
    for (const key of [book('A', 0), book('A', 0), book('A', 10)]) lanes.take(key)
    lanes.release(book('A', 0))
    expect(lanes.take(book('A', 100))).toBe(2)
    lanes.release(book('A', 0))
    expect(lanes.take(book('A', 1000))).toBe(0)
    // A level stays where it is for as long as somebody has it.
    expect(lanes.take(book('A', 10))).toBe(1)
  })

  it('takes a release of what nobody has as nothing', () => {
    const lanes = new LevelLanes()
    lanes.release(book('A', 10))
    expect(lanes.take(book('A', 10))).toBe(0)
  })

  it('C9.4 never has two levels of a code on one lane, nor one level on two', () => {
    const command = fc.record({ take: fc.boolean(), code: fc.constantFrom('A', 'B'), level: fc.nat(3) })
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const lanes = new LevelLanes()
        /** Where each consumer is: `code level` to its lane, once a consumer. */
        const held: { readonly key: StreamKey; readonly lane: number }[] = []
        for (const { take, code, level } of commands) {
          const key = book(code, level)
          if (take) {
            const lane = lanes.take(key)
            for (const other of held) {
              if (other.key.code === code) expect(other.key.level === level).toBe(other.lane === lane)
            }
            held.push({ key, lane })
          } else {
            const index = held.findIndex((other) => other.key.id === key.id)
            if (index === -1) continue
            held.splice(index, 1)
            lanes.release(key)
          }
        }
        for (const { key } of held) lanes.release(key)
        expect(lanes.take(book('A', 7))).toBe(0)
      }),
    )
  })
})
