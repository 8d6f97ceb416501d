import { asapScheduler, EMPTY } from 'rxjs'
import { readyOf } from '../../src/channels/ready-of'
import { virtualTime } from '../support/virtual-time'

describe('readyOf', () => {
  it("is 'always' for a synchronous consumer, the default", () => {
    const { environment } = virtualTime()
    expect([readyOf(undefined, environment), readyOf('sync', environment)]).toEqual(['always', 'always'])
  })

  it("is a turn of the environment for 'task'", () => {
    const { environment, pass } = virtualTime()
    const ready = readyOf('task', environment)
    const turn = jest.fn()
    if (typeof ready === 'function') ready().subscribe(turn)
    expect(turn).not.toHaveBeenCalled()
    pass(0)
    expect(turn).toHaveBeenCalledTimes(1)
  })

  it('is a scheduler or an Observable as given', () => {
    const { environment } = virtualTime()
    expect(readyOf(asapScheduler, environment)).toBe(asapScheduler)
    expect(readyOf(EMPTY, environment)).toBe(EMPTY)
  })
})
