import { OrNullType } from '../../src/protocol/field'
import { exactDecimal } from '../../src/protocol/exact-decimal'
import { myOrderFields } from '../../src/protocol/my-order'
import { privateVocabulary } from '../../src/protocol/private-events'
import type { MyOrderEvent } from '../../src/protocol/private-events'
import { wireFormats } from '../../src/protocol/wire'
import { itWithSamples, readSamples } from '../support/recordings'
import { withMore, withoutKey, withValue } from './frames'
import { decodePrivate, inFormat, myOrderText } from './private-frames'
import fc from '../support/seeded-fast-check'

function orderOf(text: string): MyOrderEvent {
  const { events, rejected } = decodePrivate(text)
  expect(rejected).toEqual([])
  expect(events).toHaveLength(1)
  return events[0] as MyOrderEvent
}

const isExact = ({ codec }: { readonly codec: unknown }): boolean =>
  codec === exactDecimal || (codec instanceof OrNullType && codec.inner === exactDecimal)
const quantities = Object.entries(myOrderFields)
  .filter(([, field]) => isExact(field))
  .map(([name]) => name)

describe('myOrder', () => {
  it.each(wireFormats)('C3.2 has every quantity as one canonical text: %s', (format) => {
    const { outcome, events, drift } = decodePrivate(inFormat(myOrderText, format, privateVocabulary))
    expect({ outcome, drift }).toEqual({ outcome: 'decoded', drift: [] })
    expect(events).toEqual([
      {
        type: 'myOrder',
        code: 'KRW-BTC',
        uuid: 'ac2dc2a3-fce9-40a2-a4f6-5987c25c438f',
        ask_bid: 'BID',
        order_type: 'limit',
        state: 'trade',
        trade_uuid: '68315169-fba4-4175-ade3-aff14a616657',
        price: '0.001453',
        avg_price: '0.00145372',
        volume: '30925891.29839369',
        remaining_volume: '29968038.09235948',
        executed_volume: '30925891.29839369',
        trades_count: 1,
        reserved_fee: '44.239439702382180007',
        remaining_fee: '21.77177967409916',
        paid_fee: '22.467660028283017',
        locked: '43565.33112787242',
        executed_funds: '44935.32005656603',
        time_in_force: null,
        trade_fee: '22.467660028283017',
        is_maker: true,
        identifier: 'test-1',
        smp_type: 'cancel_maker',
        prevented_volume: '1.174291929',
        prevented_locked: '0.001706246173',
        trade_timestamp: 1710751590421,
        order_timestamp: 1710751590000,
        timestamp: 1710751597500,
        stream_type: 'REALTIME',
        epoch: 3,
        received_at: 1_790_000_000_000,
        source: 'socket',
      },
    ])
  })

  it('has its fields in the order of the wire, which is that of the table', () => {
    expect(Object.keys(JSON.parse(myOrderText))).toEqual(Object.keys(myOrderFields))
  })

  it('knows every quantity for exact', () => {
    expect(quantities).toEqual([
      'price',
      'avg_price',
      'volume',
      'remaining_volume',
      'executed_volume',
      'reserved_fee',
      'remaining_fee',
      'paid_fee',
      'locked',
      'executed_funds',
      'trade_fee',
      'prevented_volume',
      'prevented_locked',
    ])
  })

  it('C3.2 gives any decimal of 30 digits as it is, from a number and from text, in any field of any format', () => {
    // Digits and a scale, so that what is expected is known without any arithmetic of the library's.
    const decimal = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n - 1n }), fc.nat({ max: 29 }))
      .map(([digits, scale]) => {
        const text = String(digits).padStart(scale + 1, '0')
        const whole = text.slice(0, text.length - scale)
        return { digits, scale, plain: scale === 0 ? whole : `${whole}.${text.slice(-scale)}` }
      })
    fc.assert(
      fc.property(
        decimal,
        fc.constantFrom(...quantities),
        fc.constantFrom(...wireFormats),
        fc.constantFrom('plain', 'exponent', 'text'),
        ({ digits, scale, plain }, name, format, spelling) => {
          const spelled = spelling === 'exponent' ? `${digits}E-${scale}` : plain
          const value = spelling === 'text' ? `"${spelled}"` : spelled
          const order = orderOf(inFormat(withValue(myOrderText, name, value), format, privateVocabulary))
          const text = (order as unknown as Record<string, string>)[name]!
          expect(text).toMatch(/^(0|[1-9]\d*)(\.\d*[1-9])?$/)
          // Equal as a fraction: both over the larger power of ten.
          const [whole = '', fraction = ''] = text.split('.')
          expect(BigInt(whole + fraction) * 10n ** BigInt(scale)).toBe(
            digits * 10n ** BigInt(fraction.length),
          )
        },
      ),
    )
  })

  it.each([
    'trade_uuid',
    'price',
    'volume',
    'remaining_volume',
    'time_in_force',
    'trade_fee',
    'is_maker',
    'identifier',
    'smp_type',
    'trade_timestamp',
  ])('has null for a %s that is null or absent', (name) => {
    expect(orderOf(withValue(myOrderText, name, 'null'))).toMatchObject({ [name]: null })
    expect(orderOf(withoutKey(myOrderText, name))).toMatchObject({ [name]: null })
  })

  it.each(['prevented_volume', 'prevented_locked'])('C3.1 leaves out a %s that is absent or null', (name) => {
    expect(orderOf(withoutKey(myOrderText, name))).not.toHaveProperty(name)
    expect(orderOf(withValue(myOrderText, name, 'null'))).not.toHaveProperty(name)
    expect(decodePrivate(withValue(myOrderText, name, 'null')).drift).toEqual([`myOrder.${name}=null`])
  })

  it.each(['uuid', 'avg_price', 'executed_volume', 'locked', 'order_timestamp', 'timestamp'])(
    'is rejected without its %s, with the path',
    (name) => {
      for (const text of [withoutKey(myOrderText, name), withValue(myOrderText, name, 'null')]) {
        expect(decodePrivate(text)).toMatchObject({
          outcome: 'rejected',
          events: [],
          rejected: [{ path: `$.${name}`, type: 'myOrder', code: 'KRW-BTC' }],
        })
      }
    },
  )

  it.each(['"12x"', '""', '"0x1F"', '"Infinity"', '" 1"', 'true', '[]', '{}', '1e500', '"1e999999999"'])(
    'is rejected with a price of %s',
    (value) => {
      expect(decodePrivate(withValue(myOrderText, 'price', value)).rejected).toMatchObject([
        { path: '$.price', expected: 'exact decimal or null' },
      ])
    },
  )

  it('C3.1 tells of what is new and delivers the event without it', () => {
    const text = withMore(
      withValue(withValue(myOrderText, 'smp_type', '"cancel_both"'), 'state', '"amended"'),
      '"amended_at":5',
    )
    const { events, drift } = decodePrivate(text)
    expect(drift).toEqual(['myOrder.state=amended', 'myOrder.smp_type=cancel_both', 'myOrder.amended_at'])
    expect(events).toMatchObject([{ state: 'amended', smp_type: 'cancel_both' }])
    expect(events[0]).not.toHaveProperty('amended_at')
  })

  itWithSamples('C3.1 reads every sample of the exchange without drift', () => {
    const samples = readSamples().filter(({ about }) => about.startsWith('myOrder'))
    expect(samples.length).toBeGreaterThanOrEqual(12)
    for (const { text } of samples) {
      expect(decodePrivate(text)).toMatchObject({ outcome: 'decoded', drift: [], rejected: [] })
    }
    const marketBuy = samples.find(({ about }) => about.startsWith('myOrder market buy'))
    expect(orderOf(marketBuy!.text)).toMatchObject({
      order_type: 'price',
      state: 'cancel',
      volume: null,
      remaining_volume: null,
      executed_funds: '9999.04785',
      is_maker: null,
    })
  })
})
