import { readErrorBody } from '../../src/rest/error-body'
import fc from '../support/seeded-fast-check'

describe('readErrorBody', () => {
  it.each([
    ['{"error":{"name":404,"message":"Code not found"}}', '404', 'Code not found'],
    [
      '{"error":{"name":"jwt_verification","message":"잘못된 API 키입니다."}}',
      'jwt_verification',
      '잘못된 API 키입니다.',
    ],
    ['{"error":{"name":"x"}}', 'x', ''],
    ['{"error":{"name":{},"message":[]}}', '', ''],
    ['{"error":"oh no"}', '', '{"error":"oh no"}'],
    ['Too many API requests.', '', 'Too many API requests.'],
    ['<html>\r\n  <h1>502</h1>\n</html>', '', '<html> <h1>502</h1> </html>'],
    ['', '', ''],
    ['null', '', 'null'],
  ])('%s', (body, name, message) => {
    expect(readErrorBody(body)).toEqual({ name, message })
  })

  it('is short and of one line, whatever the body, and never throws', () => {
    expect(readErrorBody('x'.repeat(100_000)).message).toHaveLength(500)
    expect(readErrorBody(`{"error":{"name":"n","message":"${'x'.repeat(70_000)}"}}`).message).toHaveLength(
      500,
    )
    const bodies = fc.oneof(
      fc.string(),
      fc.json().map((json) => `{"error":${json}}`),
      fc.json(),
    )
    fc.assert(
      fc.property(bodies, (body) => {
        const { name, message } = readErrorBody(body)
        expect(`${name}${message}`).not.toMatch(/[\n\r]/)
        expect(Math.max(name.length, message.length)).toBeLessThanOrEqual(500)
      }),
    )
  })
})
