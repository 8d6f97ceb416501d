import { inspect } from 'node:util'
import { NEVER, of } from 'rxjs'
import type { VirtualTime } from '../support/virtual-time'
import { virtualTime } from '../support/virtual-time'
import type { Environment } from '../../src/base/environment'
import { realEnvironment } from '../../src/base/environment'
import { DialLimits } from '../../src/rate-limit/dial-limits'
import { limiterOf, RateLimiter } from '../../src/rate-limit/rate-limiter'
import { RestLimits } from '../../src/rate-limit/rest-limits'

const host = 'api.upbit.com'
const ok = of({ status: 200, headers: {} })

function start(): { time: VirtualTime; limiter: RateLimiter; rest: RestLimits } {
  const time = virtualTime()
  const limiter = new RateLimiter(time.environment)
  return { time, limiter, rest: new RestLimits(limiter, host) }
}

/** How many of `calls` in a group go at once. */
function goAtOnce(rest: RestLimits, group: string, scope: string, calls = 40): number {
  let gone = 0
  for (let i = 0; i < calls; i++) rest.turn$(group, { priority: 'poll', scope }).subscribe(() => gone++)
  return gone
}

describe('RateLimiter', () => {
  it('C11.1 has a budget for each documented group, host and scope', () => {
    const { limiter, rest } = start()
    const groups = ['market', 'ticker', 'orderbook', 'trade', 'candle']
    expect(groups.map((group) => goAtOnce(rest, group, 'address'))).toEqual([10, 10, 10, 10, 10])
    const ofAccount = ['default', 'order', 'order-test', 'order-cancel-all']
    expect(ofAccount.map((group) => goAtOnce(rest, group, 'key a'))).toEqual([30, 12, 8, 1])
    expect(goAtOnce(rest, 'order', 'key b')).toBe(12)
    expect(goAtOnce(new RestLimits(limiter, 'sg-api.upbit.com'), 'order', 'key a')).toBe(8)
    expect(goAtOnce(new RestLimits(limiter, '127.0.0.1:9000'), 'ticker', 'address')).toBe(10)
  })

  it('gives a batch of cancellations one call in two seconds', () => {
    const { time, rest } = start()
    const at: number[] = []
    for (let i = 0; i < 3; i++) {
      rest
        .run$('order-cancel-all', ok, { priority: 'poll', scope: 'key' })
        .subscribe(() => void at.push(time.nowMs))
    }
    time.pass(10_000)
    expect(at).toEqual([0, 2010, 4020])
  })

  it('C11.2 lets five dials of a host go at once, the sixth after a second and the next after ten', () => {
    const { time, limiter } = start()
    const dials = new DialLimits(limiter, host)
    const at: number[] = []
    for (let i = 0; i < 8; i++) {
      dials
        .turn$('subscribe', () => {})
        .subscribe((turn) => {
          at.push(time.nowMs)
          turn.accepted()
        })
    }
    time.pass(60_000)
    expect(at).toEqual([0, 0, 0, 0, 0, 1010, 10_010, 10_010])
  })

  it('C10.2 a block of REST calls holds the dials of the same host back, and the other way round', () => {
    const { time, limiter, rest } = start()
    const dials = new DialLimits(limiter, host)
    const teapot = of({ status: 418, headers: { 'retry-after': '20' } })
    rest.run$('ticker', teapot, { priority: 'poll', scope: 'address' }).subscribe()
    const waits: unknown[] = []
    const dialed: number[] = []
    dials.turn$('subscribe', (wait) => waits.push(wait)).subscribe(() => dialed.push(time.nowMs))
    new DialLimits(limiter, 'sg-api.upbit.com').turn$('subscribe', () => {}).subscribe(() => dialed.push(-1))
    expect(waits).toEqual([{ delayMs: 20_000, reason: 'blocked' }])
    time.pass(20_000)
    expect(dialed).toEqual([-1, 20_000])
    dials.block(30_000)
    expect(goAtOnce(rest, 'ticker', 'address')).toBe(0)
    expect(goAtOnce(rest, 'order', 'key')).toBe(0)
    time.pass(29_999)
    expect(limiter.budgets().find(({ group }) => group === 'order')).toMatchObject({ free: 12 })
    // The first of those that wait: the others go after its answer.
    time.pass(1)
    const free = (group: string): number | undefined =>
      limiter.budgets().find((budget) => budget.group === group)?.free
    expect([free('ticker'), free('order')]).toEqual([9, 12])
  })

  it('C10.2 a block of an account holds back nothing but that account', () => {
    const { limiter, rest } = start()
    const teapot = of({ status: 418, headers: {}, body: 'Blocked for 5 minutes.' })
    rest.run$('order', teapot, { priority: 'poll', scope: 'key a' }).subscribe()
    expect(goAtOnce(rest, 'default', 'key a')).toBe(0)
    expect(goAtOnce(rest, 'default', 'key b')).toBe(30)
    expect(goAtOnce(rest, 'ticker', 'address')).toBe(10)
    expect(limiter.budgets().find(({ group, free }) => group === 'default' && free === 30)).toMatchObject({
      blockedUntilMs: expect.any(Number) as number,
      waiting: { poll: 40 },
    })
  })

  it('C11.1 with an Origin takes one call or dial in ten seconds, of all groups together, and none of an account', () => {
    const { time, limiter } = start()
    const rest = new RestLimits(limiter, host, true)
    const at: string[] = []
    const call = (group: string, scope = 'address'): void => {
      rest
        .run$(group, ok, { priority: 'poll', scope })
        .subscribe(() => void at.push(`${time.nowMs} ${group}`))
    }
    call('ticker')
    call('trade')
    call('order', 'key')
    new DialLimits(limiter, host, true)
      .turn$('reconnect', () => {})
      .subscribe((turn) => {
        turn.accepted()
        at.push(`${time.nowMs} dial`)
      })
    time.pass(30_000)
    expect(at).toEqual(['0 ticker', '0 order', '10010 dial', '20020 trade'])
  })

  it('C11.1 divides by the share that a client has declared, to one at least', () => {
    const { time, limiter, rest } = start()
    const owner = {}
    expect(limiter.declareShare(owner, 0.25)).toBe(true)
    expect(limiter.declareShare({}, 0.5)).toBe(false)
    expect(limiter.declareShare({}, 0.25)).toBe(true)
    expect(goAtOnce(rest, 'ticker', 'address')).toBe(2)
    expect(goAtOnce(rest, 'order-cancel-all', 'key')).toBe(1)
    const { limit, periodMs } = (new DialLimits(limiter, host).turn$('subscribe', () => {}).subscribe(),
    limiter.budgets().find(({ group }) => group === 'websocket-connect'))!
    expect({ limit, periodMs }).toEqual({ limit: 1, periodMs: 1000 })
    time.pass(1)
  })

  it('C11.1 has all of a budget again when the last one that declared a share is gone', () => {
    const { limiter, rest } = start()
    const owner = {}
    limiter.declareShare(owner, 0.5)
    let gone = 0
    for (let i = 0; i < 12; i++) {
      rest.turn$('ticker', { priority: 'poll', scope: 'address' }).subscribe(() => gone++)
    }
    expect(gone).toBe(5)
    limiter.releaseShare(owner)
    expect(gone).toBe(10)
    expect(limiter.declareShare({}, 0.1)).toBe(true)
  })

  it('C8.3 forgets hosts and accounts that are used no more, and no sooner than their limits are over', () => {
    const { time, limiter } = start()
    for (let i = 0; i < 1000; i++) {
      new RestLimits(limiter, `host-${i}.invalid`)
        .run$('ticker', ok, { priority: 'poll', scope: `key ${i}` })
        .subscribe()
    }
    new DialLimits(limiter, 'waiting.invalid').turn$('subscribe', () => {}).subscribe()
    new DialLimits(limiter, 'blocked.invalid').block(60_000)
    expect(limiter.hosts).toBe(1002)
    time.pass(1009)
    limiter.host('next.invalid')
    expect(limiter.hosts).toBe(1003)
    time.pass(1009)
    limiter.host('next.invalid')
    // The blocked one, the one that is out, and the one asked for.
    expect(limiter.hosts).toBe(3)
    expect(limiter.budgets()).toHaveLength(1)
  })

  it('remembers for an hour who had to wait, for metrics', () => {
    const { time, limiter, rest } = start()
    for (let i = 0; i < 11; i++) rest.run$('ticker', ok, { priority: 'poll', scope: 'address' }).subscribe()
    time.pass(3_600_000)
    limiter.host(host)
    expect(limiter.budgets()).toMatchObject([
      { group: 'ticker', waits: { count: 1, totalMs: 1010, maxMs: 1010 } },
    ])
    time.pass(2000)
    limiter.host(host)
    expect(limiter.budgets()).toEqual([])
  })

  it('C1.6 sets no timer while nobody waits, and one that lets the process end while only dials do', () => {
    const time = virtualTime()
    const timers: (boolean | undefined)[] = []
    const environment: Environment = {
      ...time.environment,
      timer$: (delayMs, options) => {
        timers.push(options?.referenced)
        return time.environment.timer$(delayMs, options)
      },
    }
    const limiter = new RateLimiter(environment)
    const dials = new DialLimits(limiter, host)
    for (let i = 0; i < 5; i++) dials.turn$('subscribe', () => {}).subscribe((turn) => turn.accepted())
    expect(timers).toEqual([])
    const sixth = dials.turn$('subscribe', () => {}).subscribe()
    expect(timers).toEqual([false])
    sixth.unsubscribe()
    time.pass(60_000)
    expect(timers).toEqual([false])
    goAtOnce(new RestLimits(limiter, host), 'ticker', 'address', 11)
    // Nothing is counted yet: no timer can tell.
    expect(timers).toEqual([false])
  })

  it('C8.3 shows no account', () => {
    const { limiter, rest } = start()
    rest.run$('order', NEVER, { priority: 'poll', scope: 'the access key' }).subscribe()
    const shown = [inspect(limiter, { depth: 20, showHidden: true }), JSON.stringify(limiter.budgets())]
    expect(shown.join()).not.toContain('the access key')
    expect(inspect(limiter.host(host), { depth: 20, showHidden: true })).not.toContain('the access key')
  })
})

describe('limiterOf', () => {
  it('is one for each clock', () => {
    const { environment } = virtualTime()
    expect(limiterOf(environment)).toBe(limiterOf(environment))
    expect(limiterOf(virtualTime().environment)).not.toBe(limiterOf(environment))
  })

  it('C1.5 C11.2 is one for the whole process, in whatever copy of the package the real clock is', () => {
    const mine = limiterOf(realEnvironment)
    jest.isolateModules(() => {
      /* eslint-disable @typescript-eslint/no-require-imports -- a second copy is what `require` gives here */
      const clock = require('../../src/base/environment') as { realEnvironment: Environment }
      const copy = require('../../src/rate-limit/rate-limiter') as { limiterOf: typeof limiterOf }
      /* eslint-enable @typescript-eslint/no-require-imports */
      expect(clock.realEnvironment).not.toBe(realEnvironment)
      expect(copy.limiterOf).not.toBe(limiterOf)
      expect(copy.limiterOf(clock.realEnvironment)).toBe(mine)
      // A clock of the user's own, given to both.
      const { environment } = virtualTime()
      expect(copy.limiterOf(environment)).toBe(limiterOf(environment))
    })
  })
})
