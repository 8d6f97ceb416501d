import { readNumber } from '../../src/cli/read-number'
import { UsageError } from '../../src/cli/usage-error'

const factor = { least: 0.5, most: 100, allowed: 'a factor from 0.5 to 100', example: 10 }
const whole = { least: 0, most: 9, whole: true, allowed: 'a digit', example: 7 }

describe('readNumber', () => {
  it.each([
    ['0.5', 0.5],
    ['100', 100],
    ['2.', 2],
    ['.75', 0.75],
    ['1e1', 10],
    ['+3', 3],
  ])('reads %s', (text, value) => {
    expect(readNumber('rate', text, factor)).toBe(value)
  })

  it.each(['0.4', '101', '-1', '', 'ten', '1,5', '0x10', '3 4', 'Infinity', 'NaN', '1e999'])(
    'refuses %j, naming option, value, what is allowed and an example',
    (text) => {
      expect(() => readNumber('rate', text, factor)).toThrow(
        new UsageError(`--rate is '${text}'; give a factor from 0.5 to 100, as in --rate 10.`),
      )
    },
  )

  it('refuses a fraction where a whole number is needed', () => {
    expect(readNumber('digit', '9', whole)).toBe(9)
    expect(() => readNumber('digit', '1.5', whole)).toThrow(
      "--digit is '1.5'; give a digit, as in --digit 7.",
    )
  })
})
