import { config } from 'rxjs'
import { Callbacks, type DeliveryOptions } from '../../src/operators/delivery-options'

const base: DeliveryOptions<string> = { deliver: () => undefined, capacity: 1, overflow: 'drop-oldest' }
const run = { first: 'a', last: 'a', count: 1, reason: 'overflow' } as const

/** What RxJS would rethrow; its own hook, set for the length of one test. */
function rethrownBy(action: () => void): unknown[] {
  const seen: unknown[] = []
  config.onUnhandledError = (error) => seen.push(error)
  jest.useFakeTimers()
  action()
  jest.runAllTimers()
  jest.useRealTimers()
  config.onUnhandledError = null
  return seen
}

describe('Callbacks', () => {
  it('does nothing for a callback that is not there', () => {
    const callbacks = new Callbacks(base)
    callbacks.drop('a', 'overflow')
    callbacks.failure(new Error(), 'a')
    callbacks.overflow(new Error())
    callbacks.drained()
    expect(callbacks.run(run)).toBeUndefined()
  })

  it('passes on what it is given, and the notice for a run', () => {
    const onDrop = jest.fn()
    const callbacks = new Callbacks({ ...base, onDrop, onDropRun: ({ count }) => `${count} lost` })
    callbacks.drop('a', 'expired')
    expect(onDrop).toHaveBeenCalledWith('a', 'expired')
    expect(callbacks.run(run)).toBe('1 lost')
  })

  it('sends what a callback throws to onFault', () => {
    const faults: unknown[] = []
    const thrower = (name: string) => (): never => {
      throw new Error(name)
    }
    const callbacks = new Callbacks({
      ...base,
      onDrop: thrower('drop'),
      onDropRun: thrower('run'),
      onFailure: thrower('failure'),
      onOverflow: thrower('overflow'),
      onDrained: thrower('drained'),
      onFault: (error) => faults.push((error as Error).message),
    })
    callbacks.drop('a', 'overflow')
    expect(callbacks.run(run)).toBeUndefined()
    callbacks.failure(new Error(), 'a')
    callbacks.overflow(new Error())
    callbacks.drained()
    expect(faults).toEqual(['drop', 'run', 'failure', 'overflow', 'drained'])
  })

  it("leaves a fault that nobody takes to RxJS's own rule", () => {
    const fault = new Error('unobserved')
    expect(rethrownBy(() => new Callbacks(base).fault(fault))).toEqual([fault])
  })

  it('does the same with what onFault itself throws', () => {
    const nested = new Error('nested')
    const onFault = (): never => {
      throw nested
    }
    expect(rethrownBy(() => new Callbacks({ ...base, onFault }).fault(new Error()))).toEqual([nested])
  })
})
