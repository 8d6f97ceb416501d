import { Slicer } from '../../../src/channels/backfill/slicer'
import type { Environment } from '../../../src/base/environment'
import { virtualTime } from '../../support/virtual-time'

function setUp() {
  const time = virtualTime()
  let workedMs = 0
  const environment: Environment = {
    ...time.environment,
    now: () => time.environment.now() + workedMs,
  }
  return { time, slicer: new Slicer(environment), work: (ms: number) => (workedMs += ms) }
}

describe('Slicer', () => {
  it('works at once, for ten milliseconds, and goes on in the next turn', () => {
    const { time, slicer, work } = setUp()
    let left = 25
    const slice = (isUp: () => boolean): void => {
      while (left > 0) {
        if (isUp()) {
          slicer.add(slice)
          return
        }
        left--
        work(1)
      }
    }
    slicer.add(slice)
    expect(left).toBe(15)
    time.pass(0)
    expect(left).toBe(0)
  })

  it('all of them share the time, each in its turn', () => {
    const { time, slicer, work } = setUp()
    const log: string[] = []
    const slice = (name: string) => (): void => {
      log.push(name)
      work(10)
    }
    for (const name of ['a', 'b', 'c']) slicer.add(slice(name))
    expect(log).toEqual(['a'])
    time.pass(0)
    expect(log).toEqual(['a', 'b', 'c'])
  })

  it('whoever asks again from a promise waits for the next turn, so that microtasks cannot take the loop', () => {
    const { time, slicer } = setUp()
    let turns = 0
    slicer.add(() => turns++)
    slicer.add(() => turns++)
    expect(turns).toBe(1)
    time.pass(0)
    expect(turns).toBe(2)
  })
})
