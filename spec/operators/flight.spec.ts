import { Flight } from '../../src/operators/flight'
import { ManualWork } from './support'

function setUp(deliver: (item: string) => unknown = () => undefined) {
  const log: string[] = []
  const flight: Flight<string> = new Flight<string>({
    deliver: (item) => {
      log.push(`${item} in hands: ${flight.hasValue}`)
      return deliver(item)
    },
    landed: (item, kind, failure) => {
      const how = failure === undefined ? 'well' : String(failure.error)
      log.push(`${kind} ${item} landed ${how}, free: ${flight.isFree}`)
    },
  })
  return { flight, log }
}

describe('Flight', () => {
  it('lands when the handler returns or throws; a notice is no value', () => {
    const { flight, log } = setUp((item) => {
      if (item === 'b') throw new Error('broken')
    })
    flight.hand('a', 'value')
    flight.hand('b', 'notice')
    expect(log).toEqual([
      'a in hands: true',
      'value a landed well, free: true',
      'b in hands: false',
      'notice b landed Error: broken, free: true',
    ])
  })

  it('lands when the promise settles, the first time', () => {
    const works = [new ManualWork(), new ManualWork()]
    const { flight, log } = setUp((item) => works[Number(item)])
    flight.hand('0', 'value')
    expect([flight.isFree, flight.hasValue]).toEqual([false, true])
    works[0]?.fail('broken')
    works[0]?.succeed()
    flight.hand('1', 'value')
    works[0]?.fail('again')
    expect(flight.isFree).toBe(false)
    works[1]?.succeed()
    expect(log.filter((line) => line.includes('landed'))).toEqual([
      'value 0 landed broken, free: true',
      'value 1 landed well, free: true',
    ])
  })

  it('takes a `then` that cannot be read, or that throws, for a failure', () => {
    const results = [
      {
        get then() {
          throw new Error('unreadable')
        },
      },
      {
        then: () => {
          throw new Error('uncallable')
        },
      },
    ]
    const { flight, log } = setUp((item) => results[Number(item)])
    flight.hand('0', 'value')
    flight.hand('1', 'value')
    expect(log.filter((line) => line.includes('landed'))).toEqual([
      'value 0 landed Error: unreadable, free: true',
      'value 1 landed Error: uncallable, free: true',
    ])
  })

  it('lands what somebody else has handed over', () => {
    const { flight, log } = setUp()
    const work = new ManualWork()
    flight.hold()
    expect([flight.isFree, flight.hasValue]).toEqual([false, true])
    flight.returned('a', work)
    expect(log).toEqual([])
    work.succeed()
    flight.hold()
    flight.threw('b', 'broken')
    expect(log).toEqual(['value a landed well, free: true', 'value b landed broken, free: true'])
  })

  it('cut: a promise is awaited no longer, and whether it was of a value is told', () => {
    const work = new ManualWork()
    const { flight, log } = setUp(() => work)
    expect(flight.cut()).toBe(false)
    flight.hand('a', 'value')
    expect(flight.cut()).toBe(true)
    expect(flight.isFree).toBe(true)
    work.succeed()
    expect(log).toEqual(['a in hands: true'])
    flight.hand('b', 'notice')
    expect(flight.cut()).toBe(false)
    expect(flight.isFree).toBe(true)
  })
})
