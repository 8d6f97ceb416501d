/**
 * The exchange may send an error by itself while something is being asked: nobody's stream ends for that (C9.6). On the
 * exchange in memory, times exact.
 */
import type { Upbit } from '../../src/index'
import { aTicker } from '../../src/testing'
import { mostInAnyWindow } from '../../scripts/chaos/windows'
import type { Recorder } from '../support/recorder'
import { record } from '../support/recorder'
import type { World } from '../support/world'
import { world } from '../support/world'
import fc from '../support/seeded-fast-check'

type Streams = ReadonlyMap<string, Recorder<unknown>>

function tickers(upbit: Upbit, codes: readonly string[]): Streams {
  return new Map(codes.map((code) => [code, record(upbit.ticker$(code))] as const))
}

function failed(streams: Streams): readonly string[] {
  return [...streams].filter(([, { end }]) => end === 'error').map(([code]) => code)
}

/** The codes of each request, oldest first, and on which connection it came. */
function requests({ exchange }: World): readonly (readonly [number, readonly string[]])[] {
  return exchange.received
    .filter(({ kind }) => kind === 'subscribe')
    .map(({ connection, items }) => [connection, items.flatMap(({ codes }) => codes)])
}

/** Lets time pass until a request has come of just these codes, and a moment more. */
function untilAsked(made: World, codes: readonly string[], times = 1): void {
  const isIt = ([, asked]: readonly [number, readonly string[]]): boolean =>
    [...asked].sort().join() === [...codes].sort().join()
  for (let ms = 0; requests(made).filter(isIt).length < times; ms++) {
    if (ms > 60_000) throw new Error(`Never asked for ${codes.join()}.`)
    made.pass(1)
  }
  made.pass(200)
}

/** The connection that has asked for `KRW-BTC` by itself last. */
function main(made: World): number | undefined {
  const [last] = requests(made)
    .filter(([, codes]) => codes.join() === 'KRW-BTC')
    .slice(-1)
  return last?.[0]
}

/** Somebody has had `KRW-BTC` for half a minute. */
function settled(): World & { readonly btc: Recorder<unknown> } {
  const made = world()
  const btc = record(made.upbit.ticker$('KRW-BTC'))
  made.pass(30_000)
  return { ...made, btc }
}

/** Refused only in a message that asks for `KRW-BTC` too. */
function refuseBesideBtc({ exchange }: World, bad: readonly string[]): void {
  exchange.rejectItems(
    ({ codes }) => codes.includes('KRW-BTC') && bad.some((code) => codes.includes(code)),
    'INVALID_PARAM',
    'not beside KRW-BTC',
  )
}

