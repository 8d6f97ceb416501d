import { indicatorSignalFields } from '../../src/protocol/indicator-signal'
import { infoVocabulary } from '../../src/protocol/info-events'
import { wireFormats } from '../../src/protocol/wire'
import { decodeInfo, inFormat, indicatorSignalText } from './private-frames'

describe('indicator_signal', () => {
  it.each(wireFormats)('is read by full names, of its parts too: %s', (format) => {
    expect(decodeInfo(inFormat(indicatorSignalText, format, infoVocabulary))).toMatchObject({
      outcome: 'decoded',
      drift: [],
      events: [{ ...JSON.parse(indicatorSignalText), source: 'socket' }],
    })
  })

  it('has its fields in the order of the wire, which is that of the table', () => {
    expect(Object.keys(JSON.parse(indicatorSignalText))).toEqual(Object.keys(indicatorSignalFields))
  })

  it('needs what its trigger was told, and only that', () => {
    const without = indicatorSignalText.replace('{"multiplier":2.0}', '{}')
    expect(decodeInfo(without).rejected).toMatchObject([{ path: '$.event_params.multiplier' }])
    const other = indicatorSignalText.replace('"multiplier":2.0', '"multiplier":2.0,"threshold":70')
    const { events, drift } = decodeInfo(other)
    expect(drift).toEqual(['indicator_signal.event_params.threshold'])
    expect(events).toMatchObject([{ event_params: { multiplier: 2 } }])
  })

  it('C3.1 takes a trigger that is new, and tells of it', () => {
    expect(decodeInfo(indicatorSignalText.replace('volume_spike', 'volume_drop'))).toMatchObject({
      events: [{ trigger: 'volume_drop' }],
      drift: ['indicator_signal.trigger=volume_drop'],
    })
  })
})
