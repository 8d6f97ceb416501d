import { onAbort } from '../../src/channels/on-abort'

describe('onAbort', () => {
  it('calls the work when the signal aborts, once', () => {
    const abort = new AbortController()
    const work = jest.fn()
    onAbort(abort.signal, work)
    expect(work).not.toHaveBeenCalled()
    abort.abort()
    abort.abort()
    expect(work).toHaveBeenCalledTimes(1)
  })

  it('calls it at once when the signal has aborted', () => {
    const work = jest.fn()
    const stop = onAbort(AbortSignal.abort(), work)
    expect(work).toHaveBeenCalledTimes(1)
    stop()
  })

  it('listens no more when it was stopped', () => {
    const abort = new AbortController()
    const work = jest.fn()
    onAbort(abort.signal, work)()
    abort.abort()
    expect(work).not.toHaveBeenCalled()
  })

  it('without a signal does nothing', () => {
    const work = jest.fn()
    onAbort(undefined, work)()
    expect(work).not.toHaveBeenCalled()
  })
})
