import { checkBufferOptions, clockOf, type BufferOptions } from '../../src/operators/buffer-options'
import { realEnvironment } from '../../src/base/environment'

const valid: BufferOptions<number> = { capacity: 1, overflow: 'drop-oldest' }

describe('checkBufferOptions', () => {
  it('accepts every policy, the smallest capacity and every callback', () => {
    for (const overflow of ['drop-oldest', 'drop-newest', 'coalesce', 'error'] as const) {
      expect(() => checkBufferOptions({ ...valid, overflow })).not.toThrow()
    }
    const callback = (): void => {}
    const all = { keyOf: callback, onDrop: callback, onTally: callback, maxAgeMs: 0.5 }
    expect(() => checkBufferOptions({ ...valid, overflow: 'coalesce', ...all })).not.toThrow()
  })

  it.each([
    ['capacity', 0],
    ['capacity', -1],
    ['capacity', 1.5],
    ['capacity', NaN],
    ['capacity', Infinity],
    ['capacity', '5'],
    ['overflow', 'latest'],
    ['overflow', undefined],
    ['maxAgeMs', 0],
    ['maxAgeMs', NaN],
    ['keyOf', () => 1],
    ['onDrop', 'log'],
    ['onTally', {}],
  ])('C2.2 names the option %s, its value %p and what is allowed', (option, value) => {
    expect(() => checkBufferOptions({ ...valid, [option]: value })).toThrow(
      expect.objectContaining({
        code: 'INVALID_OPTION',
        option,
        message: expect.stringMatching(new RegExp(`^\`${option}\` is .+; allowed: .+\\.$`)),
      }),
    )
  })

  it('says that keys are for coalescing', () => {
    expect(() => checkBufferOptions({ ...valid, keyOf: () => 1 })).toThrow("'coalesce'")
    expect(() =>
      checkBufferOptions({
        ...valid,
        overflow: 'coalesce',
        keyOf: 'code',
      } as unknown as BufferOptions<number>),
    ).toThrow("`keyOf` is 'code'; allowed: a function.")
  })
})

describe('clockOf', () => {
  it('reads the clock of the environment given, else the real one', () => {
    expect(clockOf({ ...valid, environment: { ...realEnvironment, now: () => 7 } })()).toBe(7)
    const beforeMs = Date.now()
    expect(clockOf(valid)()).toBeGreaterThanOrEqual(beforeMs)
  })
})
