import { checkNames } from '../../src/base/check-names'

/** `undefined` when it passes, else the error. */
function refusal(check: () => void): Error | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_OPTION' })
    return error as Error
  }
}
const said = (check: () => void): string | undefined => refusal(check)?.message

describe('checkNames', () => {
  it.each<[unknown, string | undefined]>([
    [{}, undefined],
    [{ a: 1 }, undefined],
    [{ b: undefined }, 'There is no `b`; allowed: a.'],
    [null, '`options` is null; allowed: an object.'],
    ['a', "`options` is 'a'; allowed: an object."],
    [[], '`options` is a list of 0; allowed: an object.'],
    [['a'], '`options` is a list of 1; allowed: an object.'],
  ])('names of %j', (options, message) => {
    expect(said(() => checkNames(options, ['a']))).toBe(message)
  })

  it('C2.2 names of an option that has options', () => {
    expect(said(() => checkNames({ b: 1 }, ['a'], 'buffer'))).toBe('There is no `buffer.b`; allowed: a.')
    expect(said(() => checkNames(1, ['a'], 'buffer'))).toBe('`buffer` is 1; allowed: an object.')
    expect(refusal(() => checkNames('uuid', ['uuid', 'identifier']))).toMatchObject({
      nextStep: 'Write { uuid, identifier }, or what is needed of it.',
    })
    expect(refusal(() => checkNames(1, ['a', 'b', 'c', 'd', 'e', 'f']))).toMatchObject({
      nextStep: 'Write { a, b, c, d, e, … }, or what is needed of it.',
    })
    expect(refusal(() => checkNames(1, []))).not.toHaveProperty('nextStep')
  })

  it.each([
    ['unit', 'Did you mean `units`?'],
    ['lvel', 'Did you mean `level`?'],
    ['colour', 'Leave it out.'],
  ])('C2.2 proposes what %s was probably meant to be', (name, nextStep) => {
    const error = refusal(() => checkNames({ [name]: 1 }, ['units', 'level']))
    expect(error).toMatchObject({ option: name, nextStep })
  })
})
