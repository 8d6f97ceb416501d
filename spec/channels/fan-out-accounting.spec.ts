/**
 * C4.6, C4.7 and C6.2 of a whole fan-out as a property: under any history of events, notices, promises, throwing
 * handlers, joining and leaving, from inside callbacks too, every consumer hears what a flat list would give it, and
 * every account holds at every look, in the callbacks of all the others too.
 */
import type { UpbitError } from '../../src/base/errors'
import { Consumer } from '../../src/channels/consumer'
import type { Delivered } from '../../src/channels/consumer-config'
import type { GapEvent } from '../../src/channels/gap-event'
import { Router } from '../../src/channels/router'
import { SlowConsumers } from '../../src/channels/slow-consumers'
import { newCounters } from '../../src/connection/counters'
import type { Tally } from '../../src/operators/delivery'
import type { EventKind, PublicEvent } from '../../src/protocol/events'
import { streamKey } from '../../src/registry/stream-key'
import { ManualWork } from '../operators/support'
import { virtualTime } from '../support/virtual-time'
import { FlatConsumer, type FlatTarget, type FlatWork } from './flat-fan-out'
import { tickerEvent, tradeEvent } from './support/events'
import { consumerHost } from './support/lane-world'
import fc from '../support/seeded-fast-check'

interface Member {
  readonly tally: Tally
  offer(text: string): void
  notice(text: string): void
  fail(): void
  discard(): void
}

/** One key with its consumers: the real one and the flat one. */
interface World {
  /** Made first, entered second: a replay calls the target. */
  make(target: FlatTarget): Member
  enter(member: Member): void
  emit(text: string): void
  /** To everybody, after the event that is being delivered. */
  notice(text: string): void
}

function realWorld(kind: EventKind): World {
  const { environment } = virtualTime()
  const key = streamKey(kind as 'ticker' | 'trade', 'KRW-BTC')
  const slow = new SlowConsumers(environment, () => {})
  const router = new Router<Consumer>({
    counters: newCounters(),
    stepped() {},
    resumed() {},
    fanOut: (fanOut, event) => slow.fanOut(fanOut, event),
    keep: (fanOut, latest) => slow.keep(fanOut, latest),
  })
  const route = router.open(key)
  const consumers = new Map<Member, Consumer>()
  const eventOf = (text: string): PublicEvent =>
    kind === 'trade'
      ? tradeEvent({}, { sequential_id: text })
      : tickerEvent({}, { trade_price: Number(text) })
  const textOf = (event: Delivered): string => {
    if (event.type === 'gap') return event.id
    return event.type === 'trade' ? event.sequential_id : `${(event as { trade_price: number }).trade_price}`
  }
  const gapOf = (id: string): GapEvent => ({
    type: 'gap',
    id,
    phase: 'opened',
    cause: 'disconnect',
    epochs: [1, 1],
    from_ms: 0,
  })
  return {
    make(target) {
      const consumer = new Consumer(
        {
          kind,
          keys: [key],
          options: { gaps: true },
          target: {
            next: (event) => target.next(textOf(event)),
            failed: () => target.failed(),
            complete() {},
            error: () => target.error(),
          },
          owner: {},
        },
        consumerHost({ environment, leave: (leaving) => route.remove(leaving) }),
        1,
      )
      const member: Member = {
        get tally() {
          return consumer.tally
        },
        offer: (text) => consumer.offer(eventOf(text)),
        notice: (text) => consumer.notice(gapOf(text)),
        fail: () => consumer.fail({ code: 'REJECTED' } as UpbitError),
        discard: () => consumer.discard(),
      }
      consumers.set(member, consumer)
      return member
    },
    enter(member) {
      const consumer = consumers.get(member)!
      route.add(consumer)
      if (route.memory !== undefined) consumer.offer({ ...route.memory, source: 'memory' })
      consumer.sit(route.fanOut)
    },
    emit: (text) => router.dispatch(eventOf(text)),
    notice: (text) =>
      router.inTurn(() => {
        for (const consumer of route.consumers) consumer.notice(gapOf(text))
      }),
  }
}

function flatWorld(kind: EventKind): World {
  const isState = kind === 'ticker'
  const members: FlatConsumer[] = []
  let memory: string | undefined
  const turns: (() => void)[] = []
  let busy = false
  const inTurn = (work: () => void): void => {
    turns.push(work)
    if (busy) return
    busy = true
    while (turns.length > 0) turns.shift()!()
    busy = false
  }
  const present = (): FlatConsumer[] => members.filter(({ state }) => state === 'open')
  return {
    make: (target) => new FlatConsumer(isState, target),
    enter(member) {
      members.push(member as FlatConsumer)
      if (memory !== undefined) member.offer(memory)
    },
    emit: (text) =>
      inTurn(() => {
        if (isState) memory = text
        for (const member of present()) member.offer(text)
      }),
    notice: (text) =>
      inTurn(() => {
        for (const member of present()) member.notice(text)
      }),
  }
}

