/** The board as a reader sees it: whole pictures of lines, in the sizes of windows that people have. */
import type { BoardView, WindowSize } from '../../../src/cli/board/board-view'
import { displayWidth } from '../../../src/cli/board/display-width'
import { renderBoard } from '../../../src/cli/board/render-board'
import type { Style } from '../../../src/cli/board/style'
import { colourStyle, plainStyle } from '../../../src/cli/board/style'

const nowMs = Date.UTC(2026, 10, 23)

const view: BoardView = {
  nowMs,
  startedMs: nowMs - 83_000,
  badges: ['SIMULATED'],
  title: 'embedded exchange at 127.0.0.1:45849',
  status: { state: 'live', epoch: 1, since: nowMs - 82_000 },
  hasPrices: true,
  hasTrades: true,
  hasBooks: true,
  markets: [
    {
      code: 'KRW-BTC',
      price: 108_830_000,
      change: 64_000,
      changeRate: 0.0006,
      bestBid: 108_829_000,
      bestAsk: 108_830_000,
      trade: { side: 'BID', price: 108_830_000, size: 0.00079806, timestamp: nowMs, sinceMs: nowMs - 300 },
      history: [1, 2, 3, 4, 5, 6, 7, 8],
    },
    {
      code: 'KRW-XRP',
      price: 3081,
      change: -82,
      changeRate: -0.0259,
      bestBid: 3080,
      bestAsk: 3081,
      trade: { side: 'ASK', price: 3081, size: 17.0288, timestamp: nowMs, sinceMs: nowMs - 65_000 },
      history: [8, 7, 6],
    },
    { code: 'BTC-ETH', history: [] },
  ],
  counts: { events: 1733, perSecond: 31.6, lagMs: 4.2, queue: 0, dropped: 0, gaps: 0, errors: 0 },
}

const lines = (
  changes: Partial<BoardView> = {},
  size: Partial<WindowSize> = {},
  style = plainStyle,
): string[] => renderBoard({ ...view, ...changes }, { columns: 80, rows: 24, ...size }, style)

