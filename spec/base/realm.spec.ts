import { realmSlot } from '../../src/base/realm'

describe('realmSlot', () => {
  it('C1.5 gives every copy of the package the same thing by name', () => {
    const mine = realmSlot('spec', () => ({ made: 'here' }))
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a second copy is what `require` gives here
      const copy = require('../../src/base/realm') as { realmSlot: typeof realmSlot }
      expect(copy.realmSlot).not.toBe(realmSlot)
      expect(copy.realmSlot('spec', () => ({ made: 'there' }))).toBe(mine)
    })
    expect(mine.made).toBe('here')
  })

  it('C1.5 keeps them under one symbol of the major version', () => {
    const slot = realmSlot('spec of the symbol', () => new Set())
    const held = (globalThis as Record<symbol, unknown>)[Symbol.for('upbit-rx/0')]
    expect(held).toBeInstanceOf(Map)
    expect((held as Map<string, unknown>).get('spec of the symbol')).toBe(slot)
  })

  it('a name from nowhere is no special one', () => {
    expect(realmSlot('__proto__', () => [1])).toEqual([1])
    expect(realmSlot('constructor', () => [2])).toEqual([2])
  })
})
