import { errorText, messageOf, refusal, unsupportedType } from '../../src/simulator/refusal'

describe('refusal', () => {
  it('55 puts the two keys in either order', () => {
    const reason = refusal('NO_TYPE')
    expect(errorText(reason, true)).toBe(
      '{"error":{"name":"NO_TYPE","message":"type 필드가 존재하지 않습니다."}}',
    )
    expect(errorText(reason, false)).toBe(
      '{"error":{"message":"type 필드가 존재하지 않습니다.","name":"NO_TYPE"}}',
    )
  })

  it('knows a text for every name, and repeats names that it does not know', () => {
    expect(messageOf('INVALID_AUTH')).toBe('인증 정보가 올바르지 않습니다.')
    expect(messageOf('BRAND_NEW')).toBe('BRAND_NEW')
    expect(unsupportedType('nope').message).toBe('nope 은 지원하지 않는 타입입니다.')
  })
})
