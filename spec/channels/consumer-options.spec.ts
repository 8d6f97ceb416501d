import { overflowPolicies } from '../../src/operators/overflow'
import type { EventKind } from '../../src/protocol/events'
import { checkConsumerOptions } from '../../src/channels/consumer-options'

const kinds: readonly EventKind[] = ['ticker', 'trade', 'orderbook', 'candle']

const option = (kind: EventKind, options: object): unknown => {
  try {
    checkConsumerOptions(kind, options)
    return 'passes'
  } catch (error) {
    return (error as { option?: string }).option
  }
}

describe('checkConsumerOptions', () => {
  it('C2.3 every option passes, set and undefined', () => {
    const { signal } = new AbortController()
    const options = { name: 'x', only: 'snapshot', buffer: {}, deliver: 'task', gaps: false, signal }
    const unset = Object.fromEntries(Object.keys(options).map((name) => [name, undefined]))
    for (const kind of kinds) {
      expect([option(kind, {}), option(kind, options), option(kind, unset)]).toEqual([
        'passes',
        'passes',
        'passes',
      ])
    }
  })

  it('C2.3 units and level are for order books', () => {
    for (const name of ['units', 'level']) {
      expect(kinds.map((kind) => option(kind, { [name]: 1 }))).toEqual([name, name, 'passes', name])
    }
  })

  it('C6.1 every policy but coalescing trades', () => {
    for (const kind of kinds) {
      const allowed = overflowPolicies.filter(
        (overflow) => option(kind, { buffer: { overflow } }) === 'passes',
      )
      expect(allowed).toEqual(
        kind === 'trade'
          ? ['drop-oldest', 'drop-newest', 'error']
          : ['drop-oldest', 'drop-newest', 'coalesce', 'error'],
      )
    }
  })

  it('C2.2 the first wrong one is named, with its path', () => {
    expect(option('ticker', { buffer: { capacity: 0, overflow: 'x' } })).toBe('buffer.capacity')
    expect(option('ticker', { buffer: { maxAgeMs: -1 } })).toBe('buffer.maxAgeMs')
    expect(option('ticker', { buffer: { keyOf: () => 1 } })).toBe('buffer.keyOf')
  })
})
