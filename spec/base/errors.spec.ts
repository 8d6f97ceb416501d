import { inspect } from 'node:util'
import { errorCodes, isUpbitError, UpbitError } from '../../src/base/errors'

describe('UpbitError', () => {
  it('carries its code, its details and its cause', () => {
    const cause = new Error('below')
    const error = new UpbitError('INVALID_OPTION', 'too small', {
      option: 'units',
      nextStep: 'raise it',
      cause,
    })
    expect(error).toMatchObject({ code: 'INVALID_OPTION', option: 'units', nextStep: 'raise it', cause })
    expect(String(error)).toBe('UpbitError: too small')
  })

  it('shows the details that it has, and no others', () => {
    const error = new UpbitError('TIMEOUT', 'took long', { nextStep: 'wait' })
    expect(Object.keys(error).sort()).toEqual(['code', 'name', 'nextStep'])
    expect(inspect(error)).not.toContain('undefined')
    expect('cause' in error).toBe(false)
  })
})

describe('isUpbitError', () => {
  it('C1.5 knows an error of another build by its name and code, and nothing else', () => {
    const foreign = Object.assign(new Error('of another build'), { name: 'UpbitError', code: errorCodes[0] })
    expect(isUpbitError(foreign)).toBe(true)
    expect(isUpbitError(new UpbitError('TIMEOUT', 'took long'))).toBe(true)
    expect(isUpbitError(Object.assign(new Error('odd'), { name: 'UpbitError', code: 'NO_SUCH_CODE' }))).toBe(
      false,
    )
    expect(isUpbitError(new Error('plain'))).toBe(false)
    expect(isUpbitError({ name: 'UpbitError', code: 'TIMEOUT' })).toBe(false)
  })
})
