/** C4 to C7 for states that nobody needs before their turn: they are not decoded, and nobody can tell. */
import { queueScheduler, Subject } from 'rxjs'
import type { Accounting, GapEvent, PublicEvent, Tally, UpbitOptions } from '../../src/index'
import { anOrderbook, aTicker, aTrade, virtualStartMs } from '../../src/testing'
import { ManualWork } from '../operators/support'
import type { Recorder } from '../support/recorder'
import { record } from '../support/recorder'
import type { World } from '../support/world'
import { world } from '../support/world'
import fc from '../support/seeded-fast-check'

const whole = ({ offered, delivered, failed, coalesced, dropped, discarded, pending }: Tally): boolean =>
  offered === delivered + failed + coalesced + dropped + discarded + pending

function expectWhole(account: Accounting): void {
  expect(whole(account)).toBe(true)
  expect(account.frames).toBe(account.data + account.control)
  expect(account.data).toBe(account.decoded + account.rejected)
  expect(account.events).toBe(account.routed + account.duplicate + account.stale + account.unrouted)
}

/** A world in which everything that was asked for is accepted and has spoken; the clock is behind all stamps. */
function settled(prepare: (made: World) => void, codes = ['KRW-BTC'], client: UpbitOptions = {}): World {
  const made = world({ client })
  prepare(made)
  made.pass(1000)
  for (const code of codes) {
    made.exchange.emit([aTicker({ code, timestamp: 1 }), anOrderbook({ code, timestamp: 1 })])
  }
  made.pass(6000)
  return made
}

/** A settled world with a ticker that is delivered when `turns` says so. */
function screen(client: UpbitOptions = {}) {
  const turns = new Subject<void>()
  const streams: Recorder<PublicEvent>[] = []
  const made = settled(
    ({ upbit }) => void streams.push(record<PublicEvent>(upbit.ticker$('KRW-BTC', { deliver: turns }))),
    ['KRW-BTC'],
    client,
  )
  return { ...made, turns, stream: streams[0]! }
}

const price = (trade_price: number, more: object = {}) =>
  aTicker({ trade_price, timestamp: virtualStartMs + trade_price, ...more })

const pricesOf = (events: readonly unknown[]): number[] =>
  (events as readonly { trade_price: number }[]).map(({ trade_price }) => trade_price)

