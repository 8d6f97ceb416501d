import { ConnectLimit, defaultLimits, MessageLimit, noLimits, RateWindow } from '../../src/simulator/limits'

describe('RateWindow', () => {
  it('57 counts by the clock: what comes late in one second frees nothing before the next', () => {
    const fixed = new RateWindow(2, 1_000, 'fixed')
    expect([900, 950, 999, 1_000, 1_001, 1_002].map((now) => fixed.take(now))).toEqual([
      true,
      true,
      false,
      true,
      true,
      false,
    ])
  })

  it('57 counts backwards from each message when told to', () => {
    const sliding = new RateWindow(2, 1_000, 'sliding')
    expect([900, 950, 1_000, 1_899, 1_900, 1_949, 1_950].map((now) => sliding.take(now))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      true,
    ])
  })

  it('says how many are left', () => {
    const window = new RateWindow(5, 1_000, 'fixed')
    window.take(10)
    expect([window.left(20), window.left(1_000)]).toEqual([4, 5])
  })
})

describe('MessageLimit', () => {
  it('57 allows 5 in a second and 100 in a minute', () => {
    const limit = new MessageLimit(defaultLimits, 'fixed')
    let taken = 0
    for (let second = 0; second < 60; second++) {
      for (let i = 0; i < 9; i++) if (limit.take(second * 1_000 + i)) taken++
      if (second === 0) expect(taken).toBe(5)
    }
    expect(taken).toBe(100)
    expect(limit.take(60_000)).toBe(true)
  })

  it('allows anything without limits', () => {
    const limit = new MessageLimit(noLimits, 'fixed')
    expect(Array.from({ length: 1_000 }, () => limit.take(0)).every(Boolean)).toBe(true)
  })
})

describe('ConnectLimit', () => {
  const connects = (limit: ConnectLimit, nowMs: number, count: number, scope = 'a'): string[] =>
    Array.from({ length: count }, () => limit.connect(scope, nowMs).kind)

  it('11 allows five a second and scope, and says how many are left', () => {
    const limit = new ConnectLimit(defaultLimits, 'fixed')
    expect(limit.connect('a', 0)).toEqual({ kind: 'allowed', leftThisSecond: 4 })
    expect(connects(limit, 1, 5)).toEqual(['allowed', 'allowed', 'allowed', 'allowed', 'too-many'])
    expect(connects(limit, 1, 1, 'b')).toEqual(['allowed'])
    expect(connects(limit, 1_000, 1)).toEqual(['allowed'])
  })

  it('58 forgives one violation and blocks from the second on, 60 s doubling', () => {
    const limit = new ConnectLimit(defaultLimits, 'fixed')
    expect(connects(limit, 0, 7).slice(5)).toEqual(['too-many', 'too-many'])
    expect(connects(limit, 2_000, 6).at(-1)).toBe('blocked')
    expect(limit.connect('a', 61_999)).toEqual({ kind: 'blocked', untilMs: 62_000 })
    expect(connects(limit, 62_000, 5)).toEqual(Array(5).fill('allowed'))
    expect(limit.connect('a', 62_000)).toEqual({ kind: 'blocked', untilMs: 182_000 })
    // Long after, it is forgotten.
    expect(connects(limit, 2_000_000, 6).at(-1)).toBe('too-many')
  })

  it('10 allows one connect with an Origin header in ten seconds', () => {
    const limit = new ConnectLimit(defaultLimits, 'fixed')
    expect([0, 9_999, 10_000, 19_999].map((now) => limit.connectWithOrigin('a', now))).toEqual([
      true,
      false,
      true,
      false,
    ])
    expect(limit.connectWithOrigin('b', 1)).toBe(true)
  })
})
