import { Redials } from '../../../src/private/line/redials'
import { virtualTime } from '../../support/virtual-time'

function setUp() {
  const time = virtualTime()
  const dialedAtMs: number[] = []
  const redials: Redials = new Redials(time.environment, () => {
    dialedAtMs.push(time.nowMs)
    redials.refused()
  })
  return { time, redials, dialedAtMs }
}

const minuteMs = 60_000

describe('Redials', () => {
  it('dials again after a minute, later and later up to ten, as long as it is refused', () => {
    const { time, redials, dialedAtMs } = setUp()
    redials.refused()
    time.pass(40 * minuteMs)
    expect(dialedAtMs.map((atMs) => atMs / minuteMs)).toEqual([1, 3, 7, 15, 25, 35])
  })

  it('begins with a minute again where it was accepted', () => {
    const { time, redials, dialedAtMs } = setUp()
    redials.refused()
    time.pass(4 * minuteMs)
    redials.accepted()
    redials.refused()
    time.pass(minuteMs)
    expect(dialedAtMs.at(-1)).toBe(5 * minuteMs)
  })

  it('dials a second after what may have been to blame is asked for no more, and begins again with a minute', () => {
    const { time, redials, dialedAtMs } = setUp()
    redials.refused()
    redials.changed()
    time.pass(1000)
    expect(dialedAtMs).toEqual([1000])
    time.pass(minuteMs)
    expect(dialedAtMs).toEqual([1000, 1000 + minuteMs])
  })

  it('dials no more once nobody wants it', () => {
    const { time, redials, dialedAtMs } = setUp()
    redials.refused()
    redials.stop()
    time.pass(60 * minuteMs)
    expect(dialedAtMs).toEqual([])
  })
})
