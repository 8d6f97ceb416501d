import { PacedLooks } from '../../../src/private/supply/paced-looks'
import { virtualTime } from '../../support/virtual-time'

function setUp() {
  const time = virtualTime()
  const lookedAtMs: number[] = []
  const looks = new PacedLooks(time.environment, () => lookedAtMs.push(time.nowMs))
  return { time, looks, lookedAtMs }
}

describe('PacedLooks', () => {
  it('looks a second after what is missing, and every 30 s while more and more is', () => {
    const { time, looks, lookedAtMs } = setUp()
    for (let tenth = 0; tenth < 700; tenth++) {
      looks.missed()
      time.pass(100)
    }
    expect(lookedAtMs).toEqual([1000, 31_000, 61_000])
  })

  it('does not look for what only might have been missing and came', () => {
    const { time, looks, lookedAtMs } = setUp()
    let isMissing = true
    looks.maybeMissed('a', () => isMissing)
    time.pass(999)
    isMissing = false
    time.pass(60_000)
    expect(lookedAtMs).toEqual([])
    looks.maybeMissed('a', () => false)
    looks.maybeMissed('b', () => true)
    time.pass(1000)
    expect(lookedAtMs).toEqual([61_999])
  })

  it('asks once for each that may be missing, however often that was said', () => {
    const { time, looks } = setUp()
    let asked = 0
    for (let index = 0; index < 1000; index++) looks.maybeMissed('a', () => ++asked < 0)
    time.pass(60_000)
    expect(asked).toBe(1)
  })

  it('looks for what is missing for sure, though what else might have been came', () => {
    const { time, looks, lookedAtMs } = setUp()
    looks.maybeMissed('a', () => false)
    looks.missed()
    time.pass(60_000)
    expect(lookedAtMs).toEqual([1000])
  })

  it('looks once more for what is found missing by a look itself', () => {
    const time = virtualTime()
    const lookedAtMs: number[] = []
    const looks: PacedLooks = new PacedLooks(time.environment, () => {
      if (lookedAtMs.push(time.nowMs) === 1) looks.missed()
    })
    looks.missed()
    time.pass(120_000)
    expect(lookedAtMs).toEqual([1000, 31_000])
  })

  it('looks soon again after a quiet time', () => {
    const { time, looks, lookedAtMs } = setUp()
    looks.missed()
    time.pass(60_000)
    looks.missed()
    time.pass(1000)
    expect(lookedAtMs).toEqual([1000, 61_000])
  })

  it('looks no more once it is stopped, and again when something is missing later', () => {
    const { time, looks, lookedAtMs } = setUp()
    looks.missed()
    looks.stop()
    time.pass(60_000)
    expect(lookedAtMs).toEqual([])
    looks.missed()
    time.pass(1000)
    expect(lookedAtMs).toEqual([61_000])
  })
})
