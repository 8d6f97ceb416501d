/** Arbitrary entries and commands: few codes and levels, so that they meet. */
import { publicTypes } from '../../src/protocol/wire'
import type { Command } from '../../src/registry/desired-state'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'
import fc from '../support/seeded-fast-check'

export const someKey: fc.Arbitrary<StreamKey> = fc
  .tuple(
    fc.constantFrom(...publicTypes),
    fc.constantFrom('KRW-BTC', 'KRW-ETH', 'BTC-XRP', 'USDT-SOL'),
    fc.constantFrom(0, 10_000),
  )
  .map(([type, code, level]) => streamKey(type, code, type === 'orderbook' ? level : 0))

/** What one consumer asks for: no entry twice. */
export const someKeys = fc.uniqueArray(someKey, { maxLength: 6, selector: ({ id }) => id })

export const someCommand: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom('add' as const, 'remove' as const),
  keys: someKeys,
})
