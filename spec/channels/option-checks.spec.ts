import { asapScheduler, EMPTY } from 'rxjs'
import {
  checkBoolean,
  checkDeliver,
  checkHandler,
  checkMs,
  checkOneOf,
  checkSignal,
  checkText,
  checkWhole,
  hasMembers,
} from '../../src/channels/option-checks'

/** `undefined` when it passes, else the message. */
function said(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_OPTION' })
    return (error as Error).message
  }
}

const symbol = Symbol('s')

describe('C2.2 checks name the option, the value and what is allowed', () => {
  it.each<[string, (option: string, value: unknown) => void, readonly unknown[], readonly unknown[]]>([
    ['one of', (o, v) => checkOneOf(o, v, ['x', 'y']), ['x', 'y'], ['z', '', 1, null, {}]],
    [
      'whole',
      (o, v) => checkWhole(o, v, 1),
      [1, 2, 2 ** 53 - 1],
      [0, -1, 1.5, NaN, Infinity, 2 ** 53, '1', null, 1n],
    ],
    ['ms', checkMs, [0.1, 1, Infinity], [0, -1, NaN, '1', null]],
    ['boolean', checkBoolean, [true, false], [0, 'true', null]],
    ['text', checkText, ['x'], ['', 1, null, {}]],
    [
      'signal',
      (_, v) => checkSignal(v),
      [
        AbortSignal.abort(),
        new AbortController().signal,
        { aborted: false, addEventListener: 1, removeEventListener: 1 },
      ],
      [null, true, {}, new AbortController()],
    ],
    [
      'deliver',
      (_, v) => checkDeliver(v),
      ['sync', 'task', asapScheduler, EMPTY],
      [null, 'async', {}, () => EMPTY, { schedule: 1 }],
    ],
  ])('%s', (_, check, right, wrong) => {
    expect(said(() => check('given', undefined))).toBeUndefined()
    for (const value of right) expect(said(() => check('given', value))).toBeUndefined()
    for (const value of wrong)
      expect(said(() => check('given', value))).toMatch(/^`\w+` is .+; allowed: .+\.$/)
  })

  it('handlers are functions', () => {
    expect(said(() => checkHandler(() => {}))).toBeUndefined()
    expect(said(() => checkHandler(undefined))).toBe('`handler` is undefined; allowed: a function.')
  })

  it('C2.2 no value makes a check fall over', () => {
    for (const value of [symbol, Object.create(null), 10n, []]) {
      expect(said(() => checkText('name', value))).toBeDefined()
      expect(said(() => checkOneOf('only', value, ['x']))).toBeDefined()
    }
  })

  it('members may be inherited', () => {
    expect(hasMembers(Object.create({ a: 1 }), ['a'])).toBe(true)
    expect(hasMembers(null, [])).toBe(false)
    expect(hasMembers('text', ['length'])).toBe(false)
  })
})