/** What is seen of painted text. */
// eslint-disable-next-line no-control-regex -- the sequences that colours are made of
const unpainted = (line: string): string => line.replace(/\u001b\[[\d;]*m/g, '')

describe('renderBoard', () => {
  it('C13 shows every market with price, change, spread and last trade, and the state, in 80 columns', () => {
    expect(lines()).toEqual([
      ' SIMULATED  embedded exchange at 127.0.0.1:45849       ● live, epoch 1   up 1:23',
      '',
      'MARKET            PRICE       CHANGE        %    SPREAD  LAST TRADE        AGE',
      'KRW-BTC     108,830,000      +64,000   +0.06%     1,000  BUY  0.00079806  0.3s',
      'KRW-XRP           3,081          -82   -2.59%         1  SELL 17.0288       1m',
      'BTC-ETH               -            -        -         -  -                   -',
      '',
      'events/s 32   lag 4 ms   queue 0   drops 0   gaps 0   errors 0',
      'Ctrl-C ends',
    ])
  })

  it('has room for the price of the last trade and for the trend in 120 columns', () => {
    expect(lines({}, { columns: 120 }).slice(2, 6)).toEqual([
      'MARKET            PRICE       CHANGE        %    SPREAD  LAST TRADE                 AT   AGE  TREND                     ',
      'KRW-BTC     108,830,000      +64,000   +0.06%     1,000  BUY  0.00079806   108,830,000  0.3s  ▁▂▃▄▅▆▇█',
      'KRW-XRP           3,081          -82   -2.59%         1  SELL 17.0288            3,081    1m  █▅▁',
      'BTC-ETH               -            -        -         -  -                           -     -',
    ])
  })

  it('adds the best prices in 160 columns', () => {
    expect(lines({}, { columns: 160 })[2]).toMatch(
      /^MARKET +PRICE +CHANGE +% +BID +ASK +SPREAD +LAST TRADE +AT +AGE +TREND *$/,
    )
  })

  it('drops columns in a narrow window, the important ones last', () => {
    expect(lines({}, { columns: 60 })).toEqual([
      ' SIMULATED  embedded exchange at 127.0.0.1:45849',
      '● live, epoch 1   up 1:23',
      '',
      'MARKET            PRICE        %    SPREAD  LAST TRADE     ',
      'KRW-BTC     108,830,000   +0.06%     1,000  BUY  0.00079806',
      'KRW-XRP           3,081   -2.59%         1  SELL 17.0288',
      'BTC-ETH               -        -         -  -',
      '',
      'events/s 32   lag 4 ms   queue 0   drops 0   gaps 0',
      'errors 0',
      'Ctrl-C ends',
    ])
    expect(lines({}, { columns: 32 }).slice(3, 6)).toEqual([
      'MARKET            PRICE        %',
      'KRW-BTC     108,830,000   +0.06%',
      'KRW-XRP           3,081   -2.59%',
    ])
  })

  it('never is wider or higher than the window, painted or not', () => {
    const crowded: Partial<BoardView> = {
      badges: ['SIMULATED', 'REPLAY'],
      title: '녹음-2021-04-05-시세-체결-호가.jsonl at 127.0.0.1:45849',
      problem: { text: 'REJECTED: 요청이 거부되었습니다. '.repeat(20), atMs: nowMs - 1500 },
      replay: {
        sent: 10,
        wanted: 1733,
        passed: 10,
        total: 1733,
        positionMs: 1,
        durationMs: 120_000,
        speed: 20,
      },
      status: { state: 'waiting', reason: 'connect-limit', retryAtMs: nowMs + 700 },
    }
    for (const style of [plainStyle, colourStyle]) {
      for (let columns = 20; columns <= 200; columns += 3) {
        for (const rows of [1, 5, 12, 50]) {
          const drawn = lines(crowded, { columns, rows }, style)
          expect(drawn.length).toBeLessThanOrEqual(rows)
          for (const line of drawn) expect(displayWidth(unpainted(line))).toBeLessThanOrEqual(columns)
        }
      }
    }
  })

  it('says how many markets have no room', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ code: `KRW-X${index}`, history: [] }))
    const drawn = lines({ markets: many }, { rows: 12 })
    expect(drawn).toHaveLength(12)
    expect(drawn.slice(2, 9).map((line) => line.split(' ')[0])).toEqual([
      'MARKET',
      'KRW-X0',
      'KRW-X1',
      'KRW-X2',
      'KRW-X3',
      'KRW-X4',
      'and',
    ])
    expect(drawn[8]).toBe('and 35 more markets')
    expect(lines({ markets: many.slice(0, 6) }, { rows: 12 })[8]).toMatch(/^KRW-X5/)
  })

  it('has no column for what nothing tells', () => {
    expect(lines({ hasTrades: false })[2]).toMatch(/^MARKET +PRICE +BID +ASK +SPREAD +TREND/)
    expect(lines({ hasTrades: false, hasPrices: false })[2]).toMatch(/^MARKET +BID +ASK +SPREAD +TREND/)
    expect(lines({ hasBooks: false })[2]).toBe(
      'MARKET            PRICE       CHANGE        %  LAST TRADE        AGE  TREND     ',
    )
  })

  it('C13 shows the progress of a replay', () => {
    const times = { positionMs: 48_000, durationMs: 120_000, speed: 6 }
    const replay = { sent: 680, wanted: 1733, passed: 700, total: 1733, ...times }
    const shown: Partial<BoardView> = { badges: ['SIMULATED', 'REPLAY'], title: 'file.jsonl', replay }
    expect(lines(shown).slice(0, 2)).toEqual([
      ' SIMULATED   REPLAY  file.jsonl                        ● live, epoch 1   up 1:23',
      '##############.....................   680/1,733 sent   40%   speed 6x   ETA 0:12',
    ])
    expect(lines({ ...shown, replay: { ...replay, sent: 1733, passed: 1733 } })[1]).toBe(
      `${'#'.repeat(36)}   1,733/1,733 sent   100%   speed 6x   done`,
    )
    // Of half the streams half the frames; the bar is the recording's own.
    expect(lines({ ...shown, replay: { ...replay, sent: 300, wanted: 672 } })[1]).toContain(
      '300/672 sent   40%',
    )
    expect(lines(shown, { columns: 40 }).slice(2, 4)).toEqual(['680/1,733 sent   40%   speed 6x', 'ETA 0:12'])
  })

  it.each<[BoardView['status'], string]>([
    [{ state: 'connecting', attempt: 3 }, '○ connecting, attempt 3   up 1:23'],
    [
      { state: 'waiting', reason: 'backoff', retryAtMs: nowMs + 2400 },
      '○ waiting (backoff), again in 2.4s   up 1:23',
    ],
    [
      { state: 'waiting', reason: 'blocked', retryAtMs: nowMs - 10 },
      '○ waiting (blocked), again in 0.0s   up 1:23',
    ],
    [{ state: 'idle' }, '○ idle   up 1:23'],
    [{ state: 'closed' }, '○ closed   up 1:23'],
  ])('says the state of the connection: %j', (status, words) => {
    expect(lines({ status }, { columns: 120 })[0]?.trimEnd().endsWith(words)).toBe(true)
  })

  it('tells the last problem in words, and wraps them', () => {
    const text =
      'CONNECT_FAILED: No connection to 127.0.0.1:9124: connection refused. The next attempt is in 4 s.'
    const drawn = lines({ problem: { text, atMs: nowMs - 1600 } })
    expect(drawn.slice(-3)).toEqual([
      '! 1.6s ago: CONNECT_FAILED: No connection to 127.0.0.1:9124: connection refused.',
      'The next attempt is in 4 s.',
      'Ctrl-C ends',
    ])
  })

  it('gives no hint how to end it when it has ended', () => {
    expect(lines().at(-1)).toBe('Ctrl-C ends')
    expect(lines({ isOver: true }).at(-1)).toMatch(/errors 0$/)
  })

  it('knows no lag in a recording', () => {
    expect(lines({ counts: { ...view.counts, lagMs: undefined } }).at(-2)).toContain('lag -')
  })
})

