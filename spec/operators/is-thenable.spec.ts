import { isThenable } from '../../src/operators/is-thenable'
import { ManualWork } from './support'

describe('isThenable', () => {
  it('is true of promises and of whatever has a `then` to call', () => {
    expect([Promise.resolve(), new ManualWork()].map(isThenable)).toEqual([true, true])
  })

  it('is true of a function that has a `then` too', () => {
    expect(isThenable(Object.assign(() => {}, { then: () => {} }))).toBe(true)
  })

  it('is false of every other result', () => {
    expect([undefined, null, 0, 'then', {}, { then: 1 }, () => {}].filter(isThenable)).toEqual([])
  })
})
