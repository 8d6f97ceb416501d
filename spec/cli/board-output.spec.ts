import { boardOutput } from '../../src/cli/board-output'
import type { Ending } from '../../src/cli/ending'
import { asAsked } from '../../src/cli/ending'
import { aTicker, virtualStartMs } from '../../src/testing'
import { connected, onExchange } from './support/on-exchange'

const escape = '\u001b['
const updates = (text: string): number => text.split(`${escape}?2026h`).length - 1

function drawing() {
  const setting = onExchange({ types: ['ticker'] })
  const output = connected(setting, boardOutput)
  const tick = (i: number): void => {
    const timestamp = virtualStartMs + i
    setting.exchange.emit(aTicker({ timestamp, trade_timestamp: timestamp, trade_price: 1000 + i }))
  }
  return { ...setting, output, tick }
}

describe('C13 on a terminal', () => {
  it('there is a board at once, and the alternate screen under it', () => {
    const { host } = drawing()
    expect(host.stdout.text.startsWith(`${escape}?1049h${escape}?25l`)).toBe(true)
    expect(host.stdout.text).toContain(' SIMULATED  embedded exchange at exchange.invalid')
  })

  it('it is drawn at most ten times a second, whatever comes, with the newest of what came', () => {
    const { time, host, tick, output } = drawing()
    time.pass(1000)
    host.stdout.text = ''
    for (let i = 0; i < 1000; i++) {
      tick(i)
      time.pass(1)
    }
    expect(updates(host.stdout.text)).toBeGreaterThan(8)
    expect(updates(host.stdout.text)).toBeLessThanOrEqual(10)
    // One market: of the tickers between two drawings the newest is enough.
    const { delivered, coalesced, pending, offered } = output.tally
    expect(delivered + coalesced + pending).toBe(offered)
    expect(delivered).toBeLessThanOrEqual(11)
    expect(host.stdout.text).not.toContain('1,033')
    expect(host.stdout.text).toContain('1,9')
  })

  it('ends with the last board on the ordinary screen, all that came in it, the cursor restored', async () => {
    const { time, host, tick, output } = drawing()
    time.pass(150)
    tick(7)
    output.leave()
    host.stdout.text = ''
    tick(8)
    time.pass(5000)
    expect(await output.flush(asAsked)).toBe(true)
    const [modes = '', board = ''] = host.stdout.text.split(`${escape}?1049l`)
    expect(modes).toBe(`${escape}?7h${escape}?25h`)
    expect(board).toMatch(/^KRW-BTC +1,007/m)
    expect(board).toMatch(/errors 0\n$/)
    expect(output.tally).toMatchObject({ offered: 1, delivered: 1, pending: 0, discarded: 0 })
  })

  it('paints, unless NO_COLOR is set', () => {
    const colourful = onExchange({ env: {} })
    connected(colourful, boardOutput)
    expect(colourful.host.stdout.text).toContain(`${escape}1;30;43m SIMULATED ${escape}0m`)
    // eslint-disable-next-line no-control-regex -- the sequences that colours are made of
    expect(drawing().host.stdout.text).not.toMatch(/\u001b\[[\d;]+m/)
  })

  it('ends with a fault when a stream is refused, and quietly with its terminal', () => {
    const endings: Ending[] = []
    const setting = onExchange({ types: ['ticker'] })
    setting.exchange.rejectItems({ type: 'ticker' }, 'INVALID_PARAM')
    const output = connected(setting, boardOutput)
    output.ended$.subscribe((ending) => endings.push(ending))
    // As long as it takes to find out who is to blame.
    setting.time.pass(10_000)
    setting.host.stdout.breakPipe('EIO')
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
