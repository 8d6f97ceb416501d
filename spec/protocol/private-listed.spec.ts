import type { Control } from '../../src/protocol/control'
import { indicatorKey } from '../../src/protocol/param-key'
import { readListed } from '../../src/protocol/private-listed'
import type { ListedPrivateItem } from '../../src/protocol/private-listed'
import { itWithSamples, readSamples } from '../support/recordings'
import { decodeInfo } from './private-frames'

function listed(text: string): readonly ListedPrivateItem[] {
  const [control] = decodeInfo(text).controls as [Extract<Control, { kind: 'list' }>]
  return control.result.map(readListed)
}

const none = { codes: [], categories: [], include_body: false, timeframe: undefined, indicators: [] }

describe('readListed', () => {
  it('reads the private items', () => {
    expect(
      listed(
        '{"method":"LIST_SUBSCRIPTIONS","result":[{"type":"myAsset"},{"type":"myOrder"},{"type":"myOrder","codes":["KRW-BTC"]},' +
          '{"type":"announcement","categories":["trade",5],"include_body":true}],"ticket":"t"}',
      ),
    ).toEqual([
      { ...none, type: 'myAsset' },
      { ...none, type: 'myOrder' },
      { ...none, type: 'myOrder', codes: ['KRW-BTC'] },
      { ...none, type: 'announcement', categories: ['trade'], include_body: true },
    ])
  })

  it('gives the key of what was asked for, by full and by short names', () => {
    const full =
      '{"type":"indicator_signal","codes":["KRW-DOGE"],"timeframe":"5m","indicators":[{"type":"rsi",' +
      '"params":{"period":7},"trigger":"overbought","event_params":{"threshold":70}}]}'
    const short =
      '{"ty":"indicator_signal","cds":["KRW-DOGE"],"tf":"5m","inds":[{"ty":"rsi","p":{"p":7.0},"tr":"overbought",' +
      '"ep":{"th":70}}]}'
    for (const item of [
      `{"method":"LIST_SUBSCRIPTIONS","result":[${full}],"ticket":"t"}`,
      `[{"mthd":"LIST_SUBSCRIPTIONS","rslt":[${short}],"tckt":"t"}]`,
    ]) {
      const [read] = listed(item)
      expect(read).toMatchObject({ type: 'indicator_signal', codes: ['KRW-DOGE'], timeframe: '5m' })
      expect(read!.indicators.map(indicatorKey)).toEqual(['rsi(period=7) overbought(threshold=70)'])
    }
  })

  it('takes what is no list, no object and no name for nothing', () => {
    const items = ['5', 'null', '"x"', '{}', '[5]', '[{"type":5}]', '[null]'].map(
      (value) => `{"type":"indicator","timeframe":5,"indicators":${value},"categories":${value}}`,
    )
    const read = listed(`{"method":"LIST_SUBSCRIPTIONS","result":[${items.join(',')}]}`)
    expect(read).toEqual(items.map(() => ({ ...none, type: 'indicator' })))
    expect(
      listed(
        '{"method":"LIST_SUBSCRIPTIONS","result":[{"type":"indicator","indicators":[{"type":"rsi","params":[1]}]}]}',
      ),
    ).toEqual([{ ...none, type: 'indicator', indicators: [{ indicator: 'rsi', params: {} }] }])
  })

  itWithSamples("reads the exchange's own answers", () => {
    const answers = readSamples().filter(
      ({ about, direction, endpoint }) => direction === 'in' && /LIST_/.test(about) && endpoint !== 'public',
    )
    expect(answers.flatMap(({ text }) => listed(text)).map(({ type }) => type)).toEqual([
      'myAsset',
      'myOrder',
      'indicator_signal',
    ])
  })
})
