import { myAssetFields } from '../../src/protocol/my-asset'
import { privateVocabulary } from '../../src/protocol/private-events'
import { wireFormats } from '../../src/protocol/wire'
import { itWithSamples, readSamples } from '../support/recordings'
import { decodePrivate, inFormat, myAssetText } from './private-frames'
import fc from '../support/seeded-fast-check'

describe('myAsset', () => {
  it.each(wireFormats)('C3.2 has balances of 24 digits as they are, by full names: %s', (format) => {
    const { outcome, events, drift } = decodePrivate(inFormat(myAssetText, format, privateVocabulary))
    expect({ outcome, drift }).toEqual({ outcome: 'decoded', drift: [] })
    expect(events).toEqual([
      {
        type: 'myAsset',
        asset_uuid: 'e635f223-1609-4969-8fb6-4376937baad6',
        assets: [
          { currency: 'KRW', balance: '1386929.37231066771348207123', locked: '10329.670127489597585685' },
          { currency: 'BTC', balance: '0.0121', locked: '0.0005' },
        ],
        asset_timestamp: 1710146517259,
        timestamp: 1710146517267,
        stream_type: 'REALTIME',
        epoch: 3,
        received_at: 1_790_000_000_000,
        source: 'socket',
      },
    ])
  })

  it('has its fields in the order of the wire, which is that of the table', () => {
    expect(Object.keys(JSON.parse(myAssetText))).toEqual(Object.keys(myAssetFields))
    expect(Object.keys(JSON.parse(myAssetText).assets[0])).toEqual(
      Object.keys(myAssetFields.assets.codec.fields),
    )
  })

  it('C3.2 gives every balance the same, whether it comes as a number or as text, with zeros or without', () => {
    const digits = fc.stringMatching(/^\d{1,15}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(digits, digits, fc.boolean()), { maxLength: 5 }), (balances) => {
        const assets = balances.map(([whole, fraction, asText], index) => {
          const spelled = `${whole.replace(/^0+(?=\d)/, '')}.${fraction}00`
          return `{"currency":"C${index}","balance":${asText ? `"${spelled}"` : spelled},"locked":0.0}`
        })
        const { events } = decodePrivate(myAssetText.replace(/\[.*\]/, `[${assets.join(',')}]`))
        expect(events).toMatchObject([
          {
            assets: balances.map(([whole, fraction], index) => ({
              currency: `C${index}`,
              balance: [whole.replace(/^0+(?=\d)/, ''), fraction.replace(/0+$/, '')]
                .filter(Boolean)
                .join('.'),
              locked: '0',
            })),
          },
        ])
      }),
    )
  })

  it('is rejected with the path of a balance that is none', () => {
    const text = myAssetText.replace('"locked":5E-4', '"locked":null')
    expect(decodePrivate(text).rejected).toEqual([
      { path: '$.assets[1].locked', expected: 'exact decimal', actual: 'null', type: 'myAsset' },
    ])
  })

  it('C3.1 tells of a new member of a currency and does not pass it on', () => {
    const text = myAssetText.replace('"locked":5E-4', '"locked":5E-4,"staked":1')
    const { events, drift } = decodePrivate(text)
    expect(drift).toEqual(['myAsset.assets.staked'])
    expect(JSON.stringify(events)).not.toContain('staked')
  })

  itWithSamples('C3.1 reads every sample of the exchange without drift', () => {
    const samples = readSamples().filter(({ about }) => about.startsWith('myAsset'))
    expect(samples.length).toBeGreaterThanOrEqual(5)
    for (const { text } of samples) {
      expect(decodePrivate(text)).toMatchObject({ outcome: 'decoded', drift: [], rejected: [] })
    }
  })
})
