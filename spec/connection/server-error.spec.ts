import { isAuthError, isBlockError, isLimitError } from '../../src/connection/server-error'

const named = (name: string): { name: string; message: string } => ({ name, message: '' })

describe('isLimitError', () => {
  it.each([
    'TOO_MANY_REQUEST',
    'TOO_MANY_REQUESTS',
    'Too Many Requests',
    'too many request',
    'TooManyRequests',
    "I'm a teapot",
    "I'M_A_TEAPOT",
    "i'm a teapots",
    'I’m a teapot',
    'IM_A_TEAPOT',
  ])('C9.6 knows %p as a limit, however it is spelled', (name) => {
    expect(isLimitError(named(name))).toBe(true)
  })

  it.each([
    'INVALID_AUTH',
    'WRONG_FORMAT',
    'NO_TICKET',
    'NO_TYPE',
    'NO_CODES',
    'INVALID_PARAM',
    'TOO_MANY',
    '',
  ])('C9.6 takes %p for none', (name) => {
    expect(isLimitError(named(name))).toBe(false)
  })
})

describe('isBlockError', () => {
  it('knows a block from a first limit', () => {
    expect(isBlockError(named("I'm a Teapot"))).toBe(true)
    expect(isBlockError(named('TOO_MANY_REQUEST'))).toBe(false)
  })
})

describe('isAuthError', () => {
  it.each(['INVALID_AUTH', 'invalid auth', 'InvalidAuth'])('C10.2 knows %p', (name) => {
    expect(isAuthError(named(name))).toBe(true)
  })

  it('takes nothing else for it', () => {
    expect(isAuthError(named('INVALID_PARAM'))).toBe(false)
  })
})
