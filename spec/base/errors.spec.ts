import { inspect } from 'node:util'
import fc from '../support/seeded-fast-check'
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

  it('as JSON is what it says: name, code, message and its details, and no stack', () => {
    const error = new UpbitError('TIMEOUT', 'took long', {
      option: 'timeoutMs',
      status: 401,
      nextStep: 'wait',
      cause: new Error('below'),
    })
    const details = { option: 'timeoutMs', status: 401, nextStep: 'wait' }
    expect(JSON.stringify(error)).toBe(
      JSON.stringify({ name: 'UpbitError', code: 'TIMEOUT', message: 'took long', ...details }),
    )
    // Of a log that takes it apart, too.
    expect(JSON.parse(JSON.stringify({ errors: [error] }))).toMatchObject({
      errors: [{ message: 'took long' }],
    })
  })

  it('as JSON has a cause that is one of ours, and its causes in turn', () => {
    const innermost = new UpbitError('REST_FAILED', 'no answer', { cause: new Error('hush') })
    const cause = new UpbitError('TIMEOUT', 'took long', { cause: innermost })
    const error = new UpbitError('ORDER_UNKNOWN', 'was sent', { cause })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'UpbitError',
      code: 'ORDER_UNKNOWN',
      message: 'was sent',
      cause: {
        name: 'UpbitError',
        code: 'TIMEOUT',
        message: 'took long',
        cause: { name: 'UpbitError', code: 'REST_FAILED', message: 'no answer' },
      },
    })
  })

  it('C8.3 as JSON shows nothing of what else its cause may be, wherever in it a secret is', () => {
    const secret = 'Vp3xSecretKeyOfASpec92'
    const holders: readonly ((inner: unknown) => unknown)[] = [
      () => secret,
      () => [secret],
      (inner) => new Error(secret, { cause: inner }),
      (inner) => Object.assign(new Error('refused'), { config: { headers: { secret } }, response: inner }),
      (inner) => Object.assign(new Error('refused'), { toJSON: () => ({ secret, inner }) }),
      (inner) => new AggregateError([inner, secret], secret),
      (inner) => ({ name: 'UpbitError', code: 'TIMEOUT', message: secret, inner }),
      (inner) => Object.assign(() => inner, { secret }),
      (inner) => new Map([[secret, inner]]),
    ]
    const chain = fc.array(fc.nat(holders.length - 1), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(chain, fc.nat(2), (made, depth) => {
        let cause = made.reduce<unknown>((inner, at) => holders[at]?.(inner), undefined)
        for (let above = 0; above < depth; above++) cause = new UpbitError('TIMEOUT', 'took long', { cause })
        const error = new UpbitError('CONNECT_FAILED', 'no connection', { cause })
        expect(JSON.stringify({ error })).not.toContain(secret)
        expect(JSON.stringify(error)).toContain('no connection')
      }),
    )
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
