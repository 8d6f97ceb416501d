import { WebSocketClientProxy } from '../../../src/index'
import { anIndicator, anIndicatorSignal } from '../../../src/testing'
import { average, crossing, infoWorld, rsi } from './support/info-world'

/** An event of another candle than the first. */
const candle = (minutes: number) => ({
  candle_date_time_utc: `2026-11-23T00:${String(minutes).padStart(2, '0')}:00`,
})

/** A handler's promise, to be settled by hand. */
function slowHandler<E>() {
  const got: E[] = []
  const open: (() => void)[] = []
  const handler = (event: E): Promise<void> => {
    got.push(event)
    return new Promise((resolve) => open.push(resolve))
  }
  return { got, handler, next: () => open.shift()?.() }
}

/** What a promise has set off is done. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

describe('createInfoChannels', () => {
  it('C2.2 wrong arguments throw at the call, and enrol nobody', () => {
    const { upbit } = infoWorld()
    expect(() => upbit.indicator$('KRW-BTC', '1m' as '5m', rsi)).toThrow(/`timeframe`/)
    expect(() => upbit.subscribeIndicator('KRW-BTC', '5m', rsi, undefined as never)).toThrow(/`handler`/)
    expect(() => upbit.indicatorSignal$('KRW-BTC', '5m', rsi as never)).toThrow(/`indicators\.trigger`/)
    expect(upbit.consumers()).toEqual([])
  })

  it('C6.1 a slow handler of values has 1,024 waiting, then the oldest is dropped and told', async () => {
    const { upbit, exchange, pass, gaps } = infoWorld()
    const { got, handler, next } = slowHandler<{ readonly candle_date_time_utc: string }>()
    const subscription = upbit.subscribeIndicator('KRW-BTC', '5m', rsi, handler)
    pass(2000)
    for (let count = 0; count < 1026; count++) exchange.emit(anIndicator(candle(count)))
    pass(1)
    expect(subscription.tally).toMatchObject({ offered: 1026, pending: 1025, dropped: 1, coalesced: 0 })
    next()
    await settled()
    expect(got.map(({ candle_date_time_utc }) => candle_date_time_utc)).toEqual([
      candle(0).candle_date_time_utc,
      candle(2).candle_date_time_utc,
    ])
    expect(gaps).toMatchObject([{ cause: 'overflow', event: 'indicator', code: 'KRW-BTC', count: 1 }])
  })

  it('C6.1 values may coalesce: the newest of each combination waits', async () => {
    const { upbit, exchange, pass } = infoWorld()
    const { got, handler, next } = slowHandler<{
      readonly indicator: string
      readonly candle_date_time_utc: string
    }>()
    const subscription = upbit.subscribeIndicator('KRW-BTC', '5m', [rsi, average], handler, {
      buffer: { overflow: 'coalesce' },
    })
    pass(2000)
    const other = { indicator: 'moving_average', params: average.params, value: { value: 1 } } as const
    for (const minutes of [0, 5, 10]) {
      exchange.emit(anIndicator(candle(minutes)))
      exchange.emit(anIndicator({ ...other, ...candle(minutes) }))
    }
    pass(1)
    expect(subscription.tally).toMatchObject({ offered: 6, pending: 3, coalesced: 3, dropped: 0 })
    for (let count = 0; count < 3; count++) {
      next()
      await settled()
    }
    expect(got.map(({ indicator, candle_date_time_utc: start }) => `${indicator} ${start}`)).toEqual([
      'rsi 2026-11-23T00:00:00',
      'moving_average 2026-11-23T00:10:00',
      'rsi 2026-11-23T00:10:00',
    ])
  })

  it('C6.1 no signal coalesces', () => {
    const { upbit, exchange, pass } = infoWorld()
    const { handler } = slowHandler()
    const subscription = upbit.subscribeIndicatorSignal('KRW-BTC', '5m', crossing, handler)
    pass(2000)
    const frame = {
      indicator: 'moving_average',
      params: crossing.params,
      trigger: crossing.trigger,
      event_params: {},
      value: { value: 1 },
    } as const
    for (const minutes of [0, 5, 10]) exchange.emit(anIndicatorSignal({ ...frame, ...candle(minutes) }))
    pass(1)
    expect(subscription.tally).toMatchObject({ offered: 3, pending: 3, coalesced: 0 })
    expect(() =>
      upbit.indicatorSignal$('KRW-BTC', '5m', crossing, { buffer: { overflow: 'coalesce' as 'error' } }),
    ).toThrow(/`buffer.overflow` is 'coalesce'; allowed: .*since every signal counts/)
  })

  it('a proxy ends its own', () => {
    const { upbit, exchange, pass } = infoWorld()
    const chart = new WebSocketClientProxy('chart_1', { upbit })
    const got: string[] = []
    chart
      .indicator$('KRW-BTC', '5m', rsi)
      .subscribe({ next: () => got.push('chart'), complete: () => got.push('over') })
    upbit.indicator$('KRW-BTC', '5m', rsi).subscribe(() => got.push('client'))
    pass(2000)
    exchange.emit(anIndicator())
    pass(1)
    void chart.cleanup()
    exchange.emit(anIndicator())
    pass(1)
    expect(got).toEqual(['chart', 'client', 'over', 'client'])
  })
})