describe('states that are wanted later', () => {
  it('C6.1 of those of a turn only the newest is decoded, and all are counted', () => {
    const { exchange, upbit, turns, stream } = screen()
    turns.next()
    const before = upbit.accounting()
    for (let i = 1; i <= 10; i++) exchange.emit(price(i))
    const waiting = upbit.accounting()
    expect(waiting.skimmed - before.skimmed).toBe(10)
    expect(waiting).toMatchObject({ pending: 1, coalesced: before.coalesced + 9 })
    expectWhole(waiting)
    turns.next()
    expect(pricesOf(stream.values).at(-1)).toBe(10)
    expect(stream.values).toHaveLength(2)
    expect(upbit.accounting().skimmed - before.skimmed).toBe(9)
    expectWhole(upbit.accounting())
  })

  it('C4.4 a consumer that takes events at once gets each of them, whoever else waits', () => {
    const turns = new Subject<void>()
    let later!: Recorder<PublicEvent>
    let now!: Recorder<PublicEvent>
    const { exchange, upbit } = settled(({ upbit: made }) => {
      later = record<PublicEvent>(made.ticker$('KRW-BTC', { deliver: turns }))
      now = record<PublicEvent>(made.ticker$('KRW-BTC'))
    })
    turns.next()
    const { skimmed } = upbit.accounting()
    for (let i = 1; i <= 5; i++) exchange.emit(price(i))
    turns.next()
    expect(pricesOf(now.values).slice(-5)).toEqual([1, 2, 3, 4, 5])
    expect(pricesOf(later.values).at(-1)).toBe(5)
    expect(upbit.accounting().skimmed).toBe(skimmed)
  })

  it('C4.3 a late consumer gets the newest one from memory, decoded for it', () => {
    const { exchange, upbit, turns, stream: later } = screen()
    for (let i = 1; i <= 3; i++) exchange.emit(price(i))
    const late = record(upbit.ticker$('KRW-BTC'))
    expect(late.values).toMatchObject([{ trade_price: 3, source: 'memory' }])
    turns.next()
    expect(later.values.at(-1)).toMatchObject({ trade_price: 3, source: 'socket' })
    exchange.emit(price(4))
    expect(pricesOf(late.values)).toEqual([3, 4])
  })

  it('C4.3 memory goes on while nobody listens and the entry is on the wire', () => {
    let stop!: () => void
    const { exchange, upbit } = settled(({ upbit: made }) => {
      const { unsubscribe } = made.subscribeTicker('KRW-BTC', () => {})
      stop = unsubscribe
      // Holds the connection.
      made.subscribeTrade('KRW-ETH', () => {})
    })
    stop()
    const before = upbit.accounting()
    for (let i = 1; i <= 3; i++) exchange.emit(price(i))
    expect(upbit.accounting()).toMatchObject({
      skimmed: before.skimmed + 3,
      unrouted: before.unrouted + 3,
    })
    expect(record(upbit.ticker$('KRW-BTC')).values).toMatchObject([{ trade_price: 3, source: 'memory' }])
    expectWhole(upbit.accounting())
  })

  it('C5.1 an older state does not take the place of a newer one', () => {
    const { exchange, upbit, turns, stream } = screen()
    turns.next()
    const { stale, duplicate } = upbit.accounting()
    for (const ms of [5, 9, 7, 8]) exchange.emit(price(ms))
    exchange.emit(price(9, { stream_type: 'SNAPSHOT' }))
    turns.next()
    expect(pricesOf(stream.values).at(-1)).toBe(9)
    expect(upbit.accounting()).toMatchObject({ stale: stale + 2, duplicate: duplicate + 1 })
    expectWhole(upbit.accounting())
  })

  it('C6.1 a handler that is busy gets the newest one when it is done, the others undecoded', async () => {
    const works: ManualWork[] = []
    const got: number[] = []
    const { exchange, upbit } = settled(({ upbit: made }) => {
      made.subscribeTicker('KRW-BTC', ({ trade_price }) => {
        got.push(trade_price)
        const work = new ManualWork()
        works.push(work)
        return work
      })
    })
    works.at(-1)?.succeed()
    exchange.emit(price(1))
    const { skimmed } = upbit.accounting()
    for (let i = 2; i <= 6; i++) exchange.emit(price(i))
    expect(upbit.accounting().skimmed).toBe(skimmed + 5)
    works.at(-1)?.succeed()
    await Promise.resolve()
    expect(got.slice(-2)).toEqual([1, 6])
    expect(upbit.accounting().skimmed).toBe(skimmed + 4)
    expectWhole(upbit.accounting())
  })

  it('C9.3 units are cut when the book is delivered', () => {
    const turns = new Subject<void>()
    let stream!: Recorder<PublicEvent>
    const { exchange } = settled(({ upbit: made }) => {
      stream = record<PublicEvent>(made.orderbook$('KRW-BTC', { deliver: turns, units: 1 }))
    })
    exchange.emit(anOrderbook({ timestamp: virtualStartMs + 1 }))
    turns.next()
    expect(anOrderbook().orderbook_units.length).toBeGreaterThan(1)
    expect(stream.values.at(-1)).toHaveProperty('orderbook_units.length', 1)
  })

  it('are decoded at once by the guard alone, which cannot know an event without making it', () => {
    const { exchange, upbit, turns, stream } = screen({ codeGeneration: false })
    turns.next()
    for (let i = 1; i <= 3; i++) exchange.emit(price(i))
    turns.next()
    expect(pricesOf(stream.values).at(-1)).toBe(3)
    expect(upbit.accounting()).toMatchObject({ skimmed: 0, fused: 0 })
  })

  it('C4.5 a state of the session before is delivered before one of the next', () => {
    const { exchange, pass, turns, stream } = screen()
    turns.next()
    exchange.emit(price(1))
    exchange.cut()
    pass(1000)
    turns.next()
    exchange.emit(price(2))
    pass(1000)
    exchange.emit(price(3))
    turns.next()
    expect(stream.values.slice(1)).toMatchObject([
      { trade_price: 1, epoch: 1 },
      { trade_price: 3, epoch: 2 },
    ])
  })

  it.each<[string, object]>([
    ['a buffer smaller than its entries', { buffer: { overflow: 'coalesce', capacity: 1 } }],
    ['an age after which it drops', { buffer: { overflow: 'coalesce', maxAgeMs: 5 } }],
    ['another policy', { buffer: { overflow: 'drop-oldest', capacity: 10 } }],
    ['a wish of its own', { only: 'realtime' }],
  ])('C7 are decoded at once for a consumer with %s', (_name, options) => {
    const turns = new Subject<void>()
    const codes = ['KRW-BTC', 'KRW-ETH']
    const { exchange, upbit } = settled(
      ({ upbit: made }) => void made.ticker$(codes, { deliver: turns, ...options }).subscribe(),
      codes,
    )
    const { skimmed } = upbit.accounting()
    for (let i = 1; i <= 3; i++) exchange.emit(price(i))
    expect(upbit.accounting().skimmed).toBe(skimmed)
  })

  it('C5.3 trades are decoded each, but for those of a code that nobody wants any more', () => {
    const turns = new Subject<void>()
    let stop!: () => void
    const { exchange, upbit } = settled(({ upbit: made }) => {
      const subscription = made.trade$('KRW-BTC', { deliver: turns }).subscribe()
      stop = () => subscription.unsubscribe()
      made.subscribeTrade('KRW-ETH', () => {})
    })
    const { skimmed, unrouted } = upbit.accounting()
    exchange.emit(aTrade({ sequential_id: '1' }))
    expect(upbit.accounting()).toMatchObject({ skimmed, unrouted })
    stop()
    exchange.emit(aTrade({ sequential_id: '2' }))
    expect(upbit.accounting()).toMatchObject({ skimmed: skimmed + 1, unrouted: unrouted + 1 })
    expectWhole(upbit.accounting())
  })
})

