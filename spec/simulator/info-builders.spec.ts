import { infoDefinitions } from '../../src/protocol/info-events'
import { indicatorCodec } from '../../src/protocol/indicator'
import { indicatorSignalCodec } from '../../src/protocol/indicator-signal'
import { anIndicator, anIndicatorSignal } from '../../src/simulator/info-builders'

describe('builders of the info endpoint', () => {
  it('C14.2 give complete valid payloads, in the order of the wire', () => {
    const value = { ...anIndicator() }
    const signal = { ...anIndicatorSignal() }
    expect(indicatorCodec(value).decode(value)).toMatchObject({ _tag: 'Right', right: value })
    expect(indicatorSignalCodec(signal).decode(signal)).toMatchObject({ _tag: 'Right', right: signal })
    expect(Object.keys(value)).toEqual(Object.keys(infoDefinitions.indicator))
    expect(Object.keys(signal)).toEqual(Object.keys(infoDefinitions.indicator_signal))
  })

  it('67 are of the candle that has closed', () => {
    const timestamp = Date.UTC(2026, 8, 23, 4, 55, 1, 95)
    expect(anIndicator({ timestamp }).candle_date_time_utc).toBe('2026-09-23T04:50:00')
  })
})
