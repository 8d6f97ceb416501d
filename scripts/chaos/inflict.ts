/** A planned fault is done: to the network, to the exchange, to its market, to the application. */
import type { WireFormat } from '../../src/protocol/wire'
import type { RestFault } from '../../src/simulator/rest/rest-refusal'
import type { MalformedShape } from '../../src/testing'
import { malformedFrame } from '../../src/testing'
import { accountDeeds } from './account/account-deeds'
import type { AccountRun } from './account/account-run'
import { codes } from './fault-kinds'
import type { Forgotten } from './forgotten'
import type { FaultProxy } from './fault-proxy'
import type { PlannedFault } from './fault-plan'
import type { Link } from './link'
import type { ChaosMarket } from './market'
import type { World } from './world'
import { after, every } from './world'

export interface Stage {
  readonly world: World
  readonly market: ChaosMarket
  readonly account: AccountRun
  readonly forgotten: Forgotten
  /** Between the two; where time is virtual there is none. */
  readonly proxy?: FaultProxy
  /** Of a network namespace of its own; nowhere else. */
  readonly link?: Link
  readonly random: () => number
  /** Runs so long without letting anybody else run; in virtual time nothing takes time. */
  readonly block: (forMs: number) => void
}

/** After a step of its clock the exchange's stamps are judged again when they have been steady for so long. */
const steadyAgainMs = 6000
/** What a client asks for once a plan is over is refused no more. */
const refusedCode = 'KRW-REFUSED'
/** Trades and tickers: what is fetched for public data, and no account's calls. */
const publicPath = '/v1/t'

export type Deed = (stage: Stage, number: (name: string) => number, text: (name: string) => string) => void