const raw = (ms: number, change: (text: string) => string): Uint8Array =>
  Buffer.from(change(JSON.stringify(price(ms))))
const bad = (ms: number): Uint8Array =>
  raw(ms, (text) => text.replace(`"trade_price":${ms}`, '"trade_price":"much"'))

describe('states that are wanted later, when something is wrong', () => {
  it('C5.1 an unreadable frame moves no mark', () => {
    const { exchange, turns, stream } = screen()
    turns.next()
    exchange.emitRaw(bad(5000))
    turns.next()
    for (const ms of [10, 11]) {
      exchange.emit(price(ms))
      turns.next()
    }
    expect(pricesOf(stream.values).slice(1)).toEqual([10, 11])
  })

  it('C7 an unreadable frame takes the place of no state, and is told at once, each', () => {
    const { exchange, upbit, turns, stream, errors, gaps } = screen()
    turns.next()
    exchange.emit(price(1))
    for (let i = 0; i < 3; i++) exchange.emitRaw(bad(2))
    expect(errors.map(({ code }) => code)).toEqual(['UNDECODABLE', 'UNDECODABLE', 'UNDECODABLE'])
    expect(gaps).toHaveLength(3)
    expect(gaps[0]).toMatchObject({ cause: 'undecodable', event: 'ticker', code: 'KRW-BTC', count: 1 })
    expect(pricesOf(record(upbit.ticker$('KRW-BTC')).values)).toEqual([1])
    turns.next()
    expect(pricesOf(stream.values).at(-1)).toBe(1)
    expectWhole(upbit.accounting())
  })

  it('C5.1 a time inside a field that nobody knows is not the time of the frame', () => {
    const { exchange, turns, stream } = screen()
    turns.next()
    exchange.emit(price(100))
    turns.next()
    const inner = `,"extra":{"b":1,"timestamp":${virtualStartMs + 200},"a":1},"stream_type"`
    exchange.emitRaw(raw(50, (text) => text.replace(',"stream_type"', inner)))
    turns.next()
    expect(pricesOf(stream.values).slice(1)).toEqual([100])
  })

  it('C4.6 what a listener to errors$ causes while a frame is looked at is the newest afterwards', () => {
    const { exchange, upbit, turns, stream } = screen()
    let isFirst = true
    upbit.errors$.subscribe(({ code }) => {
      if (code !== 'SCHEMA_DRIFT' || !isFirst) return
      isFirst = false
      exchange.emit(price(20))
      upbit.ticker$('KRW-BTC').subscribe()
    })
    exchange.emitRaw(raw(10, (text) => text.replace('"trade_price"', '"new_field":{},"trade_price"')))
    for (let i = 0; i < 3; i++) turns.next()
    expect(isFirst).toBe(false)
    expect(pricesOf(stream.values).at(-1)).toBe(20)
  })

  it('C2.3 who comes while a gap is told gets what it asked for', () => {
    const { exchange, upbit, pass } = screen()
    const late: Recorder<PublicEvent>[] = []
    upbit.gaps$.subscribe(({ phase }) => {
      if (phase === 'closed') late.push(record<PublicEvent>(upbit.ticker$('KRW-BTC', { only: 'realtime' })))
    })
    exchange.cut()
    pass(20_000)
    exchange.emit(price(30_000, { stream_type: 'SNAPSHOT' }))
    expect(late.map(({ values }) => values)).toEqual([[]])
  })

  it('C4.4 a consumer is named that holds everyone up by a scheduler without turns', () => {
    let sleptMs = 0
    const { exchange, client, pass, now } = world()
    const { environment } = exchange.options
    const upbit = client({
      isolated: true,
      environment: { ...environment, now: () => environment.now() + sleptMs },
    })
    const codes: string[] = []
    upbit.errors$.subscribe(({ code }) => codes.push(code))
    upbit.ticker$('KRW-BTC', { deliver: queueScheduler }).subscribe(() => (sleptMs += 11))
    pass(1000)
    exchange.emit(aTicker({ timestamp: now() }))
    pass(6000)
    for (let i = 0; i < 5; i++) exchange.emit(aTicker({ timestamp: now() + i }))
    expect(codes).toEqual(['SLOW_CONSUMER'])
  })

  it('C4.8 who was refused gets what it was offered, and nothing that came after it had left', () => {
    const [mine, others] = [new Subject<void>(), new Subject<void>()]
    const { exchange, pass, upbit } = world()
    upbit.subscribeTicker('KRW-BTC', () => {}, { deliver: others })
    pass(1500)
    for (let ms = -5; ms < 0; ms++) {
      exchange.emit(aTicker({ timestamp: virtualStartMs + ms }))
      others.next()
    }
    exchange.rejectItems({ codes: ['KRW-XXX'] }, 'INVALID_PARAM')
    const refused = record<PublicEvent>(upbit.ticker$(['KRW-BTC', 'KRW-XXX'], { deliver: mine }))
    for (const ms of [1, 2, 3]) exchange.emit(price(ms))
    for (let i = 0; i < 200; i++) {
      pass(50)
      exchange.emit(price(10 + i))
    }
    mine.next()
    expect(pricesOf(refused.values)).toEqual([3])
    expect(refused.errorCode).toBe('REJECTED')
  })

  it('C7 who comes late is told no gap of what came before', () => {
    let stop!: () => void
    const { exchange, upbit } = settled(({ upbit: made }) => {
      stop = made.subscribeTicker('KRW-BTC', () => {}).unsubscribe
      made.subscribeTrade('KRW-ETH', () => {})
    })
    stop()
    exchange.emit(price(1))
    exchange.emitRaw(bad(2))
    const late = record<PublicEvent | GapEvent>(upbit.ticker$('KRW-BTC', { gaps: true }))
    expect(late.values.map(({ type }) => type)).toEqual(['ticker'])
  })
})

