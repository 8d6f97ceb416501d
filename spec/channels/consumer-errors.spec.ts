import {
  bufferOverflowed,
  handlerFailed,
  notifierFailed,
  streamFailed,
} from '../../src/channels/consumer-errors'

const makers = { handlerFailed, notifierFailed, streamFailed }

describe('errors of one consumer', () => {
  it.each(Object.entries(makers))('%s names it, keeps the cause and says what is next', (_, make) => {
    const cause = new Error('disk full')
    const error = make('saver', cause)
    expect(error.message).toMatch(/saver .*: disk full\. Thrown at .*consumer-errors\.spec\.ts:\d+/)
    expect(error.consumer).toBe('saver')
    expect(error.cause).toBe(cause)
    expect(error.nextStep).toMatch(/^[A-Z].+\.$/)
  })

  it.each<[string, unknown, string]>([
    ['a text', 'no reason', 'no reason'],
    ['nothing', undefined, 'undefined'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object without a text', Object.create(null), 'with a value that has no text'],
    ['an error of another kind', new TypeError('t'), 'TypeError: t'],
    ['a long message', new Error('x'.repeat(1000)), 'x'.repeat(200)],
  ])('shows %s', (_, cause, shown) => {
    expect(handlerFailed('saver', cause).message).toContain(`The handler of saver failed: ${shown}.`)
  })

  it('C6.2 an overflow names the option to raise', () => {
    expect(bufferOverflowed('ledger')).toMatchObject({
      code: 'BUFFER_OVERFLOW',
      consumer: 'ledger',
      option: 'buffer.capacity',
      message: 'The buffer of ledger overflowed.',
      nextStep: expect.stringContaining('buffer.capacity') as string,
    })
  })
})
