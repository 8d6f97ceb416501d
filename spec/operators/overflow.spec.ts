import { overflowError } from '../../src/operators/overflow'

describe('overflowError', () => {
  it('names the capacity and the option that raises it', () => {
    const error = overflowError(16, 'buffer.capacity')
    expect(error).toMatchObject({ code: 'BUFFER_OVERFLOW', option: 'buffer.capacity' })
    expect(error.message).toBe(
      'A buffer of 16 values overflowed: raise `buffer.capacity`, make the consumer faster, or choose an overflow ' +
        'policy that may lose values.',
    )
    expect(error.nextStep).toContain('`buffer.capacity`')
    expect(overflowError(1).option).toBe('capacity')
  })
})
