/** Whole runs of `watch` inside this process, over real sockets: sources, outputs, endings and the account at the end. */
import { UpbitError } from '../../src/base/errors'
import type { Summary } from '../../src/cli/summary'
import { UsageError } from '../../src/cli/usage-error'
import { watch } from '../../src/cli/watch'
import type { WatchArguments } from '../../src/cli/watch-arguments'
import { Upbit } from '../../src/client'
import { ExchangeServer } from '../../src/simulator/server'
import { aTrade, startExchange, virtualStartMs } from '../../src/testing'
import type { FakeHost } from './support/fake-host'
import { fakeHost } from './support/fake-host'
import { recordingFolder } from './support/recording-file'

const { recording } = recordingFolder()

function args(given: Partial<WatchArguments> = {}): WatchArguments {
  return { kind: 'watch', codes: [], types: [], source: { kind: 'simulate' }, json: true, ...given }
}

function summaryOf({ stderr }: FakeHost): Summary {
  return JSON.parse(stderr.lines.at(-1) ?? '') as Summary
}

/** Resolves when the host's stdout holds what is looked for. */
async function until(isThere: () => boolean): Promise<void> {
  while (!isThere()) await new Promise((resolve) => setImmediate(resolve))
}

describe('C13 watch --simulate', () => {
  it('ends after its duration with exit code 0, every frame accounted for', async () => {
    const host = fakeHost()
    expect(await watch(args({ durationMs: 600 }), host)).toBe(0)
    const summary = summaryOf(host)
    expect(summary.events).toBeGreaterThan(0)
    expect(host.stdout.lines).toHaveLength(summary.delivered)
    expect(summary).toMatchObject({ rejected: 0, failed: 0, coalesced: 0, dropped: 0, gaps: 0, epochs: 1 })
    expect(summary.received).toBe(summary.decoded)
    const { duplicate, stale, unrouted, delivered, discarded } = summary
    expect(duplicate + stale + unrouted + delivered + discarded).toBe(summary.events)
    const byType: Record<string, number> = {}
    for (const line of host.stdout.lines) {
      const { type } = JSON.parse(line) as { type: string }
      byType[type] = (byType[type] ?? 0) + 1
    }
    expect(byType).toEqual(summary.byType)
    expect(host.stderr.lines).toHaveLength(1)
  })

  it('ends at Ctrl-C with exit code 0 and the summary', async () => {
    const host = fakeHost()
    const running = watch(args(), host)
    await until(() => host.stdout.lines.length > 5)
    host.press()
    expect(await running).toBe(0)
    expect(summaryOf(host).delivered).toBe(host.stdout.lines.length)
    expect(host.exits).toEqual([])
  })

  describe('when its client does not close in time', () => {
    const { shutdown } = Upbit.prototype
    beforeEach(() => {
      jest.spyOn(Upbit.prototype, 'shutdown').mockImplementation(async function (this: Upbit) {
        await shutdown.call(this)
        throw new UpbitError('TIMEOUT', 'shutdown took longer than 5000 ms.')
      })
    })
    afterEach(() => jest.restoreAllMocks())

    it('closes the embedded exchange and tells the account all the same, with exit code 1', async () => {
      const close = jest.spyOn(ExchangeServer.prototype, 'close')
      const host = fakeHost()
      expect(await watch(args({ durationMs: 100 }), host)).toBe(1)
      expect(close).toHaveBeenCalledTimes(1)
      expect(host.stderr.lines).toHaveLength(2)
      expect(host.stderr.lines[0]).toBe('upbit-rx: TIMEOUT: shutdown took longer than 5000 ms.')
      expect(summaryOf(host).delivered).toBe(host.stdout.lines.length)
    })

    it('reports what went wrong before that', async () => {
      const close = jest.spyOn(ExchangeServer.prototype, 'close')
      const source = { kind: 'replay', file: recording('three.jsonl', 3), speed: 1 } as const
      const running = watch(args({ source, types: ['ticker'] }), fakeHost())
      await expect(running).rejects.toThrow(UsageError)
      expect(close).toHaveBeenCalledTimes(1)
    })
  })

  it('ends at a closed pipe with exit code 0 and without a complaint', async () => {
    const host = fakeHost()
    const running = watch(args(), host)
    await until(() => host.stdout.lines.length > 5)
    host.stdout.breakPipe()
    expect(await running).toBe(0)
    expect(host.stderr.lines).toHaveLength(1)
    const { delivered, discarded, events } = summaryOf(host)
    expect(delivered + discarded).toBe(events)
  })

  it('ends with exit code 1 when its reader falls behind, and not only when the reader reads on', async () => {
    await using exchange = await startExchange({ market: false })
    const host = fakeHost()
    const source = { kind: 'url', url: exchange.url } as const
    const running = watch(args({ source, types: ['trade'] }), host)
    await exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'))
    host.stdout.block()
    for (let i = 0; i < 10_200; i++) exchange.emit(aTrade({ trade_timestamp: virtualStartMs + i }))
    expect(await running).toBe(1)
    const [problem = ''] = host.stderr.lines.slice(-2)
    expect(problem).toMatch(/^upbit-rx: The reader of stdout fell 10,000 events behind/)
    const { events, delivered, dropped, discarded, gaps } = summaryOf(host)
    expect(dropped).toBeGreaterThan(0)
    expect(gaps).toBe(1)
    expect(delivered + dropped + discarded).toBe(events)
    // The process would wait for the reader for ever.
    expect(host.exits).toEqual([1])
  })

  it('spells frames as --format says; the events are the same', async () => {
    await using exchange = await startExchange({ market: false })
    const host = fakeHost()
    const source = { kind: 'url', url: exchange.url } as const
    const running = watch(args({ source, types: ['trade'], format: 'SIMPLE_LIST' }), host)
    await exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'))
    expect(exchange.received.at(-1)?.text).toContain('"SIMPLE_LIST"')
    exchange.emit(aTrade({ trade_price: 5 }))
    await until(() => host.stdout.lines.length === 1)
    host.press()
    await running
    expect(JSON.parse(host.stdout.lines[0] ?? '')).toMatchObject({ type: 'trade', trade_price: 5 })
  })

  it('tells problems as lines on stderr, before the summary', async () => {
    await using exchange = await startExchange({ market: false })
    const host = fakeHost()
    const source = { kind: 'url', url: exchange.url } as const
    const running = watch(args({ source, types: ['trade'] }), host)
    await exchange.until(() => exchange.subscribed('trade', 'KRW-BTC'))
    exchange.emitRaw('{"type":"trade","code":"KRW-BTC"}')
    await until(() => host.stderr.lines.length > 0)
    host.press()
    expect(await running).toBe(0)
    expect(host.stderr.lines).toHaveLength(2)
    expect(host.stderr.lines[0]).toMatch(/^upbit-rx: UNDECODABLE: trade KRW-BTC: \$\.\w+ should be /)
    expect(summaryOf(host)).toMatchObject({ received: 1, decoded: 0, rejected: 1, gaps: 1 })
  })
})

