import { expectTypeOf } from 'expect-type'
import { indicatorFields } from '../../src/protocol/indicator'
import { indicatorMembers } from '../../src/protocol/indicator-fields'
import { indicatorNames } from '../../src/protocol/indicator-params'
import type { IndicatorEvent } from '../../src/protocol/info-events'
import { infoVocabulary } from '../../src/protocol/info-events'
import { wireFormats } from '../../src/protocol/wire'
import { itWithSamples, readSamples } from '../support/recordings'
import { decodeInfo, inFormat, indicatorText } from './private-frames'

describe('indicator', () => {
  it.each(wireFormats)('is read by full names, of its parts too: %s', (format) => {
    expect(decodeInfo(inFormat(indicatorText, format, infoVocabulary))).toMatchObject({
      outcome: 'decoded',
      drift: [],
      events: [{ ...JSON.parse(indicatorText), source: 'socket' }],
    })
  })

  it('has its fields in the order of the wire, which is that of the table', () => {
    expect(Object.keys(JSON.parse(indicatorText))).toEqual(Object.keys(indicatorFields))
  })

  it.each(indicatorNames)(
    'has of %s only what it has, and null for a value that does not come',
    (indicator) => {
      const { params, value } = indicatorMembers[indicator]
      const given = {
        ...JSON.parse(indicatorText),
        indicator,
        params: Object.fromEntries(params.map((name) => [name, name === 'type' ? 'SMA' : 7])),
      }
      const all = Object.fromEntries(value.map((name, index) => [name, index]))
      const none = Object.fromEntries(value.map((name) => [name, null]))
      for (const [sent, expected] of [
        [all, all],
        [none, none],
        [{}, none],
      ]) {
        const { events, drift } = decodeInfo(JSON.stringify({ ...given, value: sent }))
        expect(drift).toEqual([])
        expect(events[0]).toMatchObject({ indicator, params: given.params })
        expect(events[0]!.value).toEqual(expected)
      }
      const [first] = params
      const { [first]: _, ...rest } = given.params as Record<string, unknown>
      expect(decodeInfo(JSON.stringify({ ...given, params: rest, value: all })).rejected).toMatchObject([
        { path: `$.params.${first}`, actual: 'nothing', type: 'indicator', code: 'KRW-BTC' },
      ])
    },
  )

  it('C3.1 tells of a value that belongs to another indicator, and does not pass it on', () => {
    const { events, drift } = decodeInfo(indicatorText.replace('"ma_long"', '"rsi":5,"ma_long"'))
    expect(drift).toEqual(['indicator.value.rsi'])
    expect(events[0]!.value).not.toHaveProperty('rsi')
  })

  it.each(['stochastic', 'constructor', '__proto__', 'toString'])(
    'C3.1 takes an indicator that it does not know, with the members that it knows, and tells of it: %s',
    (name) => {
      const text = indicatorText.replace('ma_crossover', name).replace('"ma_long"', '"k":5,"ma_long"')
      expect(decodeInfo(text)).toMatchObject({
        outcome: 'decoded',
        events: [{ indicator: name, params: { type: 'EMA', short_period: 5 } }],
        drift: [`indicator.indicator=${name}`, 'indicator.value.k'],
      })
    },
  )

  it('is told apart by its name, as a type', () => {
    const read = (event: IndicatorEvent): number | null => {
      if (event.indicator !== 'rsi') return null
      expectTypeOf(event.params).toEqualTypeOf<{ readonly period: number }>()
      expectTypeOf(event.value).toEqualTypeOf<{ readonly rsi: number | null }>()
      return event.value.rsi
    }
    const text = indicatorText
      .replace('ma_crossover', 'rsi')
      .replace(/"params":\{.*?\}/, '"params":{"period":14}')
      .replace(/"value":\{.*?\}/, '"value":{"rsi":58.75323648}')
    expect(decodeInfo(text).events.map((event) => read(event as IndicatorEvent))).toEqual([58.75323648])
  })

  itWithSamples('C3.1 reads every sample of the exchange without drift', () => {
    const samples = readSamples().filter(
      ({ direction, endpoint, about }) =>
        direction === 'in' && endpoint === 'info' && /^indicator/.test(about),
    )
    expect(samples.length).toBeGreaterThanOrEqual(20)
    for (const { text } of samples) {
      expect(decodeInfo(text)).toMatchObject({ outcome: 'decoded', drift: [], rejected: [] })
    }
  })
})