/** Cuts what is open, so that the next dials meet what was ordered. */
function refuseDials(
  { world: { exchange } }: Stage,
  answer: number | 'reset' | 'hang',
  times: number,
  retryAfterMs?: number,
): void {
  exchange.refuse(answer, { times, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
  exchange.cut()
}

const deeds: Readonly<Record<string, Deed>> = {
  delay: (stage, number) => condition(stage, { delayMs: number('delayMs') }, number('forMs')),
  jitter: (stage, number) => condition(stage, { jitterMs: number('jitterMs') }, number('forMs')),
  narrow: (stage, number) => condition(stage, { bytesPerSecond: number('bytesPerSecond') }, number('forMs')),
  'half-open': ({ proxy }) => proxy?.halfOpen(),
  reset: ({ proxy }) => proxy?.reset(),
  refuse: ({ proxy }, number) => {
    proxy?.refuse(number('forMs'))
    proxy?.reset()
  },
  corrupt: ({ proxy }, number) => proxy?.corrupt(number('bytes'), number('chunks')),
  flap: ({ world, proxy }, number) => {
    for (let time = 0; time < number('times'); time++) {
      after(world, 2 * time * number('eachMs'), () => {
        proxy?.refuse(number('eachMs'))
        proxy?.reset()
      })
    }
  },

  'packet-loss': ({ world, link }, number) => {
    link?.lose(number('percent'))
    after(world, number('forMs'), () => link?.heal())
  },
  'link-down': ({ world, link }, number) => {
    link?.down()
    after(world, number('forMs'), () => link?.up())
  },
  'link-flap': ({ world, link }, number) => {
    for (let time = 0; time < number('times'); time++) {
      after(world, 2 * time * number('eachMs'), () => link?.down())
      after(world, (2 * time + 1) * number('eachMs'), () => link?.up())
    }
  },

  cut: ({ world }) => world.exchange.cut(),
  close: ({ world }, number) => world.exchange.cut({ code: number('code') }),
  'accept-then-close': ({ world: { exchange } }, number) => {
    exchange.acceptThenClose({ times: number('times'), code: number('code'), afterMs: number('afterMs') })
    exchange.cut()
  },
  'http-429': (stage, number) => refuseDials(stage, 429, number('times'), number('retryAfterMs')),
  'http-418': (stage, number) => refuseDials(stage, 418, number('times'), number('retryAfterMs')),
  'http-401': (stage, number) => refuseDials(stage, number('status'), 1),
  'http-5xx': (stage, number) => refuseDials(stage, number('status'), number('times')),
  'dial-reset': (stage, number) => refuseDials(stage, 'reset', number('times')),
  'dial-hang': (stage) => refuseDials(stage, 'hang', 1),
  stall: ({ world }) => world.exchange.stall(),
  'error-frame': ({ world }, _number, text) => world.exchange.sendError(text('error')),
  'limit-frame': ({ world }, _number, text) => world.exchange.sendError(text('error')),

  'rest-refused': ({ world: { exchange } }, number, text) => {
    const answer = text('answer')
    const status = Number(answer)
    const fault = Number.isNaN(status) ? (answer as RestFault) : status
    exchange.refuseRest(fault, {
      times: number('times'),
      path: publicPath,
      ...(status === 418 ? { retryAfterMs: 3000 } : {}),
    })
  },
  'rest-slow': ({ world }, number) => {
    const { exchange } = world
    exchange.delayRest(number('delayMs'))
    after(world, number('forMs'), () => exchange.delayRest(0))
  },

  late: (stage, number) => {
    for (let left = number('count'); left > 0; left--) stage.market.lateTrade(anyCode(stage), number('byMs'))
  },
  doubled: (stage, number) => {
    const code = anyCode(stage)
    for (let left = number('times'); left > 0; left--) stage.market.again(code)
  },
  'same-millisecond': (stage, number) => {
    const code = anyCode(stage)
    for (let left = number('count'); left > 0; left--) stage.market.trade(code)
  },
  reordered: (stage, number) => stage.market.reordered(anyCode(stage), number('byMs')),
  'snapshot-late': (stage, number) => stage.market.lateSnapshot(anyCode(stage), number('byMs')),
  'clock-step': ({ world, market }, number) => {
    market.clockOffsetMs += number('byMs')
    market.unsteadyUntilMs = Infinity
    after(world, number('forMs'), () => {
      market.clockOffsetMs -= number('byMs')
      if (market.clockOffsetMs === 0) {
        market.unsteadyUntilMs = world.environment.now() + steadyAgainMs + world.slackMs
      }
    })
  },
  'execution-step': ({ market }, number) => {
    market.executionOffsetMs += number('byMs')
  },
  silence: ({ world, market }, number, text) => {
    market.silent.add(text('code'))
    const end = world.exchange.silence(text('code'))
    after(world, number('forMs'), () => {
      market.silent.delete(text('code'))
      end()
    })
  },
  forgotten: ({ forgotten, market }, _number, text) => {
    // Of what is silent nobody knows whether it was there.
    if (market.silent.has(text('code'))) return
    forgotten.forget({ type: text('type'), code: text('code'), level: 0 })
  },
  'format-flip': ({ world }, _number, text) => world.exchange.flipFormat(text('format') as WireFormat),
  burst: (stage, number) => {
    const perStep = 20
    const end = every(stage.world, (1000 * perStep) / number('perSecond'), () => {
      for (let left = perStep; left > 0; left--) stage.market.act()
    })
    after(stage.world, number('forMs'), end)
  },
  malformed: ({ world }, _number, text) =>
    void world.exchange.emitRaw(malformedFrame(text('shape') as MalformedShape)),
  status: ({ world }) => void world.exchange.emitRaw(new TextEncoder().encode('{"status":"UP"}')),

  ...accountDeeds,

  straggler: (stage, number) => {
    // It would bring back unseen what is lost, as everything that changes the set does.
    if (stage.forgotten.isAny) return
    // Another set and then the old one: what is on its way belongs to the set before.
    const code = `KRW-STRAY${Math.floor(stage.random() * 9)}`
    const stray = stage.world.upbit.subscribeTicker(code, () => {})
    after(stage.world, number('forMs'), () => stray.unsubscribe())
  },
  'rejected-code': ({ world }, number) => {
    const end = world.exchange.rejectItems({ codes: [refusedCode] }, 'INVALID_PARAM')
    const refused = world.upbit.subscribeTicker(refusedCode, () => {})
    after(world, number('forMs'), () => {
      refused.unsubscribe()
      end()
    })
  },
  'blocked-loop': (stage, number) => stage.block(number('forMs')),
}

export function inflict(stage: Stage, { kind, parameters }: PlannedFault): void {
  const deed = deeds[kind]
  if (deed === undefined) throw new Error(`nobody knows how to do ${kind}`)
  deed(
    stage,
    (name) => Number(parameters[name]),
    (name) => String(parameters[name]),
  )
}

/** Everything is well again: what faults have left behind, and what they would have done later. */
export function heal({ world: { exchange }, market, proxy, link }: Stage): void {
  exchange.accept()
  exchange.private.accept()
  exchange.acceptRest()
  exchange.delayRest(0)
  market.clockOffsetMs = 0
  for (const code of market.silent) market.silent.delete(code)
  proxy?.heal()
  link?.heal()
}

function condition(
  { world, proxy }: Stage,
  conditions: Partial<FaultProxy['conditions']>,
  forMs: number,
): void {
  if (proxy === undefined) return
  Object.assign(proxy.conditions, conditions)
  const well = { delayMs: 0, jitterMs: 0, bytesPerSecond: Infinity }
  after(world, forMs, () => {
    for (const name of Object.keys(conditions) as (keyof typeof well)[]) proxy.conditions[name] = well[name]
  })
}

function anyCode({ random }: Stage): string {
  return codes[Math.floor(random() * codes.length)] as string
}

/** When the last of a plan's faults has done all that it does, ms since the beginning. */
export function overAtMs(plan: readonly PlannedFault[]): number {
  return Math.max(
    0,
    ...plan.map(({ atMs, parameters: { forMs = 0, byMs = 0, times = 0, eachMs = 0, retryAfterMs = 0 } }) => {
      const flapMs = 2 * Number(times) * Number(eachMs)
      return atMs + Math.max(Number(forMs), Math.abs(Number(byMs)), flapMs, Number(retryAfterMs))
    }),
  )
}