describe('C13 watch --replay', () => {
  it('ends when all has been sent and delivered, in order of arrival, without gap or reconnect', async () => {
    const host = fakeHost()
    const file = recording('all.jsonl', 300)
    expect(await watch(args({ source: { kind: 'replay', file, speed: 10 } }), host)).toBe(0)
    expect(summaryOf(host)).toEqual({
      received: 300,
      decoded: 300,
      rejected: 0,
      events: 300,
      duplicate: 0,
      stale: 0,
      unrouted: 0,
      delivered: 300,
      failed: 0,
      coalesced: 0,
      dropped: 0,
      discarded: 0,
      gaps: 0,
      epochs: 1,
      byType: { orderbook: 100, trade: 200 },
    })
    const stamps = host.stdout.lines.map((line) => (JSON.parse(line) as { timestamp: number }).timestamp)
    expect(stamps).toEqual(Array.from({ length: 300 }, (_, i) => virtualStartMs + i))
  })

  it('serves what was asked for of it', async () => {
    const host = fakeHost()
    const file = recording('some.jsonl', 30)
    const source = { kind: 'replay', file, speed: 100 } as const
    expect(await watch(args({ source, types: ['orderbook'] }), host)).toBe(0)
    expect(summaryOf(host)).toMatchObject({ received: 10, delivered: 10, byType: { orderbook: 10 } })
  })

  it.each<[string, string, string[]]>([
    ['a line', 'x\n', ['1 line of the recording cannot be read and is left out.']],
    ['two lines', 'x\n{"t":1,"frame":{"ty\n', ['2 lines of the recording cannot be read and are left out.']],
    [
      'a cut',
      '{"t":1,"frame":{"ty',
      ['The recording was cut off in the middle of a line, as by a crash; that line is left out.'],
    ],
    [
      'two cuts and a line',
      '{"t":1,"fr\n{"t":2,"begin":{"version":1}}\nx\n{"t":1,"frame":{"ty',
      [
        'The recording was cut off 2 times in the middle of a line, as by a crash; those lines are left out.',
        '1 line of the recording cannot be read and is left out.',
      ],
    ],
  ])('tells what of the recording is left out: %s', async (_case, end, told) => {
    const host = fakeHost()
    const file = recording('damaged.jsonl', 3, end)
    expect(await watch(args({ source: { kind: 'replay', file, speed: 1 } }), host)).toBe(0)
    expect(host.stderr.lines.slice(0, -1)).toEqual(told.map((line) => `upbit-rx: ${line}`))
  })

  it('refuses what the recording does not hold, and takes its server down', async () => {
    const file = recording('other.jsonl', 3)
    const source = { kind: 'replay', file, speed: 1 } as const
    await expect(watch(args({ source, types: ['ticker'] }), fakeHost())).rejects.toThrow(
      'ticker is not in the recording',
    )
  })

  it('shows a board with badge and progress on a terminal, and the account in words under it', async () => {
    const host = fakeHost(undefined, { NO_COLOR: '1' })
    host.stdout.isTTY = true
    const file = recording('board.jsonl', 60)
    const source = { kind: 'replay', file, speed: 1 } as const
    expect(await watch(args({ source, json: false }), host)).toBe(0)
    const [, left = ''] = host.stdout.text.split('\u001b[?1049l')
    expect(left).toMatch(/^ REPLAY {2}board\.jsonl at 127\.0\.0\.1:\d+/)
    expect(left).toMatch(/60\/60 sent {3}100% {3}speed 1x {3}done/)
    expect(host.stderr.lines[0]).toBe('60 frames in one session, 60 events (orderbook 20, trade 40).')
    expect(host.stderr.lines[1]).toMatch(/^\d+ shown.*\. Nothing was lost\.$/)
    expect(host.restores.size).toBe(0)
  })
})

describe('C13 watch without a terminal', () => {
  it.each([
    ['not a terminal', false, {}],
    ['a terminal that cannot move its cursor', true, { TERM: 'dumb' }],
  ])('writes plain lines: %s', async (_, isTTY, env) => {
    const host = fakeHost(undefined, env)
    host.stdout.isTTY = isTTY
    expect(await watch(args({ json: false, durationMs: 400 }), host)).toBe(0)
    expect(host.stdout.lines[0]).toMatch(/^SIMULATED embedded exchange at /)
    expect(host.stdout.lines.at(-1)).toMatch(/Z KRW-XRP /)
    expect(host.stdout.text).not.toContain('\u001b')
    expect(host.stderr.lines).toHaveLength(2)
  })
})
