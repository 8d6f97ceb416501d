import { connectAdvice } from '../../src/connection/connect-advice'

const failure = (code: string): Error => Object.assign(new Error(code), { code })

describe('connectAdvice', () => {
  it.each([
    ['127.0.0.1:9000', 'ECONNREFUSED', /simulate --port 9000`, or set url or UPBIT_URL$/],
    ['localhost', 'ECONNREFUSED', /simulate --port 80`/],
    ['[::1]:81', 'ECONNREFUSED', /simulate --port 81`/],
    ['api.invalid', 'ENOTFOUND', /check the network/],
    ['api.invalid', 'EAI_AGAIN', /check the network/],
  ])('%s and %s', (host, code, said) => {
    expect(connectAdvice(host, { cause: failure(code) })).toMatch(said)
  })

  it('says of a path that is not served where it was set', () => {
    expect(connectAdvice('api.upbit.com', { status: 404 })).toMatch(/check that of url or UPBIT_URL$/)
    expect(connectAdvice('api.upbit.com', { status: 503 })).toBeUndefined()
  })

  it.each([
    ['api.upbit.com', failure('ECONNREFUSED')],
    ['localhost.invalid', failure('ECONNREFUSED')],
    ['127.0.0.1:9000', failure('ECONNRESET')],
    ['127.0.0.1:9000', undefined],
    ['127.0.0.1:9000', 'refused'],
  ])('none for %s and %o: the next attempt may succeed', (host, cause) => {
    expect(connectAdvice(host, { cause })).toBeUndefined()
  })
})
