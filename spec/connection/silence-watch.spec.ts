import { streamKey } from '../../src/registry/stream-key'
import { aTicker, anOrderbook } from '../../src/testing'
import { codesOf, offline, online } from '../support/online'

const keys = {
  ticker: streamKey('ticker', 'KRW-BTC'),
  book: streamKey('orderbook', 'KRW-BTC'),
  coarseBook: streamKey('orderbook', 'KRW-BTC', 10_000),
  trade: streamKey('trade', 'KRW-BTC'),
  candle: streamKey('candle.1m', 'KRW-BTC'),
}

describe('SilenceWatch', () => {
  it('C10.3 names a ticker and a book that have sent nothing within 5 s of acceptance, each once', () => {
    const { time, network, connected } = offline()
    connected.registry.add([keys.ticker, keys.book])
    connected.listen()
    network.newest.open()
    // Accepted after a second without an error.
    time.pass(5999)
    expect(connected.silent).toEqual([])
    time.pass(1)
    expect(connected.silent).toEqual(['ticker KRW-BTC', 'orderbook KRW-BTC'])
    time.pass(60_000)
    expect(connected.silent).toHaveLength(2)
  })

  it('C10.3 says nothing of an entry that nobody wants any more', () => {
    const { time, network, connected } = offline()
    connected.registry.add([keys.ticker, keys.book])
    connected.listen()
    network.newest.open()
    time.pass(3000)
    connected.registry.remove([keys.ticker])
    time.pass(3000)
    expect(connected.silent).toEqual(['orderbook KRW-BTC'])
  })

  it('C10.3 says nothing of trades and candles, which may be silent', () => {
    const { time, network, connected } = offline()
    connected.registry.add([keys.trade, keys.candle])
    connected.listen()
    network.newest.open()
    time.pass(60_000)
    expect(connected.silent).toEqual([])
  })

  it('says nothing of what has spoken, though another keeps silent', () => {
    const { time, network, connected } = offline()
    connected.registry.add([keys.ticker, keys.book])
    connected.listen()
    network.newest.open()
    network.newest.frame(aTicker())
    time.pass(60_000)
    expect(connected.silent).toEqual(['orderbook KRW-BTC'])
  })

  it('C9.4 tells price groupings of one book apart', () => {
    const { time, network, connected } = offline()
    connected.registry.add([keys.coarseBook])
    connected.listen()
    network.newest.open()
    network.newest.frame(anOrderbook({ level: 0 }))
    time.pass(60_000)
    expect(connected.silent).toEqual(['orderbook KRW-BTC@10000'])
  })

  it('says nothing of what was taken off the wire meanwhile', () => {
    const { time, connected } = online(['KRW-BTC', 'KRW-NOPE'])
    connected.leave('KRW-NOPE')
    connected.want('KRW-ETH')
    time.pass(5000)
    time.pass(55_000)
    expect(connected.silent).toEqual(['ticker KRW-BTC', 'ticker KRW-ETH'])
  })

  it('counts anew for what was taken off the wire and is asked for again', () => {
    const { time, connected, dial } = online(['KRW-BTC'])
    dial.frame(aTicker())
    time.pass(20_000)
    connected.want('KRW-ETH', 'KRW-NOPE')
    time.pass(60)
    dial.frame(aTicker({ code: 'KRW-ETH' }))
    connected.leave('KRW-NOPE')
    connected.want('KRW-SOL')
    time.pass(300)
    dial.frame(aTicker({ code: 'KRW-SOL' }))
    time.pass(4000)
    connected.want('KRW-NOPE')
    time.pass(900)
    expect(codesOf(dial.sent.at(-1)!.text)).toContain('KRW-NOPE')
    expect(connected.silent).toEqual([])
    // Accepted by a second without an error, and silent for five.
    const askedAtMs = dial.sent.at(-1)!.atMs
    time.pass(askedAtMs + 5999 - time.nowMs)
    expect(connected.silent).toEqual([])
    time.pass(1)
    expect(connected.silent).toEqual(['ticker KRW-NOPE'])
  })

  it('starts anew with each session', () => {
    const { time, network, connected, dial } = online(['KRW-NOPE'])
    time.pass(4000)
    dial.end(1006)
    time.pass(2000)
    network.newest.open()
    const openedAtMs = time.nowMs
    time.pass(5999)
    expect(connected.silent).toEqual([])
    time.pass(1)
    expect(time.nowMs).toBe(openedAtMs + 6000)
    expect(connected.silent).toEqual(['ticker KRW-NOPE'])
  })

  it('counts from the acceptance of the message that asked for it', () => {
    const { time, connected, dial } = online(['KRW-BTC'])
    dial.frame(aTicker())
    time.pass(20_000)
    connected.want('KRW-NOPE', 'KRW-ETH')
    time.pass(60)
    dial.frame(aTicker({ code: 'KRW-ETH' }))
    time.pass(4999)
    expect(connected.silent).toEqual([])
    time.pass(1)
    expect(connected.silent).toEqual(['ticker KRW-NOPE'])
  })

  describe('a line that stalls', () => {
    it('C10.3 names nobody: that is no silence of a code', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH'], { answersPings: false })
      dial.frame(aTicker())
      time.pass(39_999)
      expect(dial.proofs.map(({ payload }) => payload)).toContain('life 1')
      expect(connected.silent).toEqual([])
      time.pass(1)
      expect(dial.terminatedAtMs).toBe(40_000)
      expect(connected.silent).toEqual([])
    })

    it('C10.3 names whoever has not spoken before the pong, and no pong of another ping will do', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH', 'KRW-XRP'], { answersPings: false })
      dial.frame(aTicker())
      time.pass(8000)
      dial.frame(aTicker({ code: 'KRW-ETH' }))
      dial.pong('')
      dial.pong(dial.proofs[0]!.payload)
      expect(connected.silent).toEqual([])
      dial.pong(dial.proofs[1]!.payload)
      expect(connected.silent).toEqual(['ticker KRW-XRP'])
    })

    it('C10.3 names in a page whoever has not spoken a second after the next sign', () => {
      const { time, connected, dial } = online(['KRW-BTC', 'KRW-ETH', 'KRW-XRP'], { browser: true })
      dial.frame(aTicker())
      time.pass(20_000)
      expect(connected.silent).toEqual([])
      // It stalled until now: what comes, comes at once.
      dial.frame(aTicker())
      time.pass(900)
      dial.frame(aTicker({ code: 'KRW-ETH' }))
      time.pass(1100)
      expect(connected.silent).toEqual(['ticker KRW-XRP'])
    })
  })
})
