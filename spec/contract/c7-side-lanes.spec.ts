/** C7 of what comes on the account's and the info connection: a frame that cannot be read is told to who misses it. */
import { record } from '../support/recorder'
import { world } from '../support/world'
import { average, infoWorld, rsi } from '../private/info/support/info-world'

const keys = { accessKey: 'the-access-key', secretKey: 'the-secret-key' }
const setUp = () => world({ exchange: { accounts: [keys] }, client: { credentials: keys } })
const broken = (type: string, code?: string): string => JSON.stringify({ type, code, timestamp: 'soon' })

describe('C7 frames of an account that cannot be read', () => {
  it.each(['myOrder', 'myAsset'] as const)(
    'C7 undecodable: what %s misses is told, and closed by the look at the account that follows',
    (type) => {
      const { upbit, exchange, pass, gaps, errors } = setUp()
      const stream = record<unknown>(upbit[`${type}$`]({ gaps: true }))
      const other = record<unknown>(upbit[type === 'myOrder' ? 'myAsset$' : 'myOrder$']({ gaps: true }))
      const quiet = record<unknown>(upbit[`${type}$`]())
      pass(3000)
      exchange.private.emitRaw(broken(type, 'KRW-BTC'))
      expect(gaps).toMatchObject([{ phase: 'opened', cause: 'undecodable', event: type, epochs: [1, 1] }])
      // A second, and five more in which REST may be behind.
      pass(6000)
      expect(gaps).toMatchObject([
        { id: gaps[0]?.id },
        { id: gaps[0]?.id, phase: 'closed', cause: 'undecodable', event: type, epochs: [1, 1] },
      ])
      expect(stream.values).toEqual(gaps)
      expect([other.values, quiet.values]).toEqual([[], []])
      expect(errors).toMatchObject([{ code: 'UNDECODABLE' }])
      expect(upbit.inspect()).toMatchObject({ gaps: [] })
    },
  )

  it('C7 undecodable: an announcement is missing for good, and nobody hears of it twice', () => {
    const { upbit, exchange, pass, gaps, now } = setUp()
    const streams = [false, true].map((includeBody) =>
      record(upbit.announcement$({ gaps: true, includeBody })),
    )
    pass(3000)
    exchange.private.emitRaw(broken('announcement'))
    expect(gaps).toEqual([
      {
        type: 'gap',
        id: expect.any(String) as string,
        phase: 'abandoned',
        cause: 'undecodable',
        event: 'announcement',
        epochs: [1, 1],
        from_ms: now(),
        to_ms: now(),
        count: 1,
      },
    ])
    for (const { values } of streams) expect(values).toEqual(gaps)
  })

  it('C7 undecodable: behind a handler that is stuck, one that opened is not joined with its end', async () => {
    const { upbit, exchange, pass } = setUp()
    const seen: string[] = []
    let go = (): void => {}
    upbit.subscribeMyOrder(
      (event) => {
        seen.push(event.type === 'gap' ? event.phase : event.state)
        return new Promise<void>((resolve) => (go = resolve))
      },
      { gaps: true },
    )
    pass(3000)
    for (let count = 0; count < 2; count++) {
      exchange.private.emitRaw(broken('myOrder'))
      // The account is looked at every 30 s while such frames go on.
      pass(31_000)
    }
    for (let count = 0; count < 4; count++) {
      go()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(seen).toEqual(['opened', 'closed', 'opened', 'closed'])
  })

  it('C7 what nobody receives is no gap, however broken', () => {
    const { upbit, exchange, pass, gaps, errors } = setUp()
    upbit.myOrder$().subscribe()
    pass(3000)
    exchange.private.emitRaw(broken('myAsset'))
    exchange.private.emitRaw('<html>')
    expect(gaps).toEqual([])
    expect(errors).toHaveLength(2)
  })
})

describe('C7 lost indicators', () => {
  it('C7 disconnect: each combination is a gap of its own, which says its timeframe and parameters', () => {
    const { upbit, exchange, pass, gaps } = infoWorld()
    upbit.indicator$('KRW-BTC', '5m', [rsi, average]).subscribe()
    pass(2000)
    exchange.info.cut()
    const combinations = ['5m moving_average(type=SMA,period=3)', '5m rsi(period=14)']
    expect(gaps.map(({ combination }) => combination).sort()).toEqual(combinations)
    pass(5000)
    expect(gaps.slice(2).map(({ phase, combination }) => `${phase} ${combination}`)).toEqual(
      gaps.slice(0, 2).map(({ combination }) => `abandoned ${combination}`),
    )
  })
})

describe('C7 frames of indicators that cannot be read', () => {
  it('C7 undecodable: told once to who receives indicators of the market, since which one it was is not known', () => {
    const { upbit, exchange, pass, gaps } = infoWorld()
    const both = record(upbit.indicator$('KRW-BTC', '5m', [rsi, average], { gaps: true }))
    const one = record(upbit.indicator$('KRW-BTC', '15m', rsi, { gaps: true }))
    const other = record(upbit.indicator$('KRW-ETH', '5m', rsi, { gaps: true }))
    pass(2000)
    exchange.info.emitRaw(broken('indicator', 'KRW-BTC'))
    expect(gaps).toMatchObject([
      { phase: 'abandoned', cause: 'undecodable', event: 'indicator', code: 'KRW-BTC', count: 1 },
    ])
    expect(gaps[0]).not.toHaveProperty('combination')
    expect([both.values, one.values, other.values]).toEqual([gaps, gaps, []])
    exchange.info.emitRaw(broken('indicator'))
    expect(gaps).toHaveLength(2)
    expect(gaps[1]).not.toHaveProperty('code')
    expect(other.values).toEqual([gaps[1]])
  })
})
