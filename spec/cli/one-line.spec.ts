import { oneLine } from '../../src/cli/one-line'

describe('oneLine', () => {
  it.each([
    ['a\nb\r\nc', 'a b c'],
    ['\u001b[31mred\u001b[0m', '[31mred [0m'],
    ['\u0007bell\u009b2J', 'bell 2J'],
    ['para\u2029graph', 'para graph'],
    ['  시세 ', '시세'],
  ])('%j cannot steer a terminal: %j', (text, line) => {
    expect(oneLine(text)).toBe(line)
  })
})