describe('an error that the exchange sends by itself', () => {
  it('C9.6 ends nobody who has passed a probe and is back on the main connection in that second', () => {
    const made = settled()
    const { exchange, upbit, pass, btc } = made
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE'])
    untilAsked(made, ['KRW-BTC', 'KRW-ETH'])
    exchange.sendError('INVALID_PARAM', 'by itself')
    pass(60_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
    expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(true)
    expect(btc.end).toBe('open')
    expect(exchange.connections).toBe(1)
  })

  it('C9.6 ends nobody who is being probed alone in that second, though another was refused with it', () => {
    const made = settled()
    const { exchange, upbit, pass } = made
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE'])
    untilAsked(made, ['KRW-ETH'])
    exchange.sendError('INVALID_PARAM', 'by itself')
    pass(60_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
    expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(true)
  })

  it('C9.6 keeps nobody waiting for a long search that is not about it', () => {
    const made = settled()
    const { exchange, upbit, pass } = made
    const bad = Array.from({ length: 12 }, (_, index) => `KRW-C${index}`)
    const good = Array.from({ length: 4 }, (_, index) => `KRW-Z${index}`)
    exchange.rejectItems({ codes: bad }, 'INVALID_PARAM')
    const streams = tickers(upbit, [...bad, ...good])
    untilAsked(made, ['KRW-BTC', ...good])
    exchange.sendError('INVALID_PARAM', 'by itself')
    pass(15_000)
    for (const code of good) expect(exchange.subscribed('ticker', code)).toBe(true)
    expect(failed(streams).length).toBeLessThan(12)
    pass(200_000)
    expect(failed(streams)).toEqual(bad)
  })

  it('C9.6 ends who is refused twice beside what is accepted, though a probe of both passes: there is an end to it', () => {
    const made = settled()
    const { exchange, upbit, pass } = made
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-XRP'])
    let cuts = 0
    // Whatever the main connection adds; a probe that holds the same is let alone.
    for (let ms = 0, seen = 0; ms < 120_000; ms += 10) {
      pass(10)
      const asked = requests(made)
      const isCut = asked.slice(seen).some(([on, codes]) => on === main(made) && codes.length > 1)
      seen = asked.length
      if (!isCut) continue
      exchange.sendError('INVALID_PARAM', 'never here')
      cuts++
    }
    expect(failed(streams)).toEqual(['KRW-ETH', 'KRW-XRP'])
    expect(cuts).toBe(5)
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)
  })

  it('C9.6 probes who was refused beside what is accepted in the same company, and asks for it again', () => {
    const made = settled()
    const { exchange, upbit, pass } = made
    const streams = tickers(upbit, ['KRW-ETH'])
    untilAsked(made, ['KRW-BTC', 'KRW-ETH'])
    exchange.sendError('INVALID_PARAM', 'by itself')
    untilAsked(made, ['KRW-BTC', 'KRW-ETH'], 2)
    exchange.sendError('INVALID_PARAM', 'by itself')
    pass(60_000)
    expect(failed(streams)).toEqual([])
    const main = requests(made).map(([connection, codes]) => `${connection} ${codes.join()}`)
    expect(main).toEqual([
      '1 KRW-BTC',
      '1 KRW-BTC,KRW-ETH',
      '2 KRW-BTC',
      '3 KRW-ETH',
      '2 KRW-BTC,KRW-ETH',
      '4 KRW-BTC',
      '5 KRW-BTC,KRW-ETH',
      '4 KRW-BTC,KRW-ETH',
    ])
  })
})

describe('an entry that is refused only beside what is accepted', () => {
  it.each([
    ['alone', ['KRW-BAD']],
    ['with others', ['KRW-BAD', 'KRW-ETH', 'KRW-SOL', 'KRW-XRP']],
  ])('C9.6 is found, and costs the main connection two cuts: asked for %s', (_how, codes) => {
    const made = settled()
    const { upbit, pass, btc, exchange } = made
    refuseBesideBtc(made, ['KRW-BAD'])
    const streams = tickers(upbit, codes)
    pass(60_000)
    expect(failed(streams)).toEqual(['KRW-BAD'])
    expect(streams.get('KRW-BAD')?.error).toMatchObject({
      code: 'REJECTED',
      serverMessage: 'not beside KRW-BTC',
    })
    for (const code of ['KRW-BTC', ...codes]) {
      expect(exchange.subscribed('ticker', code)).toBe(code !== 'KRW-BAD')
    }
    expect(upbit.accounting().epochs).toBe(3)
    expect(btc.end).toBe('open')
  })

  it('C9.6 is searched among those who came back with it, so that none of them goes', () => {
    const made = settled()
    const { upbit, pass, exchange } = made
    const codes = Array.from({ length: 12 }, (_, index) => `KRW-C${index}`)
    refuseBesideBtc(made, ['KRW-C2', 'KRW-C3', 'KRW-C9'])
    const streams = tickers(upbit, codes)
    pass(200_000)
    expect(failed(streams)).toEqual(['KRW-C2', 'KRW-C3', 'KRW-C9'])
    for (const code of codes)
      expect(exchange.subscribed('ticker', code)).toBe(streams.get(code)?.end === 'open')
  })

  it('C9.6 cuts nobody when it is asked for again, however blindly', () => {
    const made = settled()
    const { exchange, upbit, pass, btc } = made
    refuseBesideBtc(made, ['KRW-BAD'])
    let refusals = 0
    const ask = (): void => {
      upbit.ticker$('KRW-BAD').subscribe({
        error: () => {
          refusals++
          ask()
        },
      })
    }
    ask()
    pass(300_000)
    expect(refusals).toBeGreaterThan(3)
    expect(refusals).toBeLessThan(15)
    expect(upbit.accounting().epochs).toBe(3)
    expect(btc.end).toBe('open')
    const dials = exchange.dials.map(({ atMs }) => atMs)
    expect(mostInAnyWindow(dials.slice(4), 25_000)).toBeLessThanOrEqual(2)
  })

  it('C9.6 is served when nothing is left that it was refused beside', () => {
    const made = settled()
    const { exchange, upbit, pass, btc } = made
    refuseBesideBtc(made, ['KRW-BAD'])
    tickers(upbit, ['KRW-BAD'])
    pass(30_000)
    btc.subscription.unsubscribe()
    const [again] = tickers(upbit, ['KRW-BAD']).values()
    pass(60_000)
    expect(again?.end).toBe('open')
    expect(exchange.subscribed('ticker', 'KRW-BAD')).toBe(true)
    expect(exchange.connections).toBe(1)
  })
})

describe('a set that is refused from now on', () => {
  it('C9.6 ends nobody who was new when that came out', () => {
    const made = world()
    const { exchange, upbit, pass } = made
    const old = tickers(upbit, ['KRW-BTC', 'KRW-SOL'])
    pass(30_000)
    exchange.rejectItems({ codes: ['KRW-SOL'] }, 'INVALID_PARAM', 'delisted')
    const added = tickers(upbit, ['KRW-ETH'])
    pass(120_000)
    expect(failed(old)).toEqual(['KRW-SOL'])
    expect(failed(added)).toEqual([])
    for (const code of ['KRW-BTC', 'KRW-ETH']) expect(exchange.subscribed('ticker', code)).toBe(true)
  })
})

describe('any guilty ones, alone and in company, and any errors of the exchange’s own', () => {
  /** One sends itself so long after the message with this number, counted from the subscription on. */
  const spontaneous = fc.record({ message: fc.nat(24), afterMs: fc.nat(1100) })
  const scenario = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      count: fc.constant(count),
      alone: fc.uniqueArray(fc.nat(count - 1), { maxLength: 3 }),
      beside: fc.uniqueArray(fc.nat(count - 1), { maxLength: 3 }),
      errors: fc.array(spontaneous, { maxLength: 4 }),
      hasSnapshots: fc.boolean(),
    }),
  )

  it('C9.6 no innocent ends unless two errors hit it, every guilty one does, all else flows', () => {
    fc.assert(
      fc.property(scenario, ({ count, alone, beside, errors, hasSnapshots }) => {
        const made = settled()
        const { exchange, upbit, btc } = made
        const codes = Array.from({ length: count }, (_, index) => `KRW-C${index}`)
        const bad = alone.map((index) => `KRW-C${index}`)
        const badBesideBtc = beside.map((index) => `KRW-C${index}`).filter((code) => !bad.includes(code))
        if (bad.length > 0) exchange.rejectItems({ codes: bad }, 'INVALID_PARAM')
        if (badBesideBtc.length > 0) refuseBesideBtc(made, badBesideBtc)
        if (hasSnapshots) for (const code of codes) exchange.snapshot(aTicker({ code }))
        const before = exchange.dials.length
        const streams = tickers(upbit, codes)
        const hits = strikes(made, errors, 400_000)
        // A set that two errors hit in a row is accepted no more, so that either of two that do not go together may go.
        const guilty = btc.end === 'open' ? [...bad, ...badBesideBtc] : bad
        for (const [code, { end, errorCode }] of [...streams, ['KRW-BTC', btc] as const]) {
          if (guilty.includes(code)) expect(errorCode).toBe('REJECTED')
          else if (end === 'error' && !badBesideBtc.includes(code))
            expect(hits.get(code)).toBeGreaterThanOrEqual(2)
          expect(exchange.subscribed('ticker', code)).toBe(end === 'open')
        }
        expect(exchange.connections).toBe(1)
        const rounds = 2 * Math.ceil(Math.log2(count)) + 2
        // Halving alone, and halving what came back; each spontaneous error begins a search of its own at most.
        const bound = (bad.length + 2 * badBesideBtc.length + 2 * errors.length) * rounds + 4
        expect(exchange.dials.length - before).toBeLessThanOrEqual(bound)
        const dialsMs = exchange.dials.map(({ atMs }) => atMs)
        expect(mostInAnyWindow(dialsMs, 10_000)).toBeLessThanOrEqual(6)
        btc.subscription.unsubscribe()
        for (const { subscription } of streams.values()) subscription.unsubscribe()
      }),
      { numRuns: 20 },
    )
  })

  /** Lets time pass, and the errors come; how many of them each code can be blamed for, by the message that was out. */
  function strikes(
    made: World,
    errors: readonly { readonly message: number; readonly afterMs: number }[],
    durationMs: number,
  ): ReadonlyMap<string, number> {
    const { exchange, pass, now } = made
    const hits = new Map<string, number>()
    const first = exchange.received.length
    let left = errors
    for (let ms = 0; ms < durationMs; ms += 50) {
      pass(50)
      const due = left.filter(({ message, afterMs }) => {
        const sent = exchange.received[first + message]
        return sent !== undefined && now() >= sent.atMs + afterMs
      })
      if (due.length === 0 && left.length === 0) {
        pass(durationMs - ms)
        break
      }
      for (const error of due) {
        left = left.filter((other) => other !== error)
        const newest = new Map(exchange.received.map((message) => [message.connection, message]))
        const hit = [...newest.values()].flatMap(({ atMs, items }) => {
          const codes = items.flatMap((item) => item.codes)
          // What had been accepted before is what an error can mean that comes late.
          return codes.filter((code) => now() - atMs <= (code === 'KRW-BTC' ? 5000 : 1000))
        })
        for (const code of new Set(hit)) hits.set(code, (hits.get(code) ?? 0) + 1)
        exchange.sendError('INVALID_PARAM', 'by itself')
      }
    }
    return hits
  }
})
