import {
  asksForStreams,
  encodeListSubscriptions,
  encodeSubscribe,
  pingText,
} from '../../src/protocol/request'
import type { RequestItem } from '../../src/protocol/request'
import { wireFormats } from '../../src/protocol/wire'
import { itWithSamples, readSamples } from '../support/recordings'

describe('encodeSubscribe', () => {
  it.each(wireFormats)('writes ticket, items and format in the documented order: %s', (format) => {
    expect(
      encodeSubscribe(
        't-1',
        [
          { type: 'ticker', codes: ['KRW-BTC'] },
          { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH'], level: 10_000 },
          { type: 'candle.1m', codes: ['KRW-BTC'] },
        ],
        format,
      ),
    ).toBe(
      '[{"ticket":"t-1"},{"type":"ticker","codes":["KRW-BTC"]},' +
        '{"type":"orderbook","codes":["KRW-BTC","KRW-ETH"],"level":10000},' +
        `{"type":"candle.1m","codes":["KRW-BTC"]},{"format":"${format}"}]`,
    )
  })

  it('leaves out level 0, which is the default', () => {
    expect(encodeSubscribe('t', [{ type: 'orderbook', codes: ['KRW-BTC'], level: 0 }], 'DEFAULT')).toBe(
      '[{"ticket":"t"},{"type":"orderbook","codes":["KRW-BTC"]},{"format":"DEFAULT"}]',
    )
  })

  it('C9.2 writes neither is_only_snapshot nor is_only_realtime, nor anything else that an item carries', () => {
    const item = {
      type: 'trade',
      codes: ['KRW-BTC'],
      is_only_snapshot: true,
      is_only_realtime: true,
      only: 1,
    } as const
    const items: readonly RequestItem[] = [item]
    expect(encodeSubscribe('t', items, 'SIMPLE')).toBe(
      '[{"ticket":"t"},{"type":"trade","codes":["KRW-BTC"]},{"format":"SIMPLE"}]',
    )
  })

  it('writes text that needs escapes as JSON does', () => {
    expect(JSON.parse(encodeSubscribe('"\n', [{ type: 'ticker', codes: ['"'] }], 'DEFAULT'))).toEqual([
      { ticket: '"\n' },
      { type: 'ticker', codes: ['"'] },
      { format: 'DEFAULT' },
    ])
  })

  it('writes every market of the exchange in one message', () => {
    const codes = Array.from({ length: 855 }, (_, index) => `KRW-COIN${index}`)
    expect(JSON.parse(encodeSubscribe('t', [{ type: 'ticker', codes }], 'DEFAULT'))[1]).toEqual({
      type: 'ticker',
      codes,
    })
  })

  itWithSamples('writes the sample messages of the exchange letter for letter', () => {
    const sample = readSamples().find(({ about }) => about.startsWith('several types in one message'))
    const [{ ticket }, ...rest] = JSON.parse(sample!.text) as [{ ticket: string }, ...RequestItem[]]
    expect(encodeSubscribe(ticket, rest.slice(0, -1), 'DEFAULT')).toBe(sample!.text)
  })
})

describe('encodeListSubscriptions', () => {
  it.each(wireFormats)(
    'asks in the format of the connection, since another would change every stream: %s',
    (format) => {
      expect(encodeListSubscriptions('t-1', format)).toBe(
        `[{"ticket":"t-1"},{"method":"LIST_SUBSCRIPTIONS"},{"format":"${format}"}]`,
      )
    },
  )
})

describe('pingText', () => {
  it('is the bare word', () => {
    expect(pingText).toBe('PING')
  })
})

describe('asksForStreams', () => {
  it.each([
    [true, encodeSubscribe('t', [{ type: 'trade', codes: ['KRW-BTC'] }], 'DEFAULT')],
    [true, '[ {"ticket" : "t"}, {"type" : "trade", "codes" : ["KRW-BTC"]} ]'],
    [false, encodeListSubscriptions('type', 'SIMPLE')],
    [false, pingText],
  ])('is %s for %s', (asks, text) => {
    expect(asksForStreams(text)).toBe(asks)
  })
})
