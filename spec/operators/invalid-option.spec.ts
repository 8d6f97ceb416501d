import { invalidOption } from '../../src/base/invalid-option'

describe('invalidOption', () => {
  it.each([
    [0, '`x` is 0; allowed: y.'],
    ['lossy', "`x` is 'lossy'; allowed: y."],
    [undefined, '`x` is undefined; allowed: y.'],
    [null, '`x` is null; allowed: y.'],
    [() => 1, '`x` is a function; allowed: y.'],
    [{ secret: 'hidden' }, '`x` is an object; allowed: y.'],
  ])('names the option, the value %p and what is allowed', (value, message) => {
    expect(invalidOption('x', value, 'y')).toMatchObject({ code: 'INVALID_OPTION', option: 'x', message })
  })
})
