import { UpbitError } from '../../src/api'
import { faultText, problemText, systemReason } from '../../src/cli/messages'

describe('problemText', () => {
  it('is one line with code, what happened and what to do', () => {
    const error = new UpbitError('SERVER_ERROR', '잘못된\n요청', { nextStep: 'Read it.' })
    expect(problemText(error)).toBe('SERVER_ERROR: 잘못된 요청 Read it.')
  })

  it('does not repeat a next step that the message ends with', () => {
    const error = new UpbitError('BUFFER_OVERFLOW', 'It overflowed. Raise it.', { nextStep: 'Raise it.' })
    expect(problemText(error)).toBe('BUFFER_OVERFLOW: It overflowed. Raise it.')
  })

  it('is well without a next step', () => {
    expect(problemText(new UpbitError('TIMEOUT', 'Too late.'))).toBe('TIMEOUT: Too late.')
  })
})

describe('faultText', () => {
  it('has words for whatever was thrown', () => {
    expect(faultText(new UpbitError('TIMEOUT', 'Too late.'))).toBe('TIMEOUT: Too late.')
    expect(faultText(new Error('a\r\nb'))).toBe('a b')
    expect(faultText('only text')).toBe('only text')
    expect(faultText(undefined)).toBe('undefined')
  })
})

describe('systemReason', () => {
  it.each([
    ['ENOENT', 'it does not exist'],
    ['EACCES', 'it may not be read'],
    ['EISDIR', 'it is a folder'],
  ])('%s: %s', (code, words) => {
    expect(systemReason(Object.assign(new Error('low level'), { code }))).toBe(words)
  })

  it("is the system's own words where there are none of ours", () => {
    expect(systemReason(Object.assign(new Error('EMFILE: too many'), { code: 'EMFILE' }))).toBe(
      'EMFILE: too many',
    )
    expect(systemReason(new Error('odd'))).toBe('odd')
    expect(systemReason(null)).toBe('null')
  })
})
