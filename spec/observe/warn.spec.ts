import { consoleWarn } from '../../src/observe/warn'

describe('consoleWarn', () => {
  it('C8.1 says who warns, the code and the message', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})
    consoleWarn('It failed. Mend it.', 'HANDLER_FAILED')
    expect(warn.mock.calls).toEqual([['[upbit-rx] HANDLER_FAILED: It failed. Mend it.']])
    warn.mockRestore()
  })
})
