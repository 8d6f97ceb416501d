import { UpbitError } from '../../src/base/errors'
import { RecentErrors } from '../../src/observe/recent-errors'

describe('RecentErrors', () => {
  it('keeps the last fifty, oldest first, with the time and without the cause', () => {
    const errors = new RecentErrors()
    for (let i = 0; i < 170; i++) {
      errors.add(new UpbitError('HANDLER_FAILED', `${i}`, { consumer: 'a', cause: { token: 'secret' } }), i)
    }
    expect(errors.rows).toHaveLength(50)
    expect(errors.rows[0]).toEqual({ at_ms: 120, code: 'HANDLER_FAILED', message: '120', consumer: 'a' })
    expect(errors.rows.at(-1)?.message).toBe('169')
    expect(JSON.stringify(errors)).not.toContain('secret')
  })
})
