import { createRegistry } from '../../src/registry/registry'
import { streamKey } from '../../src/registry/stream-key'
import { someCommand } from './keys'
import fc from '../support/seeded-fast-check'

const btc = streamKey('ticker', 'KRW-BTC')
const eth = streamKey('ticker', 'KRW-ETH')

describe('createRegistry', () => {
  it('counts whether or not anybody listens, so that a later session reads the same truth', () => {
    const registry = createRegistry()
    registry.add([btc])
    registry.add([btc, eth])
    registry.remove([btc])
    expect([...registry.desired.entries.keys()]).toEqual([btc.id, eth.id])
    expect(registry.desired.entries.get(btc.id)?.consumers).toBe(1)
  })

  it('emits changes as they come, and none of those before', () => {
    const registry = createRegistry()
    registry.add([btc])
    const changes: string[] = []
    const listening = registry.changes$.subscribe(({ change }) => changes.push(change))
    registry.add([eth])
    registry.remove([btc])
    listening.unsubscribe()
    registry.add([btc])
    expect(changes).toEqual(['added', 'removed'])
  })

  it('emits only when a count crosses between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(someCommand), (commands) => {
        const registry = createRegistry()
        let emitted = 0
        registry.changes$.subscribe(() => emitted++)
        let expected = 0
        for (const { kind, keys } of commands) {
          const before = [...registry.desired.entries.keys()].join()
          if (kind === 'add') registry.add(keys)
          else registry.remove(keys)
          if ([...registry.desired.entries.keys()].join() !== before) expected++
          expect(emitted).toBe(expected)
        }
      }),
    )
  })

  it('serves several listeners, and one that comes after another has left', () => {
    const registry = createRegistry()
    const heard: string[] = []
    const first = registry.changes$.subscribe(() => heard.push('first'))
    registry.changes$.subscribe(() => heard.push('second'))
    registry.add([btc])
    first.unsubscribe()
    registry.changes$.subscribe(() => heard.push('third'))
    registry.remove([btc])
    expect(heard).toEqual(['first', 'second', 'second', 'third'])
  })
})
