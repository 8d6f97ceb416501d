import type { UpbitError } from '../../src/base/errors'
import { HandlerTarget } from '../../src/channels/handler-target'
import { tickerEvent } from './support/events'

describe('HandlerTarget', () => {
  it('calls the handler without `this`, and passes on what it returns or throws', () => {
    const seen: unknown[] = []
    const event = tickerEvent()
    const target = new HandlerTarget(function (this: unknown, given: unknown) {
      seen.push(this, given)
      return 'result'
    }, jest.fn())
    expect(target.next(event)).toBe('result')
    expect(seen).toEqual([undefined, event])
    const failing = new HandlerTarget(() => {
      throw new Error('a bug')
    }, jest.fn())
    expect(() => failing.next(event)).toThrow('a bug')
  })

  it('C4.7 reports a failure by the name of the consumer, an error as it is, and no completion', () => {
    const report = jest.fn()
    const target = new HandlerTarget(() => {}, report)
    const rejected = { code: 'REJECTED' } as UpbitError
    target.failed(new Error('a bug'), 'saver')
    target.error(rejected)
    target.complete()
    expect(report.mock.calls).toEqual([
      [expect.objectContaining({ code: 'HANDLER_FAILED', consumer: 'saver' })],
      [rejected],
    ])
  })
})
