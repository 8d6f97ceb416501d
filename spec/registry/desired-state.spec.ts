import type { Command, DesiredState } from '../../src/registry/desired-state'
import { emptyDesiredState, foldCommand } from '../../src/registry/desired-state'
import { streamKey } from '../../src/registry/stream-key'
import { someCommand, someKeys } from './keys'
import fc from '../support/seeded-fast-check'

const btc = streamKey('ticker', 'KRW-BTC')
const eth = streamKey('ticker', 'KRW-ETH')

function fold(...commands: readonly Command[]): DesiredState {
  return commands.reduce(foldCommand, emptyDesiredState())
}

function counts(state: DesiredState): Record<string, number> {
  return Object.fromEntries([...state.entries].map(([id, { consumers }]) => [id, consumers]))
}

const add = (...keys: Command['keys']): Command => ({ kind: 'add', keys })
const remove = (...keys: Command['keys']): Command => ({ kind: 'remove', keys })

describe('foldCommand', () => {
  it('counts the consumers of each entry', () => {
    expect(counts(fold(add(btc, eth), add(btc)))).toEqual({ 'ticker KRW-BTC': 2, 'ticker KRW-ETH': 1 })
  })

  it('C4.2 keeps an entry until its last consumer leaves', () => {
    expect(counts(fold(add(btc), add(btc), remove(btc)))).toEqual({ 'ticker KRW-BTC': 1 })
    expect(counts(fold(add(btc), add(btc), remove(btc), remove(btc)))).toEqual({})
  })

  it.each<[string, readonly Command[], DesiredState['change']]>([
    ['a first consumer', [add(btc)], 'added'],
    ['a second consumer', [add(btc), add(btc)], 'none'],
    ['one consumer of two leaving', [add(btc), add(btc), remove(btc)], 'none'],
    ['the last consumer leaving', [add(btc), remove(btc)], 'removed'],
    ['one new entry among known ones', [add(btc), add(btc, eth)], 'added'],
    ['one entry going and another staying', [add(btc, eth), add(btc), remove(btc, eth)], 'removed'],
    ['nothing at all', [add()], 'none'],
  ])('tells of %s whether an entry came or went', (_case, commands, change) => {
    expect(fold(...commands).change).toBe(change)
  })

  it('does nothing about what was never added', () => {
    const state = fold(remove(btc), add(eth), remove(btc))
    expect(counts(state)).toEqual({ 'ticker KRW-ETH': 1 })
    expect(state.change).toBe('none')
  })

  it('adds, then the matching removes in any order, give the empty set', () => {
    fc.assert(
      fc.property(
        fc
          .array(someKeys)
          .chain((added) =>
            fc.tuple(fc.constant(added), fc.shuffledSubarray(added, { minLength: added.length })),
          ),
        ([added, removed]) => {
          const state = fold(...added.map((keys) => add(...keys)), ...removed.map((keys) => remove(...keys)))
          expect(counts(state)).toEqual({})
        },
      ),
    )
  })

  it('an entry is wanted while more adds than removes of it have come', () => {
    fc.assert(
      fc.property(fc.array(someCommand), (commands) => {
        const model = new Map<string, number>()
        for (const { kind, keys } of commands) {
          for (const { id } of keys) {
            model.set(id, Math.max(0, (model.get(id) ?? 0) + (kind === 'add' ? 1 : -1)))
          }
        }
        const wanted = [...model].filter(([, count]) => count > 0)
        expect(counts(fold(...commands))).toEqual(Object.fromEntries(wanted))
      }),
    )
  })

  it('does the same work for a command whether 8 or 8,000 entries are wanted', () => {
    // Time is no measure on a shared machine; what a command touches is. Every access to the entries is counted.
    const touches = (wanted: number): number => {
      const state = fold(
        add(...Array.from({ length: wanted }, (_, index) => streamKey('trade', `KRW-C${index}`))),
      )
      let touched = 0
      const entries = new Proxy(state.entries, {
        get(target, property) {
          touched++
          const value: unknown = Reflect.get(target, property, target)
          return typeof value === 'function' ? (value.bind(target) as unknown) : value
        },
      })
      const watched = { ...state, entries }
      foldCommand(watched, add(btc))
      foldCommand(watched, remove(btc))
      return touched
    }
    expect(touches(8000)).toBe(touches(8))
  })
})