const deeds = [
  'returns',
  'returns a number',
  'throws',
  'works',
  'works at once',
  'emits',
  'tells',
  'is offered',
  'is told',
  'leaves',
  'leaves and works',
  'leaves and throws',
  'fails',
  'fails and works',
  'ends another',
  'fails another',
  'joins another',
] as const
type Deed = (typeof deeds)[number]

interface Step {
  readonly do: 'emit' | 'tell' | 'settle' | 'reject' | 'leave' | 'fail' | 'join'
  readonly whom: number
}

/** Plays a script and writes down who heard what, with every account at every call. */
function play(world: World, given: readonly Deed[], script: readonly Step[]): string[] {
  const log: string[] = []
  const members: Member[] = []
  const works: ManualWork[] = []
  const todo = [...given]
  let texts = 0
  const next = (): string => `${++texts}`
  const note = (what: string): void => {
    const accounts = members.map(({ tally: t }) => {
      const sum = t.delivered + t.failed + t.coalesced + t.dropped + t.discarded + t.pending
      return `${t.offered}=${sum}:${t.delivered}/${t.failed}/${t.coalesced}/${t.dropped}/${t.discarded}/${t.pending}`
    })
    log.push(`${what} | ${accounts.join(' ')}`)
  }
  const another = (mine: number): Member => members[(mine + 1) % members.length]!
  const work = (): ManualWork => (works[works.length] = new ManualWork())

  function act(mine: number, deed: Deed): FlatWork | number | undefined {
    const me = members[mine]!
    if (deed === 'throws') throw new Error('thrown')
    if (deed === 'returns a number') return 1
    if (deed === 'works') return work()
    if (deed === 'works at once') return { then: (resolve: () => void) => resolve() }
    if (deed === 'emits') world.emit(next())
    else if (deed === 'tells') world.notice(next())
    else if (deed === 'is offered') me.offer(next())
    else if (deed === 'is told') me.notice(next())
    else if (deed.startsWith('leaves')) me.discard()
    else if (deed.startsWith('fails')) (deed === 'fails another' ? another(mine) : me).fail()
    else if (deed === 'ends another') another(mine).discard()
    else if (deed === 'joins another') join()
    if (deed.endsWith('and works')) return work()
    if (deed.endsWith('and throws')) throw new Error('thrown')
    return undefined
  }

  function join(): void {
    if (members.length >= 6) return
    const mine = members.length
    const member = world.make({
      next(text) {
        note(`${mine} hears ${text}`)
        const result = act(mine, todo.shift() ?? 'returns')
        note(`${mine} heard ${text}`)
        return result
      },
      failed() {
        note(`${mine} failed`)
        const deed = todo.shift()
        if (deed === 'emits' || deed === 'is offered' || deed === 'leaves' || deed === 'fails')
          act(mine, deed)
      },
      error: () => note(`${mine} ended`),
    })
    members.push(member)
    world.enter(member)
  }

  join()
  join()
  for (const { do: what, whom } of script) {
    const member = members[whom % members.length]!
    if (what === 'emit') world.emit(next())
    else if (what === 'tell') world.notice(next())
    else if (what === 'settle') works.shift()?.succeed()
    else if (what === 'reject') works.shift()?.fail(new Error('rejected'))
    else if (what === 'leave') member.discard()
    else if (what === 'fail') member.fail()
    else join()
    note(what)
  }
  while (works.length > 0) works.shift()?.succeed()
  note('end')
  return log
}

describe('a fan-out, at any moment', () => {
  it.each(['ticker', 'trade'] as const)(
    'C6.2 gives every consumer of a %s what a flat list would, and keeps every account exact',
    (kind) => {
      const step = (...what: Step['do'][]): fc.Arbitrary<Step> =>
        fc.record({ do: fc.constantFrom(...what), whom: fc.nat(5) })
      const script = fc.array(
        fc.oneof(
          { weight: 8, arbitrary: step('emit') },
          { weight: 3, arbitrary: step('settle', 'reject') },
          { weight: 1, arbitrary: step('tell', 'leave', 'fail', 'join') },
        ),
        { maxLength: 30, size: 'max' },
      )
      const behaviour = fc.array(
        fc.oneof(
          { weight: 2, arbitrary: fc.constant<Deed>('returns') },
          { weight: 1, arbitrary: fc.constantFrom(...deeds) },
        ),
        { maxLength: 40, size: 'max' },
      )
      fc.assert(
        fc.property(behaviour, script, (given, steps) => {
          const heard = play(realWorld(kind), given, steps)
          const expected = play(flatWorld(kind), given, steps)
          // `expect` costs more than all the rest of a run, and most checks hold.
          if (heard.join() !== expected.join()) expect(heard).toEqual(expected)
          const broken = heard.find((line) => /\b(\d+)=(?!\1:)/.test(line))
          if (broken !== undefined) expect(broken).toBe('an exact account')
        }),
        { numRuns: 2000 },
      )
    },
  )
})
