/** A fault of the account is done: to its connection, to its frames, to REST where it is asked. */
import type { WireFormat } from '../../../src/protocol/wire'
import type { RefuseRestOptions, RestFault } from '../../../src/simulator/rest/rest-refusal'
import type { MalformedShape, MyAssetFrame, MyOrderFrame } from '../../../src/testing'
import { malformedFrame } from '../../../src/testing'
import type { Deed, Stage } from '../inflict'
import { after } from '../world'
import type { AccountRun } from './account-run'
import { ownKey } from './keys'

const nonceUsed = '{"error":{"name":"nonce_used","message":"This temporary number has already been used."}}'

/** Cuts what is open, so that the next dials meet what was ordered. */
function refuseDials(
  { world: { exchange } }: Stage,
  answer: number | 'reset' | 'hang',
  options: { readonly times: number; readonly retryAfterMs?: number; readonly body?: string },
): void {
  exchange.private.refuse(answer, options)
  exchange.private.cut()
}

function refuseRest(stage: Stage, answer: string, options: RefuseRestOptions): void {
  const status = Number(answer)
  const fault = Number.isNaN(status) ? (answer as RestFault) : status
  stage.world.exchange.refuseRest(fault, { ...options, ...(status === 418 ? { retryAfterMs: 3000 } : {}) })
}

export const accountDeeds: Readonly<Record<string, Deed>> = {
  'private-cut': ({ world }) => world.exchange.private.cut(),
  'private-close': ({ world }, number) => world.exchange.private.cut({ code: number('code') }),
  'private-accept-then-close': ({ world: { exchange } }, number) => {
    const options = { times: number('times'), code: number('code'), afterMs: number('afterMs') }
    exchange.private.acceptThenClose(options)
    exchange.private.cut()
  },
  'private-401-nonce': (stage) => {
    // Twice in a row it is no chance any more: such credentials are refused for good (C10.2).
    if (stage.world.exchange.private.dials.at(-1)?.outcome !== 'accepted') return
    refuseDials(stage, 401, { times: 1, body: nonceUsed })
  },
  'private-429': (stage, number) =>
    refuseDials(stage, 429, { times: number('times'), retryAfterMs: number('retryAfterMs') }),
  'private-418': (stage, number) =>
    refuseDials(stage, 418, { times: number('times'), retryAfterMs: number('retryAfterMs') }),
  'private-5xx': (stage, number) => refuseDials(stage, number('status'), { times: number('times') }),
  'private-dial-reset': (stage, number) => refuseDials(stage, 'reset', { times: number('times') }),
  'private-dial-hang': (stage) => refuseDials(stage, 'hang', { times: 1 }),
  'private-stall': ({ world: { exchange }, account }) => {
    exchange.private.stall()
    account.blindDials = exchange.private.dials.length
  },
  'private-error-frame': ({ world }, _number, text) => world.exchange.private.sendError(text('error')),
  'private-limit-frame': ({ world }, _number, text) => world.exchange.private.sendError(text('error')),

  'private-doubled': (stage, number) => sendAgain(stage, last(stage.account, number('count'))),
  'private-late': (stage, number) => {
    const frames = last(stage.account, number('count'))
    after(stage.world, number('byMs'), () => sendAgain(stage, frames))
  },
  'private-reordered': (stage, number) => {
    const frames = withheld(stage, number('acts'))
    after(stage.world, number('forMs'), () => sendAgain(stage, shuffled(frames, stage.random)))
  },
  'private-lost': (stage, number) => {
    withheld(stage, number('acts'))
    // Something came in their place that nobody can read.
    stage.world.exchange.private.emitRaw(malformedFrame('cut-short'))
  },
  'private-malformed': ({ world }, _number, text) =>
    void world.exchange.private.emitRaw(malformedFrame(text('shape') as MalformedShape)),
  'private-format-flip': ({ world }, _number, text) =>
    world.exchange.private.flipFormat(text('format') as WireFormat),
  'private-status': ({ world }) =>
    void world.exchange.private.emitRaw(new TextEncoder().encode('{"status":"UP"}')),
  'private-resubscribed': ({ world }, number) => {
    // Another set and then the old one, amid what happens: there are no snapshots that would make up for anything.
    const announcements = world.upbit.subscribeAnnouncement(() => {})
    after(world, number('forMs'), () => announcements.unsubscribe())
  },
  'private-burst': ({ account }, number) => {
    for (let left = number('acts'); left > 0; left--) account.trader.act()
  },

  'account-rest-refused': (stage, number, text) =>
    refuseRest(stage, text('answer'), { times: number('times'), path: text('path'), method: 'GET' }),
  'account-rest-slow': ({ world }, number) => {
    world.exchange.delayRest(number('delayMs'))
    after(world, number('forMs'), () => world.exchange.delayRest(0))
  },
  'order-answer-lost': (stage, _number, text) => {
    refuseRest(stage, text('answer'), { times: 1, path: '/v1/orders', method: 'POST', when: 'after' })
    stage.account.placements.place()
  },
  'order-refused': (stage, number, text) => {
    refuseRest(stage, text('answer'), { times: number('times'), path: '/v1/orders', method: 'POST' })
    stage.account.placements.place()
  },
  'cancel-answer-lost': (stage, _number, text) => {
    refuseRest(stage, text('answer'), { times: 1, path: '/v1/order', method: 'DELETE', when: 'after' })
    stage.account.placements.cancel()
  },
}

type Frame = MyOrderFrame | MyAssetFrame

function last(account: AccountRun, count: number): readonly Frame[] {
  return account.recent.slice(-count)
}

/** What happens by so many acts, none of which comes to a connection that is there. */
function withheld({ world: { exchange }, account }: Stage, acts: number): readonly Frame[] {
  // A line that is dead already stays so, or what was lost on it would be lost without a sign.
  if (account.blindDials === exchange.private.dials.length) return []
  const frames: Frame[] = []
  const end = exchange.account(ownKey.accessKey).listen((frame) => frames.push(frame))
  exchange.private.stall()
  for (let left = acts; left > 0; left--) account.trader.act()
  exchange.private.resume()
  end()
  return frames
}

function sendAgain({ world: { exchange }, account }: Stage, frames: readonly Frame[]): void {
  account.chronicle.shuffled(frames)
  for (const frame of frames) exchange.emit(frame, { accessKey: ownKey.accessKey })
}

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  const left = [...list]
  return list.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T)
}