describe('the colours of a board', () => {
  const named = Object.fromEntries(
    Object.keys(plainStyle).map((name) => [name, (text: string) => `<${name}:${text}>`]),
  ) as unknown as Style
  const painted = (changes: Partial<BoardView> = {}): string[] => lines(changes, { columns: 120 }, named)

  it("follow Upbit's convention: up is red, down is blue", () => {
    expect(colourStyle.up('x')).toBe('\u001b[91mx\u001b[0m')
    expect(colourStyle.down('x')).toBe('\u001b[94mx\u001b[0m')
    const [btc = '', xrp = '', eth = ''] = painted().slice(3)
    expect(btc).toContain('<up:108,830,000>')
    expect(btc).toContain('<up:+64,000>')
    expect(btc).toContain('<up:+0.06%>')
    expect(btc).toContain('<up:BUY  0.00079806>')
    expect(btc).toContain('<up:▁▂▃▄▅▆▇█>')
    expect(xrp).toContain('<down:3,081>')
    expect(xrp).toContain('<down:SELL 17.0288>')
    expect(eth).not.toContain('<up')
  })

  it('make a price stand out for a moment after it moved', () => {
    const moved = (up: boolean, agoMs: number): string =>
      painted({ markets: [{ ...view.markets[0]!, move: { up, atMs: nowMs - agoMs } }] })[3] ?? ''
    expect(moved(true, 399)).toContain('<justUp:108,830,000>')
    expect(moved(false, 0)).toContain('<justDown:108,830,000>')
    expect(moved(false, 400)).toContain('<up:108,830,000>')
  })

  it('C13 make the badge of what is not the exchange conspicuous', () => {
    expect(painted({ badges: ['SIMULATED', 'REPLAY'] })[0]).toMatch(
      /^<simulated: SIMULATED > <replay: REPLAY >/,
    )
    expect(painted({ badges: [], title: 'api.upbit.com' })[0]).toMatch(/^<strong:api.upbit.com>/)
    expect(painted({ badges: ['OTHER'] })[0]).toMatch(/^<strong: OTHER >/)
  })

  it('warn of losses', () => {
    const counts = { ...view.counts, dropped: 3, gaps: 2, errors: 1 }
    expect(painted({ counts }).at(-2)).toContain('<bad:drops 3>   <bad:gaps 2>   <bad:errors 1>')
    expect(painted().at(-2)).not.toContain('<bad')
  })

  it('leave no sequence where there is no text', () => {
    expect(colourStyle.up('')).toBe('')
  })
})
