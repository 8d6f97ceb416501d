import { listItems } from '../../src/simulator/list-answer'
import { itemSet } from '../../src/simulator/subscription'
import { anOrderbook, defaultSwitches } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

describe('LIST_SUBSCRIPTIONS', () => {
  const list = (format?: string) => [
    { ticket: 'L' },
    { method: 'LIST_SUBSCRIPTIONS' },
    ...(format ? [{ format }] : []),
  ]

  it('41 answers with the set and the ticket of the question, and changes nothing but the format', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(list('SIMPLE')))
      at(10, () => one.send(subscribeTo('orderbook', ['KRW-BTC.15'], 'SIMPLE')))
      at(20, () => one.send(list('SIMPLE')))
      at(30, () => exchange.emit(anOrderbook()))
      at(40, () => one.send(list()))
      at(50, () => exchange.emit(anOrderbook()))
      at(60, () => {
        const [empty, simple, before, full, after] = one.json
        expect(empty).toEqual({ mthd: 'LIST_SUBSCRIPTIONS', rslt: [], tckt: 'L' })
        expect(simple).toEqual({
          mthd: 'LIST_SUBSCRIPTIONS',
          rslt: [{ ty: 'orderbook', cds: ['KRW-BTC'], lv: 0 }],
          tckt: 'L',
        })
        expect(before).toHaveProperty('ty', 'orderbook')
        expect(full).toEqual({
          method: 'LIST_SUBSCRIPTIONS',
          result: [{ type: 'orderbook', codes: ['KRW-BTC'], level: 0 }],
          ticket: 'L',
        })
        // 43: the question's format became the connection's.
        expect(after).toHaveProperty('type', 'orderbook')
      })
    })
  })

  it('42 is wrapped in the list formats when told to', () => {
    for (const listAnswer of ['object', 'list'] as const) {
      runVirtually(100, { switches: { listAnswer } }, ({ client, at }) => {
        const one = client()
        at(1, () => one.send(list('SIMPLE_LIST')))
        at(10, () => expect(one.frames[0]?.charAt(0)).toBe(listAnswer === 'list' ? '[' : '{'))
      })
    }
  })
})

const asked = (type: string, codes: string[], options: object = {}) => ({
  type,
  codes,
  level: 0,
  onlySnapshot: false,
  onlyRealtime: false,
  ...options,
})

describe('listItems', () => {
  const set = itemSet(
    [
      asked('orderbook', ['KRW-BTC.15', 'KRW-ETH']),
      asked('orderbook', ['KRW-XRP'], { level: 10 }),
      asked('ticker', ['KRW-BTC'], { level: 10_000 }),
    ],
    'last',
  )

  it('42 names types, codes without suffix, and levels of order books only', () => {
    expect(listItems(set, defaultSwitches)).toEqual([
      { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH'], level: 0 },
      { type: 'orderbook', codes: ['KRW-XRP'], level: 10 },
      { type: 'ticker', codes: ['KRW-BTC'] },
    ])
  })

  it('42 repeats suffixes when told to', () => {
    expect(listItems(set, { ...defaultSwitches, listCodes: 'with-suffix' })[0]?.codes).toEqual([
      'KRW-BTC.15',
      'KRW-ETH',
    ])
  })

  it('24 42 names no codes for myAsset and announcements, nor for myOrder of every market unless told to', () => {
    const all = itemSet([asked('myOrder', []), asked('myAsset', []), asked('announcement', [])], 'last')
    expect(listItems(all, defaultSwitches)).toEqual([
      { type: 'myOrder' },
      { type: 'myAsset' },
      { type: 'announcement' },
    ])
    expect(listItems(all, { ...defaultSwitches, listEveryOrder: 'empty-codes' })[0]).toEqual({
      type: 'myOrder',
      codes: [],
    })
    const some = itemSet([asked('myOrder', ['KRW-BTC', 'KRW-ETH'])], 'last')
    expect(listItems(some, defaultSwitches)).toEqual([{ type: 'myOrder', codes: ['KRW-BTC', 'KRW-ETH'] }])
  })

  it('42 echoes what was asked of indicators, the markets with the same ones together', () => {
    const rsi = { indicator: 'rsi', params: { period: 14 } }
    const signal = { ...rsi, trigger: 'overbought', event_params: { threshold: 70 } }
    const info = itemSet(
      [
        asked('indicator', ['KRW-BTC', 'KRW-ETH'], { timeframe: '5m', indicators: [rsi] }),
        asked('indicator', ['KRW-ETH'], { timeframe: '1d', indicators: [rsi] }),
        asked('indicator_signal', ['KRW-BTC'], { timeframe: '5m', indicators: [signal] }),
      ],
      'last',
    )
    const echo = { type: 'rsi', params: { period: 14 } }
    expect(listItems(info, defaultSwitches)).toEqual([
      { type: 'indicator', codes: ['KRW-BTC', 'KRW-ETH'], timeframe: '5m', indicators: [echo] },
      { type: 'indicator', codes: ['KRW-ETH'], timeframe: '1d', indicators: [echo] },
      {
        type: 'indicator_signal',
        codes: ['KRW-BTC'],
        timeframe: '5m',
        indicators: [{ ...echo, trigger: 'overbought', event_params: { threshold: 70 } }],
      },
    ])
  })

  it('42 echoes what was asked of announcements', () => {
    const some = itemSet([asked('announcement', [], { categories: ['trade'], includeBody: true })], 'last')
    expect(listItems(some, defaultSwitches)).toEqual([
      { type: 'announcement', categories: ['trade'], include_body: true },
    ])
  })
})
