import { virtualTime } from '../support/virtual-time'
import { LimitWaits } from '../../src/connection/limit-waits'

const tooMany = { name: 'TOO_MANY_REQUEST', message: '요청 수 제한을 초과했습니다.' }
const teapot = { name: "I'm a teapot", message: '' }

function waits(): { limits: LimitWaits; pass(ms: number): void } {
  const time = virtualTime()
  return { limits: new LimitWaits(time.environment), pass: (ms) => time.pass(ms) }
}

describe('LimitWaits', () => {
  it('lets everything go before the first limit', () => {
    expect(waits().limits.leftMs).toBe(0)
  })

  it.each([
    ['a limit', tooMany, [1000, 2000, 4000, 8000]],
    ['a block', teapot, [60_000, 120_000, 240_000, 480_000]],
  ])('C9.6 waits twice as long after each %s in a row', (_case, error, expected) => {
    const { limits, pass } = waits()
    for (const waitMs of expected) {
      limits.sent()
      limits.passed(error)
      expect(limits.leftMs).toBe(waitMs)
      pass(waitMs)
      expect(limits.leftMs).toBe(0)
    }
  })

  it('C9.6 waits as long as the exchange says', () => {
    const { limits, pass } = waits()
    limits.passed({ name: "I'm a teapot", message: '30초 동안 차단되었습니다.' })
    expect(limits.leftMs).toBe(30_000)
    pass(29_999)
    expect(limits.leftMs).toBe(1)
  })

  it.each([
    ['a limit', tooMany, 60_000],
    ['a block', teapot, 3_600_000],
  ])('C9.6 waits after %s no longer than is of use, where no time is stated', (_case, error, longestMs) => {
    const { limits, pass } = waits()
    for (let row = 0; row < 2000; row++) {
      limits.sent()
      limits.passed(error)
      pass(limits.leftMs)
    }
    limits.sent()
    limits.passed(error)
    expect(limits.leftMs).toBe(longestMs)
  })

  it('C9.6 waits twice as long after each message that met a limit, and not after each frame that says so', () => {
    const { limits, pass } = waits()
    limits.sent()
    for (let frame = 0; frame < 12; frame++) limits.passed(tooMany)
    expect(limits.leftMs).toBe(1000)
    pass(1000)
    limits.sent()
    for (let frame = 0; frame < 12; frame++) limits.passed(tooMany)
    expect(limits.leftMs).toBe(2000)
  })

  it('C9.6 lets no shorter wait end a longer one', () => {
    const { limits } = waits()
    limits.passed({ name: 'TOO_MANY_REQUEST', message: 'Blocked for 60 seconds.' })
    limits.passed(tooMany)
    expect(limits.leftMs).toBe(60_000)
  })

  it('begins again once a message was accepted', () => {
    const { limits, pass } = waits()
    for (let row = 0; row < 2; row++) {
      limits.sent()
      limits.passed(tooMany)
    }
    pass(2000)
    limits.accepted()
    limits.passed(tooMany)
    expect(limits.leftMs).toBe(1000)
  })
})
