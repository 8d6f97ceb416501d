import { config } from 'rxjs'
import { rethrowLater } from '../../src/operators/rethrow-later'

describe('rethrowLater', () => {
  it('leaves the error to rxjs, in a later turn', () => {
    const { onUnhandledError } = config
    const unhandled = jest.fn()
    config.onUnhandledError = unhandled
    jest.useFakeTimers()
    try {
      rethrowLater('broken')
      expect(unhandled).not.toHaveBeenCalled()
      jest.runAllTimers()
      expect(unhandled.mock.calls).toEqual([['broken']])
    } finally {
      jest.useRealTimers()
      config.onUnhandledError = onUnhandledError
    }
  })
})
