/** What a refused message costs: only who is to blame loses its stream (C9.6). On the exchange in memory, times exact. */
import { NEVER } from 'rxjs'
import { ProbeTurns } from '../../src/connection/probe-turns'
import { Quarantine } from '../../src/connection/quarantine'
import type { DesiredState } from '../../src/registry/desired-state'
import { streamKey } from '../../src/registry/stream-key'
import { virtualTime } from '../support/virtual-time'
import type { GapEvent, Upbit } from '../../src/index'
import { aTicker, virtualStartMs } from '../../src/testing'
import type { Recorder } from '../support/recorder'
import { record } from '../support/recorder'
import { mostInAnyWindow } from '../../scripts/chaos/windows'
import type { World } from '../support/world'
import { world } from '../support/world'
import fc from '../support/seeded-fast-check'

/** A consumer of each code of `ticker`. */
function tickers(upbit: Upbit, codes: readonly string[]): ReadonlyMap<string, Recorder<unknown>> {
  return new Map(codes.map((code) => [code, record(upbit.ticker$(code))] as const))
}

/** The codes whose consumer ended with an error. */
function failed(streams: ReadonlyMap<string, Recorder<unknown>>): readonly string[] {
  return [...streams].filter(([, { end }]) => end === 'error').map(([code]) => code)
}

/** When and on which connection each message came, and its codes. */
function requests({ exchange }: World): readonly (readonly [number, number, readonly string[]])[] {
  return exchange.received
    .filter(({ kind }) => kind === 'subscribe')
    .map(({ atMs, connection, items }) => [
      atMs - virtualStartMs,
      connection,
      items.flatMap(({ codes }) => codes),
    ])
}

/** Somebody has had `KRW-BTC` for half a minute. */
function settled(options: Parameters<typeof world>[0] = {}): World & { readonly btc: Recorder<unknown> } {
  const made = world(options)
  const btc = record(made.upbit.ticker$('KRW-BTC'))
  made.pass(30_000)
  return { ...made, btc }
}

