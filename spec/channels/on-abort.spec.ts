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

  it('listens once to a signal, however many things it ends', () => {
    const { signal } = new AbortController()
    const add = jest.spyOn(signal, 'addEventListener')
    const remove = jest.spyOn(signal, 'removeEventListener')
    const stops = Array.from({ length: 50 }, () => onAbort(signal, () => {}))
    expect(add).toHaveBeenCalledTimes(1)
    for (const stop of stops) stop()
    expect(remove).toHaveBeenCalledTimes(1)
    onAbort(signal, () => {})
    expect(add).toHaveBeenCalledTimes(2)
  })

  it('calls everybody but who was stopped from inside another one', () => {
    const abort = new AbortController()
    const log: string[] = []
    let stop = (): void => {}
    onAbort(abort.signal, () => {
      log.push('first')
      stop()
    })
    stop = onAbort(abort.signal, () => log.push('stopped'))
    onAbort(abort.signal, () => log.push('last'))
    abort.abort()
    expect(log).toEqual(['first', 'last'])
  })
})
