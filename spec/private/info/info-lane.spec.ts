/** Indicators from outside, over the virtual exchange, which computes them on its own closed candles. */
import type { GapEvent, IndicatorEvent } from '../../../src/index'
import { anIndicator, anIndicatorSignal, aTicker } from '../../../src/testing'
import { average, bands, closeMs, crossing, infoWorld, rsi, tellCandles } from './support/info-world'

describe('InfoLane', () => {
  it('emits what the exchange computes on the candles that close, and nothing of before', () => {
    const here = infoWorld()
    const { upbit, pass, errors } = here
    const values: (readonly [string, number | null])[] = []
    const signals: string[] = []
    upbit
      .indicator$('KRW-BTC', '5m', average)
      .subscribe(({ candle_date_time_utc, value }) => values.push([candle_date_time_utc, value.value]))
    upbit
      .indicatorSignal$('KRW-BTC', '5m', crossing)
      .subscribe(({ candle_date_time_utc, trigger }) => signals.push(`${candle_date_time_utc} ${trigger}`))
    tellCandles(here, [40, 30, 20, 10, 10, 10, 10, 100, 5], -6 * closeMs)
    pass(3 * closeMs + 2000)
    expect(values).toEqual([
      ['2026-11-23T00:00:00', 10],
      ['2026-11-23T00:05:00', 40],
      ['2026-11-23T00:10:00', 38.33333333],
    ])
    expect(signals).toEqual(['2026-11-23T00:05:00 price_cross_above'])
    expect(errors).toEqual([])
  })

  it('C1.1 dials its own connection with the first, and closes it a linger after the last', () => {
    const { upbit, exchange, pass } = infoWorld()
    upbit.ticker$('KRW-BTC').subscribe()
    pass(2000)
    expect(exchange.info.dials).toEqual([])
    const subscriptions = [
      upbit.indicator$('KRW-BTC', '5m', rsi).subscribe(),
      upbit.indicatorSignal$('KRW-BTC', '5m', crossing).subscribe(),
    ]
    pass(2000)
    expect([exchange.info.connections, exchange.info.dials.length, exchange.private.dials.length]).toEqual([
      1, 1, 0,
    ])
    for (const subscription of subscriptions) subscription.unsubscribe()
    pass(4000)
    expect(exchange.info.connections).toBe(1)
    pass(2000)
    expect([exchange.info.connections, exchange.connections]).toEqual([0, 1])
  })

  it('shares what is equal, and asks for each combination once', () => {
    const { upbit, client, exchange, pass, subscribed } = infoWorld()
    const got: string[] = []
    upbit
      .indicator$(['KRW-BTC', 'KRW-ETH'], '5m', [rsi, bands])
      .subscribe(({ code }) => got.push(`a ${code}`))
    client({ credentials: { accessKey: 'the-access-key', secretKey: 'the-secret-key' } })
      .indicator$('KRW-BTC', '5m', { type: 'rsi', params: { period: 14 } })
      .subscribe(({ code }) => got.push(`b ${code}`))
    upbit.subscribeIndicator('KRW-ETH', '5m', [rsi, rsi], ({ code }) => got.push(`c ${code}`))
    pass(2000)
    expect(subscribed()).toEqual([['indicator 5m KRW-BTC,KRW-ETH bollinger_bands,rsi']])
    exchange.emit(anIndicator({ code: 'KRW-BTC' }))
    exchange.emit(anIndicator({ code: 'KRW-ETH' }))
    pass(1)
    expect(got).toEqual(['a KRW-BTC', 'b KRW-BTC', 'a KRW-ETH', 'c KRW-ETH'])
  })

  it('routes by market, timeframe, parameters and trigger', () => {
    const { upbit, exchange, pass } = infoWorld()
    const got: string[] = []
    const note = (name: string) => (): number => got.push(name)
    upbit.indicator$('KRW-BTC', '5m', bands).subscribe(note('2'))
    upbit
      .indicator$('KRW-BTC', '5m', { type: 'bollinger_bands', params: { period: 20, multiplier: 2.5 } })
      .subscribe(note('2.5'))
    upbit.indicator$('KRW-BTC', '15m', bands).subscribe(note('15m'))
    upbit.indicatorSignal$('KRW-BTC', '5m', crossing).subscribe(note('above'))
    pass(2000)
    // Numbers as the exchange may spell them.
    const frame = (multiplier: string): string =>
      JSON.stringify(
        anIndicator({
          indicator: 'bollinger_bands',
          params: { period: 20, multiplier: -1 },
          value: { bb_upper: 3, bb_middle: 2, bb_lower: 1 },
        }),
      ).replace('-1', multiplier)
    for (const text of [frame('2.0'), frame('2.50')]) exchange.info.emitRaw(text)
    exchange.info.emitRaw(
      JSON.stringify(
        anIndicatorSignal({
          indicator: 'moving_average',
          params: { type: 'SMA', period: 5 },
          trigger: 'price_cross_above',
          event_params: {},
          value: { value: 1 },
        }),
      ),
    )
    pass(1)
    expect(got).toEqual(['2', '2.5', 'above'])
  })

  it('has 100 combinations for all: one more is refused before it is sent, the others go on, and leaving frees', () => {
    const { upbit, exchange, pass, errors, subscribed } = infoWorld()
    const codes = (count: number, from = 0) =>
      Array.from({ length: count }, (_, index) => `KRW-C${from + index}`)
    const failed: unknown[] = []
    const whole = upbit.indicator$(codes(33), '5m', [rsi, average, bands]).subscribe()
    const last = upbit.indicatorSignal$('KRW-BTC', '5m', crossing).subscribe()
    pass(2000)
    upbit
      .indicator$('KRW-BTC', '1d', [rsi, average], { name: 'late' })
      .subscribe({ error: (error: unknown) => failed.push(error) })
    expect(failed).toMatchObject([
      {
        code: 'TOO_MANY_INDICATORS',
        consumer: 'late',
        message: expect.stringMatching(/adds 2 .* 100 .* 100 are subscribed/),
        nextStep: expect.stringMatching(/unsubscribe from others/),
      },
    ])
    // What is there already costs nothing.
    const shared = upbit.indicator$('KRW-C7', '5m', bands).subscribe()
    const handler = upbit.subscribeIndicator('KRW-ETH', '5m', rsi, () => {}, { name: 'handler' })
    expect(handler.closed).toBe(true)
    expect(errors).toMatchObject([{ code: 'TOO_MANY_INDICATORS', consumer: 'handler' }])
    pass(5000)
    expect(subscribed()).toHaveLength(1)
    expect([whole, last, shared].map(({ closed }) => closed)).toEqual([false, false, false])
    last.unsubscribe()
    upbit.indicatorSignal$('KRW-ETH', '5m', crossing).subscribe()
    pass(5000)
    expect(subscribed().at(-1)).toEqual([
      expect.stringMatching(/^indicator 5m /),
      'indicator_signal 5m KRW-ETH moving_average',
    ])
    expect(exchange.info.dials).toHaveLength(1)
    expect(upbit.accounting()).toMatchObject({ dials: 1 })
  })

  it('asks for all again when its connection is back, and what was missed stays missed', () => {
    const { upbit, exchange, pass, gaps, subscribed } = infoWorld()
    const told: string[] = []
    const got: (readonly [number, string])[] = []
    upbit
      .indicator$('KRW-BTC', '5m', rsi, { gaps: true })
      .subscribe((event: IndicatorEvent<'rsi'> | GapEvent) =>
        event.type === 'gap'
          ? told.push(`${event.phase} ${event.event}`)
          : got.push([event.epoch, event.source]),
      )
    upbit.indicatorSignal$('KRW-ETH', '5m', crossing).subscribe()
    pass(2000)
    exchange.info.cut()
    pass(5000)
    exchange.emit(anIndicator())
    pass(1)
    expect(told).toEqual(['opened indicator', 'abandoned indicator'])
    expect(gaps.map(({ phase, event, code }) => `${phase} ${event} ${code}`)).toEqual([
      'opened indicator KRW-BTC',
      'opened indicator_signal KRW-ETH',
      'abandoned indicator KRW-BTC',
      'abandoned indicator_signal KRW-ETH',
    ])
    expect(got).toEqual([[2, 'socket']])
    expect(subscribed()[1]).toEqual(subscribed()[0])
  })

  it('tells a gap to those alone whose combination it is of', () => {
    const { upbit, exchange, pass } = infoWorld()
    const told = { one: 0, other: 0 }
    upbit.indicator$('KRW-BTC', '5m', rsi, { gaps: true }).subscribe(({ type }) => {
      if (type === 'gap') told.one++
    })
    upbit.indicator$('KRW-BTC', '5m', [bands, average], { gaps: true }).subscribe(({ type }) => {
      if (type === 'gap') told.other++
    })
    pass(2000)
    exchange.info.cut()
    pass(1)
    expect(told).toEqual({ one: 1, other: 2 })
  })

  it('C9.7 asks again for what the exchange has lost', () => {
    const { upbit, exchange, pass, errors, subscribed } = infoWorld()
    upbit.indicator$(['KRW-BTC', 'KRW-ETH'], '5m', [rsi, bands]).subscribe()
    pass(2000)
    exchange.info.forget({ codes: ['KRW-ETH'] })
    pass(700_000)
    expect(errors).toMatchObject([{ code: 'SUBSCRIPTION_DRIFT' }])
    expect(errors[0]?.message).toContain('- indicator KRW-ETH 5m rsi(period=14)')
    expect(subscribed()).toHaveLength(2)
    expect(exchange.info.subscribed('indicator', 'KRW-ETH')).toBe(true)
  })

  it('C7 what the exchange has lost is a gap that nothing makes good', () => {
    const { upbit, exchange, pass, gaps } = infoWorld()
    upbit.indicator$(['KRW-BTC', 'KRW-ETH'], '5m', rsi).subscribe()
    pass(2000)
    exchange.info.forget({ codes: ['KRW-ETH'] })
    pass(700_000)
    expect(gaps.map(({ phase, code, combination }) => [phase, code, combination])).toEqual([
      ['opened', 'KRW-ETH', '5m rsi(period=14)'],
      ['abandoned', 'KRW-ETH', '5m rsi(period=14)'],
    ])
  })

  it('C9.6 only the consumer of what the exchange refuses is told', () => {
    const { upbit, exchange, pass } = infoWorld()
    const failed: unknown[] = []
    const got: string[] = []
    const stop = exchange.info.rejectItems({ codes: ['KRW-BAD'] }, 'INVALID_PARAM')
    upbit
      .indicator$('KRW-BTC', '5m', rsi)
      .subscribe({ next: ({ code }) => got.push(code), error: (error: unknown) => failed.push(error) })
    pass(3000)
    upbit
      .indicator$('KRW-BAD', '5m', rsi, { name: 'bad' })
      .subscribe({ error: (error: unknown) => failed.push(error) })
    pass(60_000)
    expect(failed).toMatchObject([
      {
        code: 'REJECTED',
        serverName: 'INVALID_PARAM',
        consumer: 'bad',
        stream: 'indicator KRW-BAD 5m rsi(period=14)',
      },
    ])
    stop()
    exchange.emit(anIndicator())
    pass(1)
    expect(got).toEqual(['KRW-BTC'])
  })

  it('leaves market data and orders alone when it is refused, and tells its consumers', () => {
    const { upbit, exchange, pass } = infoWorld()
    const failed: unknown[] = []
    const prices: number[] = []
    exchange.info.refuse(401)
    upbit.myOrder$().subscribe({ error: (error: unknown) => failed.push(error) })
    upbit.ticker$('KRW-BTC').subscribe(({ trade_price }) => prices.push(trade_price))
    upbit.indicator$('KRW-BTC', '5m', rsi).subscribe({ error: (error: unknown) => failed.push(error) })
    pass(30_000)
    expect(failed).toMatchObject([{ code: 'AUTH_REFUSED' }])
    exchange.emit(aTicker({ trade_price: 7 }))
    pass(1)
    expect(prices).toEqual([7])
    expect([exchange.private.dials.length, exchange.dials.length]).toEqual([1, 1])
    expect(upbit.isPrivateAvailable()).toBe(true)
    // The next one tries again.
    exchange.info.accept()
    const got: unknown[] = []
    upbit.indicator$('KRW-BTC', '5m', rsi).subscribe((event) => got.push(event))
    pass(2000)
    exchange.emit(anIndicator())
    pass(1)
    expect(got).toHaveLength(1)
  })

  it('has rows of its own in health and metrics, once it was used', () => {
    const { upbit, pass } = infoWorld()
    const names = () => upbit.getPerformanceMetrics().connections.map(({ connection }) => connection)
    expect(names()).not.toContain('info')
    upbit.indicator$('KRW-BTC', '5m', rsi).subscribe()
    pass(2000)
    expect(names()).toContain('info')
    expect(upbit.healthCheck().connections.map(({ connection }) => connection)).toContain('info')
  })

  it('errors without credentials, and says what to do', () => {
    const { upbit } = infoWorld({})
    const failed: unknown[] = []
    upbit.indicator$('KRW-BTC', '5m', rsi).subscribe({ error: (error: unknown) => failed.push(error) })
    upbit
      .indicatorSignal$('KRW-BTC', '5m', crossing)
      .subscribe({ error: (error: unknown) => failed.push(error) })
    const failure = { code: 'PRIVATE_UNAVAILABLE', option: 'credentials' }
    expect(failed).toMatchObject([failure, failure])
  })
})