describe('Quarantine', () => {
  it('C9.6 knows the company of a session that begins with what is accepted already, as a renewed one does', () => {
    const [btc, eth] = [streamKey('ticker', 'KRW-BTC'), streamKey('ticker', 'KRW-ETH')]
    const error = { name: 'INVALID_PARAM', message: 'by itself' }
    const questions: unknown[] = []
    const quarantine = new Quarantine({
      environment: virtualTime().environment,
      registry: {
        changes$: NEVER,
        desired: { entries: new Map([btc, eth].map((key) => [key.id, { key }])) } as unknown as DesiredState,
      },
      probe: {
        run$: (work) => {
          questions.push(work.next())
          return NEVER
        },
      },
      turns: new ProbeTurns(),
      rejected: jest.fn(),
      failed: jest.fn(),
      together: jest.fn(),
      released: jest.fn(),
    })
    let session = quarantine.probing$.subscribe()
    quarantine.accepted(new Set([btc.id]))
    quarantine.blame([eth], error, true)
    session.unsubscribe()
    session = quarantine.probing$.subscribe()
    expect(questions).toEqual([{ keys: [eth], company: [] }])
    quarantine.passed()
    quarantine.blame([eth], error, true)
    session.unsubscribe()
    // Not beside what the session before had.
    quarantine.probing$.subscribe().unsubscribe()
    expect(questions).toHaveLength(1)
    quarantine.accepted(new Set([btc.id]))
    quarantine.probing$.subscribe()
    expect(questions.slice(1)).toEqual([{ keys: [eth], company: [btc] }])
  })

  it('C9.6 one bad code of four: one dial of the main connection, and a probe that finds it', () => {
    const made = settled()
    const { exchange, upbit, pass, errors } = made
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM', 'nope')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-SOL', 'KRW-XRP'])
    pass(20_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
    expect(streams.get('KRW-NOPE')?.error).toMatchObject({
      code: 'REJECTED',
      serverName: 'INVALID_PARAM',
      serverMessage: 'nope',
      stream: 'ticker KRW-NOPE',
    })
    const [first, refused, ...later] = requests(made)
    expect([first, refused]).toEqual([
      [0, 1, ['KRW-BTC']],
      [30_050, 1, ['KRW-BTC', 'KRW-ETH', 'KRW-NOPE', 'KRW-SOL', 'KRW-XRP']],
    ])
    const backAtMs = later[0]?.[0] ?? 0
    expect(backAtMs - 30_050).toBeLessThan(180 + 400)
    expect(later.map(([atMs, connection, codes]) => [atMs - backAtMs, connection, codes])).toEqual([
      [0, 2, ['KRW-BTC']],
      // A refusal ends the probe's connection, and the next one follows two seconds after it.
      [0, 3, ['KRW-ETH', 'KRW-NOPE']],
      [2000, 4, ['KRW-SOL', 'KRW-XRP']],
      [3000, 4, ['KRW-ETH']],
      [3050, 2, ['KRW-BTC', 'KRW-SOL', 'KRW-XRP']],
      [4000, 4, ['KRW-NOPE']],
      // Once may be the exchange's own trouble.
      [4000, 5, ['KRW-NOPE']],
      [4100, 2, ['KRW-BTC', 'KRW-ETH', 'KRW-SOL', 'KRW-XRP']],
    ])
    expect(exchange.connections).toBe(1)
    expect(errors.filter(({ code }) => code !== 'SILENT_CODE')).toEqual([])
  })

  it('C9.6 innocent consumers lose nothing but time: the refused session is one gap, and it ends', () => {
    const { exchange, upbit, pass, btc, gaps } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-XRP'])
    pass(30_000)
    exchange.emit(['KRW-BTC', 'KRW-ETH', 'KRW-XRP'].map((code) => aTicker({ code })))
    expect(btc.values).toHaveLength(1)
    expect(streams.get('KRW-ETH')?.values).toHaveLength(1)
    expect(streams.get('KRW-XRP')?.values).toHaveLength(1)
    const told = (code: string): unknown[] =>
      gaps.filter((gap: GapEvent) => gap.code === code).map(({ phase, cause }) => [phase, cause])
    for (const code of ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']) {
      expect(told(code)).toEqual([
        ['opened', 'rejected'],
        ['closed', 'rejected'],
      ])
    }
  })

  it('C9.6 what a probe receives is nobody’s, and in no account; its dials and messages are', () => {
    const { exchange, upbit, pass } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    for (const code of ['KRW-ETH', 'KRW-SOL', 'KRW-XRP']) exchange.snapshot(aTicker({ code }))
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-SOL', 'KRW-XRP'])
    pass(30_000)
    const { frames, events, routed, unrouted, dials, probes, messages, epochs, data, control } =
      upbit.accounting()
    expect(frames).toBe(data + control)
    expect(unrouted).toBe(0)
    expect(events).toBe(routed + upbit.accounting().duplicate)
    expect(dials).toBe(exchange.dials.length)
    expect(probes).toBe(dials - 2)
    expect(messages).toBe(exchange.received.filter(({ kind }) => kind === 'subscribe').length)
    expect(epochs).toBe(2)
    for (const code of ['KRW-ETH', 'KRW-SOL', 'KRW-XRP']) expect(streams.get(code)?.values).toHaveLength(1)
  })

  it('C9.6 finds any guilty ones, whatever else is asked for; bounded, and below the limits', () => {
    const scenario = fc
      .integer({ min: 2, max: 40 })
      .chain((count) =>
        fc.record({ count: fc.constant(count), guilty: fc.uniqueArray(fc.nat(count - 1), { maxLength: 4 }) }),
      )
    fc.assert(
      fc.property(scenario, fc.boolean(), ({ count, guilty }, hasSnapshots) => {
        const made = settled()
        const { exchange, upbit, pass, btc } = made
        const codes = Array.from({ length: count }, (_, index) => `KRW-C${index}`)
        const bad = guilty.map((index) => `KRW-C${index}`)
        if (bad.length > 0) exchange.rejectItems({ codes: bad }, 'INVALID_PARAM')
        if (hasSnapshots) for (const code of codes) exchange.snapshot(aTicker({ code }))
        const before = exchange.dials.length
        const streams = tickers(upbit, codes)
        let most = 0
        for (let second = 0; second < 150; second++) {
          pass(1000)
          most = Math.max(most, exchange.connections)
        }
        expect([...failed(streams)].sort()).toEqual([...bad].sort())
        expect(btc.end).toBe('open')
        for (const code of codes) expect(exchange.subscribed('ticker', code)).toBe(!bad.includes(code))
        expect(most).toBeLessThanOrEqual(2)
        expect(exchange.connections).toBe(1)
        const bound = 2 * bad.length * Math.ceil(Math.log2(count)) + bad.length + 2
        expect(exchange.dials.length - before).toBeLessThanOrEqual(bound)
        expect(
          mostInAnyWindow(
            exchange.dials.map(({ atMs }) => atMs),
            10_000,
          ),
        ).toBeLessThanOrEqual(6)
        btc.subscription.unsubscribe()
        for (const { subscription } of streams.values()) subscription.unsubscribe()
      }),
      { numRuns: 25 },
    )
  })

  it('C9.6 a set that is refused only together: what fits is served, and no more is refused than has to be', () => {
    const { exchange, upbit, pass, errors, btc } = settled()
    exchange.rejectItems(({ codes }) => codes.length > 5, 'INVALID_PARAM', 'too many codes')
    const codes = Array.from({ length: 8 }, (_, index) => `KRW-C${index}`)
    const streams = tickers(upbit, codes)
    pass(120_000)
    expect(errors.filter(({ code }) => code === 'SERVER_ERROR')).toEqual([
      expect.objectContaining({ serverName: 'INVALID_PARAM', serverMessage: 'too many codes' }),
    ])
    expect(btc.end).toBe('open')
    expect(failed(streams)).toHaveLength(4)
    for (const code of codes) {
      expect(exchange.subscribed('ticker', code)).toBe(streams.get(code)?.end === 'open')
    }
    expect(exchange.connections).toBe(1)
  })

  it('C9.6 the accepted set itself, refused from now on, is halved at the third refusal', () => {
    const { exchange, upbit, pass, errors } = world()
    const codes = ['KRW-BTC', 'KRW-ETH', 'KRW-SOL', 'KRW-XRP']
    const streams = tickers(upbit, codes)
    pass(30_000)
    exchange.rejectItems({ codes: ['KRW-SOL'] }, 'INVALID_PARAM', 'delisted')
    exchange.cut()
    pass(60_000)
    expect(failed(streams)).toEqual(['KRW-SOL'])
    for (const code of codes) expect(exchange.subscribed('ticker', code)).toBe(code !== 'KRW-SOL')
    expect(errors.filter(({ code }) => code === 'SERVER_ERROR')).toHaveLength(2)
  })

  it('C9.6 an entry that was not alone new in a refused message is probed, since another may be refused from now on', () => {
    const { exchange, upbit, pass } = world()
    const old = tickers(upbit, ['KRW-BTC', 'KRW-ETH'])
    pass(30_000)
    exchange.rejectItems({ codes: ['KRW-ETH'] }, 'INVALID_PARAM', 'delisted')
    exchange.cut()
    const added = tickers(upbit, ['KRW-XRP'])
    pass(120_000)
    expect(failed(old)).toEqual(['KRW-ETH'])
    expect(failed(added)).toEqual([])
    expect(exchange.subscribed('ticker', 'KRW-XRP')).toBe(true)
    expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(true)
  })

  it('C9.6 what is unsubscribed meanwhile is searched no longer, and its probe ends', () => {
    const { exchange, upbit, pass } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-SOL', 'KRW-XRP'])
    pass(1500)
    for (const { subscription } of streams.values()) subscription.unsubscribe()
    const { length } = exchange.dials
    pass(60_000)
    expect(exchange.dials.length - length).toBeLessThanOrEqual(1)
    expect(exchange.connections).toBe(1)
    expect(failed(streams)).toEqual([])
  })

  it('C9.6 what is added meanwhile goes on the main connection and waits for no search', () => {
    const { exchange, upbit, pass } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-NOPE', ...Array.from({ length: 15 }, (_, index) => `KRW-C${index}`)])
    pass(2500)
    const late = tickers(upbit, ['KRW-LATE'])
    pass(1200)
    expect(exchange.subscribed('ticker', 'KRW-LATE')).toBe(true)
    expect(failed(streams)).toEqual([])
    pass(60_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
    expect(failed(late)).toEqual([])
  })

  it.each([
    ['a network fault', (made: World) => made.exchange.refuse('reset', { times: 2 })],
    ['a server in trouble', (made: World) => made.exchange.refuse(503, { times: 2 })],
    ['too many connects', (made: World) => made.exchange.refuse(429, { times: 1, retryAfterMs: 3000 })],
    ['a block', (made: World) => made.exchange.refuse(418, { times: 1, retryAfterMs: 20_000 })],
    ['a dial without an answer', (made: World) => made.exchange.refuse('hang', { times: 1 })],
  ])('C9.6 %s is no verdict: the probe is made again', (_what, trouble) => {
    const made = settled()
    const { exchange, upbit, pass, btc } = made
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-XRP'])
    // The main connection is back; what is dialed now is the probe.
    while (exchange.dials.length < 2) pass(1)
    trouble(made)
    pass(120_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
    expect(btc.end).toBe('open')
    expect(upbit.accounting().epochs).toBe(2)
  })

  it('C9.6 a limit on a probe is no verdict', () => {
    const { exchange, upbit, pass } = settled()
    const stop = exchange.rejectItems(
      ({ codes }) => !codes.includes('KRW-BTC'),
      'TOO_MANY_REQUEST',
      'wait 5 seconds',
    )
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-XRP'])
    pass(30_000)
    expect(failed(streams)).toEqual([])
    stop()
    pass(120_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
  })

  it('C9.6 a line that shows no life accepts nothing', () => {
    const { exchange, upbit, pass } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-XRP'])
    while (exchange.dials.length < 3) pass(1)
    // Half-open from its opening on: neither an error nor a pong comes.
    exchange.stall({ all: true })
    pass(5000)
    exchange.resume()
    pass(120_000)
    expect(failed(streams)).toEqual(['KRW-NOPE'])
  })

  it('C10.2 credentials that are refused on a probe end those that it was for, and nobody else', () => {
    const { exchange, upbit, pass, btc } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    const streams = tickers(upbit, ['KRW-ETH', 'KRW-NOPE', 'KRW-XRP'])
    while (exchange.dials.length < 2) pass(1)
    exchange.refuse(401)
    pass(60_000)
    expect([...streams.values()].map(({ errorCode }) => errorCode)).toEqual([
      'AUTH_REFUSED',
      'AUTH_REFUSED',
      'AUTH_REFUSED',
    ])
    expect(btc.end).toBe('open')
    expect(exchange.dials).toHaveLength(4)
  })

  it('C9.6 who asks again for what was refused costs nobody’s session, however blindly', () => {
    const { exchange, upbit, pass, btc } = settled()
    exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM')
    let refusals = 0
    const ask = (): void => {
      upbit.ticker$('KRW-NOPE').subscribe({
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
    expect(upbit.accounting().epochs).toBe(2)
    expect(btc.end).toBe('open')
    expect(
      mostInAnyWindow(
        exchange.dials.map(({ atMs }) => atMs),
        25_000,
      ),
    ).toBeLessThanOrEqual(2)
  })

  it('C9.6 what was refused once is served when the exchange has it', () => {
    const { exchange, upbit, pass } = settled()
    const stop = exchange.rejectItems({ codes: ['KRW-NEW'] }, 'INVALID_PARAM')
    tickers(upbit, ['KRW-NEW'])
    pass(5000)
    stop()
    const [again] = tickers(upbit, ['KRW-NEW']).values()
    pass(60_000)
    expect(again?.end).toBe('open')
    expect(exchange.subscribed('ticker', 'KRW-NEW')).toBe(true)
  })

  it('C1.1 never more than one probe of a manager, whichever connection it is for', () => {
    const { exchange, upbit, pass } = world()
    const streams = [0, 10_000].map((level) => record(upbit.orderbook$('KRW-BTC', { level })))
    pass(30_000)
    expect(exchange.connections).toBe(2)
    exchange.rejectItems({ codes: ['KRW-A'] }, 'INVALID_PARAM')
    const more = ['KRW-A', 'KRW-B', 'KRW-C'].flatMap((code) =>
      [0, 10].map((level) => record(upbit.orderbook$(code, { level }))),
    )
    let most = 0
    for (let ms = 0; ms < 60_000; ms += 50) {
      pass(50)
      most = Math.max(most, exchange.connections)
    }
    expect(most).toBe(3)
    expect(more.map(({ end }) => end)).toEqual(['error', 'error', 'open', 'open', 'open', 'open'])
    expect(streams.map(({ end }) => end)).toEqual(['open', 'open'])
  })

  it.each([80, 450, 520, 600, 800, 1500])(
    'C9.6 a refusal that comes %i ms later each way finds its own message, and costs the others seconds only',
    (latencyMs) => {
      const { exchange, upbit, pass, btc } = settled({ exchange: { latencyMs } })
      exchange.rejectItems({ codes: ['KRW-NOPE'] }, 'INVALID_PARAM', 'bad')
      const streams = tickers(upbit, ['KRW-NOPE'])
      pass(900)
      const late = tickers(upbit, ['KRW-ETH'])
      let served = 0
      for (let second = 0; second < 60; second++) {
        pass(1000)
        if (exchange.subscribed('ticker', 'KRW-BTC')) served++
      }
      expect(streams.get('KRW-NOPE')?.errorCode).toBe('REJECTED')
      expect(failed(late)).toEqual([])
      expect(exchange.subscribed('ticker', 'KRW-ETH')).toBe(true)
      expect(btc.end).toBe('open')
      expect(served).toBeGreaterThan(50)
    },
  )
})