/** What happens, in the order in which it does. */
interface State {
  readonly kind: 'state'
  readonly code: string
  readonly ms: number
  readonly snapshot: boolean
  /** Whether its price is none. */
  readonly bad: boolean
}
type Step = State | { readonly kind: 'turn' } | { readonly kind: 'join' } | { readonly kind: 'leave' }

const codes = ['KRW-BTC', 'KRW-ETH']
const steps = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record<State>({
        kind: fc.constant('state'),
        code: fc.constantFrom(...codes),
        ms: fc.integer({ min: 0, max: 9 }),
        snapshot: fc.boolean(),
        bad: fc.nat(9).map((chance) => chance === 0),
      }),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ kind: 'turn' }) },
    { weight: 1, arbitrary: fc.constantFrom<Step>({ kind: 'join' }, { kind: 'leave' }) },
  ),
  { maxLength: 40 },
)

describe('states that are wanted later, in any order', () => {
  /** What the waiting consumer and those who come late are given; `watched` has somebody who takes all at once. */
  function play(history: readonly Step[], watched: boolean) {
    const turns = new Subject<void>()
    let waiting!: Recorder<PublicEvent>
    const { exchange, upbit } = settled(({ upbit: made }) => {
      waiting = record<PublicEvent>(made.ticker$(codes, { deliver: turns }))
      if (watched) made.subscribeTicker(codes, () => {})
    }, codes)
    turns.next()
    const late: Recorder<PublicEvent>[] = []
    for (const step of history) {
      if (step.kind === 'turn') turns.next()
      else if (step.kind === 'join')
        late.push(record<PublicEvent>(upbit.ticker$('KRW-BTC', { deliver: turns })))
      else if (step.kind === 'leave') late.at(-1)?.subscription.unsubscribe()
      else {
        const { code, ms, snapshot, bad: isBad } = step
        const text = JSON.stringify(price(ms, { code, stream_type: snapshot ? 'SNAPSHOT' : 'REALTIME' }))
        exchange.emitRaw(
          Buffer.from(isBad ? text.replace(/"trade_price":\d+/, '"trade_price":"much"') : text),
        )
      }
      expectWhole(upbit.accounting())
    }
    turns.next()
    const { stale, duplicate, routed, unrouted, rejected, skimmed } = upbit.accounting()
    return {
      skimmed,
      seen: {
        waiting: waiting.values,
        late: late.map(({ values }) => values),
        stale,
        duplicate,
        routed,
        unrouted,
        rejected,
      },
    }
  }

  it('C6.1 nobody gets anything else than had they all been decoded at once', () => {
    let skimmed = 0
    fc.assert(
      fc.property(steps, (history) => {
        const decoded = play(history, true)
        const undecoded = play(history, false)
        expect(undecoded.seen).toEqual(decoded.seen)
        skimmed += undecoded.skimmed
      }),
      { numRuns: 60 },
    )
    // Some 150 of them in most runs: the property has met what it is about.
    expect(skimmed).toBeGreaterThan(10)
  })
})
