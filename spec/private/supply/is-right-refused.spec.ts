import { UpbitError } from '../../../src/base/errors'
import { isRightRefused } from '../../../src/private/supply/is-right-refused'

describe('isRightRefused', () => {
  it('is so where the key lacks this one right, and not where the key itself is refused', () => {
    const refusal = (serverName: string) => new UpbitError('AUTH_REFUSED', 'It was refused.', { serverName })
    expect(isRightRefused(refusal('out_of_scope'))).toBe(true)
    expect(isRightRefused(refusal('jwt_verification'))).toBe(false)
    expect(isRightRefused(new UpbitError('AUTH_REFUSED', 'No token.'))).toBe(false)
    expect(isRightRefused(new UpbitError('REST_FAILED', 'No.', { serverName: 'out_of_scope' }))).toBe(false)
  })
})
