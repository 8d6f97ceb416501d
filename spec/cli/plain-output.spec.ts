import type { Ending } from '../../src/cli/ending'
import { asAsked } from '../../src/cli/ending'
import { plainOutput } from '../../src/cli/plain-output'
import { anOrderbook, aTicker, virtualStartMs } from '../../src/testing'
import { connected, onExchange } from './support/on-exchange'

const unit = { ask_price: 109_850_000, bid_price: 109_846_000, ask_size: 1, bid_size: 1 }

describe('C13 without a terminal', () => {
  it('says what is watched, then tells each market once a second, without a control sequence', () => {
    const setting = onExchange({ codes: ['KRW-BTC', 'KRW-ETH'] })
    connected(setting, plainOutput)
    const { exchange, time, host } = setting
    exchange.emit([aTicker({ ask_bid: 'BID' }), anOrderbook({ orderbook_units: [unit] })])
    time.pass(2000)
    expect(host.stdout.lines).toEqual([
      'SIMULATED embedded exchange at exchange.invalid: KRW-BTC, KRW-ETH',
      '2026-11-23T00:00:01Z KRW-BTC   109,847,000  +682,000 +0.62%  spread 4,000  BUY  0.00509799 at 109,847,000, 1.0s ago',
      '2026-11-23T00:00:01Z KRW-ETH nothing yet',
      '2026-11-23T00:00:02Z KRW-BTC   109,847,000  +682,000 +0.62%  spread 4,000  BUY  0.00509799 at 109,847,000, 2.0s ago',
      '2026-11-23T00:00:02Z KRW-ETH nothing yet',
    ])
    expect(host.stdout.text).not.toContain('\u001b')
  })

  it('tells at its end what came since the last second', async () => {
    const setting = onExchange({ types: ['orderbook'] })
    const output = connected(setting, plainOutput)
    setting.time.pass(1100)
    setting.exchange.emit(anOrderbook({ orderbook_units: [unit] }))
    output.leave()
    await output.flush(asAsked)
    expect(setting.host.stdout.lines.slice(1)).toEqual([
      '2026-11-23T00:00:01Z KRW-BTC nothing yet',
      '2026-11-23T00:00:01Z KRW-BTC   -  spread 4,000',
    ])
    expect(output.tally).toMatchObject({ offered: 1, delivered: 1, discarded: 0, pending: 0 })
  })

  it('has no line left to tell when nothing came', async () => {
    const setting = onExchange()
    const output = connected(setting, plainOutput)
    setting.time.pass(1000)
    output.leave()
    setting.time.pass(5000)
    await output.flush(asAsked)
    expect(setting.host.stdout.lines).toHaveLength(2)
  })

  it('leaves lines out for a reader that is behind, and tells the present afterwards', () => {
    const setting = onExchange({ types: ['ticker'] })
    connected(setting, plainOutput)
    const { exchange, time, host } = setting
    host.stdout.block()
    host.stdout.write('x'.repeat(20_000))
    for (let i = 1; i <= 5; i++) {
      exchange.emit(
        aTicker({ timestamp: virtualStartMs + i, trade_timestamp: virtualStartMs + i, trade_price: i }),
      )
      time.pass(1000)
    }
    expect(host.stdout.writableLength).toBeLessThan(20_100)
    host.stdout.release()
    time.pass(1000)
    expect(host.stdout.lines.filter((line) => line.includes('KRW-BTC')).length).toBeGreaterThan(0)
    expect(host.stdout.text).toContain('KRW-BTC   5.000')
    expect(host.stdout.text).not.toContain('KRW-BTC   3.000')
  })

  it('names the number of many markets', () => {
    const codes = Array.from({ length: 11 }, (_, index) => `KRW-A${index}`)
    const setting = onExchange({ codes })
    connected(setting, plainOutput)
    expect(setting.host.stdout.lines[0]).toMatch(/: 11 markets$/)
  })

  it('ends with a fault when a stream is refused, and quietly when its reader goes away', () => {
    const endings: Ending[] = []
    const setting = onExchange({ types: ['ticker'] })
    setting.exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM')
    const output = connected(setting, plainOutput)
    output.ended$.subscribe((ending) => endings.push(ending))
    // As long as it takes to find out who is to blame.
    setting.time.pass(10_000)
    setting.host.stdout.breakPipe()
    setting.time.pass(3000)
    expect(endings).toEqual([
      {
        code: 1,
        message: expect.stringMatching(/^REJECTED: The exchange refused a request with ticker KRW-BTC/),
      },
      { code: 0 },
    ])
  })
})
