import { throwError } from 'rxjs'
import type { Ending } from '../../src/cli/ending'
import { asAsked } from '../../src/cli/ending'
import { jsonOutput } from '../../src/cli/json-output'
import type { PublicEvent } from '../../src/protocol/events'
import { aCandle, anOrderbook, aTicker, aTrade, virtualStartMs } from '../../src/testing'
import { turn } from './support/fake-host'
import { connected, onExchange } from './support/on-exchange'
import type { OnExchangeOptions } from './support/on-exchange'

const limit = 10_000

function writing(options: OnExchangeOptions = {}) {
  const setting = onExchange(options)
  const output = connected(setting, jsonOutput)
  const endings: Ending[] = []
  output.ended$.subscribe((ending) => endings.push(ending))
  const parsed = (): PublicEvent[] => setting.host.stdout.lines.map((line) => JSON.parse(line) as PublicEvent)
  /** One trade after the other, each with an id of its own. */
  const trades = (from: number, count: number): void => {
    for (let i = from; i < from + count; i++) {
      setting.exchange.emit(aTrade({ trade_timestamp: virtualStartMs + i, trade_volume: i }))
    }
  }
  return { ...setting, output, endings, parsed, trades }
}

describe('C13 --json', () => {
  it('writes an event a line, exactly as the library delivers it', () => {
    const { exchange, upbit, parsed } = writing({ types: ['ticker', 'trade', 'orderbook', 'candle.1m'] })
    const delivered: PublicEvent[] = []
    upbit.ticker$('KRW-BTC').subscribe((event) => delivered.push(event))
    upbit.trade$('KRW-BTC').subscribe((event) => delivered.push(event))
    upbit.orderbook$('KRW-BTC').subscribe((event) => delivered.push(event))
    upbit.candle$('KRW-BTC', '1m').subscribe((event) => delivered.push(event))
    exchange.emit([aTrade(), aTicker(), anOrderbook(), aCandle('1m')])
    expect(delivered.map(({ type }) => type)).toEqual(['trade', 'ticker', 'orderbook', 'candle.1m'])
    expect(parsed()).toEqual(delivered)
  })

  it('keeps the order of arrival over all types while stdout is full, and coalesces nothing', async () => {
    const { exchange, host, output, parsed } = writing()
    host.stdout.block()
    for (let i = 0; i < 60; i++) {
      exchange.emit(aTicker({ timestamp: virtualStartMs + i, trade_price: i }))
      exchange.emit(aTrade({ trade_timestamp: virtualStartMs + i, trade_price: i }))
      exchange.emit(anOrderbook({ timestamp: virtualStartMs + i, total_ask_size: i }))
    }
    expect(output.tally.pending).toBeGreaterThan(100)
    host.stdout.release()
    await output.flush(asAsked)
    const events = parsed()
    expect(events.map(({ type }) => type)).toEqual(
      Array.from({ length: 60 }, () => ['ticker', 'trade', 'orderbook']).flat(),
    )
    expect(events.filter(({ type }) => type === 'ticker').map(({ timestamp }) => timestamp)).toEqual(
      Array.from({ length: 60 }, (_, i) => virtualStartMs + i),
    )
    expect(output.tally).toMatchObject({ offered: 180, delivered: 180, coalesced: 0, dropped: 0, pending: 0 })
    expect(output.gaps).toBe(0)
  })

  it('lets 10,000 events wait; the next one is an error with exit code 1 and says so', async () => {
    const { host, output, endings, trades } = writing({ types: ['trade'] })
    host.stdout.block()
    // What stdout's own buffer takes does not wait for it.
    trades(0, 100)
    const waiting = output.tally.pending - 1
    trades(100, limit - waiting)
    await turn()
    expect(endings).toEqual([])
    trades(20_000, 1)
    await turn()
    expect(endings).toEqual([
      {
        code: 1,
        patienceMs: 1000,
        message:
          'The reader of stdout fell 10,000 events behind, so the next one was lost. ' +
          'Watch fewer markets or types, or write to a file and read that.',
      },
    ])
    expect(output.tally).toMatchObject({ dropped: 1, coalesced: 0 })
    expect(output.gaps).toBe(1)
  })

  it('gives the reader what waited, if it reads on after an overflow', async () => {
    const { host, output, endings, trades, parsed } = writing({ types: ['trade'] })
    host.stdout.block()
    trades(0, limit + 200)
    await turn()
    output.leave()
    host.stdout.release()
    expect(await output.flush(endings[0]!)).toBe(true)
    const { delivered, dropped, offered } = output.tally
    expect(delivered + dropped).toBe(offered)
    expect(parsed()).toHaveLength(delivered)
    expect(dropped).toBeGreaterThan(0)
  })

  it('gives up a reader that takes nothing after an overflow, and counts what it did not get', async () => {
    const { time, host, output, endings, trades } = writing({ types: ['trade'] })
    host.stdout.block()
    trades(0, limit + 200)
    await turn()
    output.leave()
    const flushing = output.flush(endings[0]!)
    await turn()
    time.pass(2000)
    expect(await flushing).toBe(false)
    const { delivered, dropped, discarded, pending, offered } = output.tally
    expect(delivered + dropped + discarded).toBe(offered)
    expect(discarded).toBe(limit + 1)
    expect(pending).toBe(0)
  })

  it('waits for a reader that pages, however long, when it ended as asked', async () => {
    const { time, host, output, trades, parsed } = writing({ types: ['trade'] })
    host.stdout.block()
    trades(0, 500)
    output.leave()
    const flushing = output.flush(asAsked)
    await turn()
    time.pass(3_600_000)
    host.stdout.release()
    expect(await flushing).toBe(true)
    expect(parsed()).toHaveLength(500)
  })

  it('takes nothing more in after it was left', async () => {
    const { exchange, output, parsed } = writing()
    output.leave()
    exchange.emit(aTicker())
    await output.flush(asAsked)
    expect(parsed()).toEqual([])
  })

  it('ends quietly when the reader goes away, and writes nothing more', async () => {
    const { host, output, endings, trades } = writing({ types: ['trade'] })
    host.stdout.block()
    trades(0, 500)
    host.stdout.breakPipe()
    expect(endings).toEqual([{ code: 0 }])
    const { text } = host.stdout
    trades(500, 10)
    expect(host.stdout.text).toBe(text)
    expect(await output.flush(endings[0]!)).toBe(true)
    const { delivered, discarded, offered, pending } = output.tally
    expect(delivered + discarded).toBe(offered)
    expect(pending).toBe(0)
  })

  it('ends with exit code 1 when a stream fails in the turn of its subscription', async () => {
    const { config } = onExchange({ types: ['trade'] })
    const failing = { trade$: () => throwError(() => new Error('gone')) } as unknown as typeof config.upbit
    const endings: Ending[] = []
    jsonOutput({ ...config, upbit: failing }).ended$.subscribe((ending) => endings.push(ending))
    await turn()
    expect(endings).toEqual([{ code: 1, message: 'gone' }])
  })

  it('ends with exit code 1 when the exchange refuses a stream', async () => {
    const setting = onExchange({ codes: ['KRW-NONE'] })
    setting.exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM', '잘못된 요청')
    const output = connected(setting, jsonOutput)
    const endings: Ending[] = []
    output.ended$.subscribe((ending) => endings.push(ending))
    // Three entries are suspected together, and probes are two seconds apart (C9.6).
    setting.time.pass(10_000)
    await turn()
    expect(endings[0]?.code).toBe(1)
    expect(endings[0]?.message).toMatch(/^REJECTED: The exchange refused .* INVALID_PARAM/)
  })
})
