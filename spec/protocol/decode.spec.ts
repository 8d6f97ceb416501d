/** What becomes of a frame, good or bad, as the connection sees it. */
import { createDecoder } from '../../src/protocol/decode'
import type { PublicEvent } from '../../src/protocol/events'
import { FusedReader } from '../../src/protocol/fused/fused-reader'
import { maxFrameBytes } from '../../src/protocol/frame-text'
import { bytesOf, decode, epoch, eventOf, frameOf, fusedDecoding, receivedAt, rejectionOf } from './decoding'
import {
  candleText,
  frameTexts,
  orderbookText,
  tickerText,
  tradeText,
  withMore,
  withoutKey,
  withValue,
} from './frames'

const types = Object.entries(frameTexts)

describe('a frame that goes deep', () => {
  const deep = '['.repeat(50_000) + ']'.repeat(50_000)

  it.each(['market_warning', 'market_state', 'delisting_date', 'trade_price', 'field_of_tomorrow'])(
    'at %s makes no reader throw, also where it is the first one',
    (key) => {
      const text =
        key === 'field_of_tomorrow'
          ? withMore(tickerText, `"${key}":${deep}`)
          : withValue(tickerText, key, deep)
      const rejected: string[] = []
      const sink = {
        event() {},
        control() {},
        drift() {},
        rejected: ({ path }: { path: string }) => rejected.push(path),
      }
      for (const reader of [undefined, new FusedReader()]) {
        const outcome = createDecoder(sink, { reader }).decode(Buffer.from(text), 1, 2)
        expect(outcome).toBe(key === 'field_of_tomorrow' ? 'decoded' : 'rejected')
      }
      expect(rejected).toEqual(key === 'field_of_tomorrow' ? [] : [`$.${key}`, `$.${key}`])
    },
  )
})

describe('a good frame', () => {
  it.each(types)('C3.1 of type %s is stamped with epoch, time of receipt and source', (_, text) => {
    const event = eventOf(text)
    expect(event).toEqual({ ...frameOf(event), epoch, received_at: receivedAt, source: 'socket' })
  })

  it.each(types)('of type %s gives the same event as text, as bytes and in a list', (_, text) => {
    const event = eventOf(text)
    expect(eventOf(Buffer.from(text))).toEqual(event)
    expect(eventOf(new TextEncoder().encode(`[${text}]`))).toEqual(event)
    expect(eventOf(`[${text}]`)).toEqual(event)
    expect(eventOf(`\r\n\t ${text}\n`)).toEqual(event)
  })

  it.each(types)('of type %s gives an event of its own each time', (_, text) => {
    expect(eventOf(text)).not.toBe(eventOf(text))
  })

  it('takes the fast way, and the slow one where something is unknown', () => {
    const events: PublicEvent[] = []
    const decoder = createDecoder({
      event: (event) => events.push(event),
      control: () => {},
      rejected: () => {},
      drift: () => {},
    })
    for (const [, text] of types) decoder.decode(text, 1, 2)
    expect([decoder.counts.slow, events.length]).toEqual([0, 4])
    decoder.decode(withMore(tickerText, '"more":1'), 1, 2)
    decoder.decode('{"status":"UP"}', 1, 2)
    expect([decoder.counts.slow, events.length]).toEqual([2, 5])
  })

  it('C3.1 does not pass on what is unknown, but names it', () => {
    const { events, drift } = decode(
      withMore(
        withValue(tickerText, 'market_state', '"HALTED"'),
        '"epoch":99,"source":"wire","field_of_tomorrow":[{}]',
      ),
    )
    expect(events).toEqual([{ ...eventOf(tickerText), market_state: 'HALTED' }])
    expect(drift).toEqual([
      'ticker.market_state=HALTED',
      'ticker.epoch',
      'ticker.source',
      'ticker.field_of_tomorrow',
    ])
  })

  it('is an event even with a field that control frames are known by', () => {
    for (const more of ['"status":"OPEN"', '"error":{"name":"X"}', '"method":"LIST_SUBSCRIPTIONS"']) {
      expect(decode(withMore(tickerText, more))).toMatchObject({
        outcome: 'decoded',
        controls: [],
        events: [eventOf(tickerText)],
      })
    }
  })

  it('may be any order of its keys, and of a key that comes twice the last counts', () => {
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(tickerText)).reverse()))
    expect(eventOf(reversed)).toEqual(eventOf(tickerText))
    expect(eventOf(withMore(tradeText, '"sequential_id":5,"code":"KRW-ETH"'))).toMatchObject({
      sequential_id: '5',
      code: 'KRW-ETH',
    })
  })
})

describe('a list', () => {
  it('gives its events in order', () => {
    const { outcome, events } = decode(
      `[${tradeText},${withValue(tradeText, 'sequential_id', '7')},${candleText}]`,
    )
    expect(outcome).toBe('decoded')
    expect(events.map((event) => ('sequential_id' in event ? event.sequential_id : event.type))).toEqual([
      '17877285547970001',
      '7',
      'candle.1m',
    ])
  })

  it('loses a bad element and nothing else, whatever is wrong with it', () => {
    const bad = [
      '5',
      'null',
      '[]',
      '{}',
      '{"type":"myOrder"}',
      withoutKey(tickerText, 'trade_price'),
      '{"__proto__":{"polluted":1}}',
      withMore(tickerText, '"__proto__":{}'),
    ]
    for (const element of bad) {
      const { outcome, events, rejected } = decode(`[${tradeText},${element},${orderbookText}]`)
      expect(outcome).toBe('rejected')
      expect(events).toEqual([eventOf(tradeText), eventOf(orderbookText)])
      expect(rejected).toEqual([expect.objectContaining({ path: expect.stringMatching(/^\$\[1\]/) })])
    }
  })

  it('may hold control frames beside events', () => {
    expect(decode(`[{"status":"UP"},${tradeText}]`)).toMatchObject({
      outcome: 'decoded',
      controls: [{ kind: 'status', status: 'UP' }],
      events: [eventOf(tradeText)],
    })
    expect(decode('[{"status":"UP"},{"error":{"name":"A"}}]').outcome).toBe('control')
    expect(decode('[{"status":"UP"},5]').outcome).toBe('rejected')
  })

  it('of nothing is rejected, and one in a list is no frame', () => {
    expect(rejectionOf('[]')).toEqual({
      path: '$',
      expected: 'at least one element',
      actual: 'an empty list',
    })
    expect(rejectionOf(`[[${tradeText}]]`)).toEqual({
      path: '$[0]',
      expected: 'an object',
      actual: 'a list of 1',
    })
  })
})

describe('a bad frame', () => {
  it.each([
    '',
    ' ',
    'hello',
    '<html></html>',
    '{',
    '{"type":"ticker"',
    'PONG',
    "{'type':'ticker'}",
    '{"a":NaN}',
    '{"a":01}',
  ])('that is no JSON is rejected, not thrown: %j', (text) => {
    for (const raw of [text, Buffer.from(text)]) {
      const { path, expected } = rejectionOf(raw)
      expect([path, expected]).toEqual(['$', expect.stringMatching(/^JSON \(.+\)$/)])
    }
  })

  it('whose buffer was handed to another thread has no bytes any more, and is rejected as an empty one', () => {
    const { decode: decodeFused } = fusedDecoding([tickerText])
    for (const text of [tickerText, orderbookText]) {
      const raw = bytesOf(text)
      structuredClone(raw.buffer, { transfer: [raw.buffer as ArrayBuffer] })
      expect(decodeFused(raw)).toMatchObject({ outcome: 'rejected', events: [], rejected: [rejectionOf('')] })
    }
  })

  it('that is no UTF-8 is rejected, whether it came as text or as binary', () => {
    // A socket that does not check the text frames of its peer hands over the bytes of either kind.
    const fault = { path: '$', expected: 'UTF-8 text', actual: 'other bytes' }
    for (const bytes of [[0xff], [0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]]) {
      expect(rejectionOf(Uint8Array.from(bytes))).toEqual(fault)
    }
    expect(rejectionOf(Uint8Array.from([...Buffer.from(tickerText), 0x80]))).toEqual({
      ...fault,
      type: 'ticker',
      code: 'KRW-BTC',
    })
    expect(rejectionOf('\ud800').path).toBe('$')
  })

  it.each(types)('of type %s cut short anywhere is rejected, not thrown', (_, text) => {
    for (let length = 0; length < text.length; length++) {
      const { outcome, rejected } = decode(Buffer.from(text).subarray(0, length))
      expect([length, outcome, rejected.length]).toEqual([length, 'rejected', 1])
    }
  })

  it.each([
    ['5', '5'],
    ['-1.50E3', '-1.50E3'],
    ['"text"', '"text"'],
    ['null', 'null'],
    ['true', 'true'],
  ])('that is no object is rejected: %s', (text, actual) => {
    expect(rejectionOf(text)).toEqual({ path: '$', expected: 'an object', actual })
  })

  it.each([
    ['{}', 'nothing'],
    ['{"type":null}', 'null'],
    ['{"type":5}', '5'],
    ['{"type":{"ty":"ticker"}}', 'an object'],
    ['{"type":"myOrder","code":"KRW-BTC"}', '"myOrder"'],
    ['{"ty":"indicator"}', '"indicator"'],
    ['{"type":"toString"}', '"toString"'],
    ['{"error":"INVALID"}', 'nothing'],
  ])('of an unknown type is rejected at its type: %s', (text, actual) => {
    expect(rejectionOf(text)).toEqual({ path: '$.type', expected: 'a known type', actual })
  })

  it('of the wrong shape is rejected with path, type and code, by full names in every format', () => {
    const error = { expected: 'number', actual: '"x"', type: 'orderbook', code: 'KRW-BTC' }
    const full = orderbookText.replace('"ask_price":1.1654E8', '"ask_price":"x"')
    const simple =
      '{"ty":"orderbook","cd":"KRW-BTC","tms":1,"tas":1,"tbs":1,"obu":[{"ap":"x"}],"st":"SNAPSHOT"}'
    expect(rejectionOf(full)).toEqual({ path: '$.orderbook_units[1].ask_price', ...error })
    expect(rejectionOf(`[${full}]`)).toEqual({ path: '$[0].orderbook_units[1].ask_price', ...error })
    expect(rejectionOf(simple)).toEqual({ path: '$.orderbook_units[0].ask_price', ...error })
  })

  it('with a bad code names none, and a long code in part', () => {
    expect(rejectionOf(withValue(tickerText, 'code', '5'))).toEqual({
      path: '$.code',
      expected: 'market code',
      actual: '5',
      type: 'ticker',
    })
    const long = withValue(withoutKey(tickerText, 'trade_price'), 'code', `"${'K'.repeat(100_000)}"`)
    expect(rejectionOf(long).code).toBe('K'.repeat(32))
  })

  it('over 1 MiB is rejected unread, in bytes whatever the characters', () => {
    const padded = (size: number): string => `${tickerText}${' '.repeat(size - tickerText.length)}`
    expect(decode(padded(maxFrameBytes)).outcome).toBe('decoded')
    for (const raw of [padded(maxFrameBytes + 1), Buffer.alloc(maxFrameBytes + 1), '한'.repeat(350_000)]) {
      const { path, expected, actual } = rejectionOf(raw)
      expect([path, expected]).toEqual(['$', 'at most 1048576 bytes'])
      expect(actual).toMatch(/^10\d+ bytes$/)
    }
  })

  it.each([
    ['at the top', (text: string) => withMore(text, '"__proto__":{"polluted":1}'), '$.__proto__'],
    [
      'spelled with escapes',
      (text: string) => withMore(text, '"\\u005f\\u005fpr\\u006fto__":1'),
      '$.__proto__',
    ],
    [
      'in an unknown field',
      (text: string) => withMore(text, '"a":[{"b":{"__proto__":[]}}]'),
      '$.a[0].b.__proto__',
    ],
    [
      'before everything',
      (text: string) => text.replace('{', '{"__proto__":{"type":"ticker"},'),
      '$.__proto__',
    ],
  ])('with a __proto__ key %s is rejected at that key', (_, spoil, path) => {
    for (const [, text] of types) {
      expect(rejectionOf(spoil(text))).toEqual({ path, expected: 'no __proto__ key', actual: 'one' })
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('with a __proto__ key in a unit of an order book is rejected there', () => {
    const text = orderbookText.replace('"bid_size":0.06189', '"bid_size":0.06189,"__proto__":{"bid_size":1}')
    expect(rejectionOf(text).path).toBe('$.orderbook_units[0].__proto__')
  })

  it('with keys that every object inherits is an event without them', () => {
    const text = withMore(tickerText, '"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":2')
    const { events, drift } = decode(text)
    expect(events).toEqual([eventOf(tickerText)])
    expect(drift).toEqual(['ticker.constructor', 'ticker.toString', 'ticker.hasOwnProperty'])
  })

  it('is told in a few hundred characters, whatever it holds', () => {
    const megabyte = 'x'.repeat(1_000_000)
    const frames = [
      megabyte,
      `"${megabyte}`,
      `"${megabyte}"`,
      `{"type":"${megabyte}"}`,
      `{"${megabyte}":{"__proto__":1}}`,
      withValue(tickerText, 'trade_price', `"${megabyte}"`),
      withValue(tickerText, 'code', `{"${megabyte}":1}`),
      withValue(tradeText, 'sequential_id', `0.${'0'.repeat(1_000_000)}1`),
      withValue(tradeText, 'sequential_id', '9'.repeat(1_000_000)),
      `[${'5,'.repeat(1000)}"${megabyte}"]`,
    ]
    for (const text of frames) {
      const { outcome, rejected } = decode(text)
      expect(outcome).toBe('rejected')
      for (const error of rejected) expect(JSON.stringify(error).length).toBeLessThan(700)
    }
  })

  it('costs no more than reading it: nothing in a megabyte makes the decoder stand still', () => {
    const units = (element: string, count: number): string =>
      orderbookText.replace(/\[.*\]/, () => `[${Array.from({ length: count }, () => element).join(',')}]`)
    const frames = [
      withValue(tradeText, 'sequential_id', `0.${'0'.repeat(1_000_000)}1`),
      units('{}', 300_000),
      units('{"ask_price":1,"bid_price":1,"ask_size":1,"bid_size":1,"a":1}', 16_000),
      withMore(tickerText, Array.from({ length: 70_000 }, (_, index) => `"f${index}":1`).join(',')),
      withMore(tickerText, `"a":"${'\\u0041'.repeat(170_000)}"`),
      `[${Array.from({ length: 200_000 }, () => '{}').join(',')}]`,
    ]
    const startMs = performance.now()
    for (const text of frames) decode(text)
    // A second or so; the first frame alone took minutes when trailing zeros were found by a pattern.
    expect(performance.now() - startMs).toBeLessThan(8000)
  })
})

describe('control frames', () => {
  it.each([
    ['{"status":"UP"}', { kind: 'status', status: 'UP' }],
    ['UP', { kind: 'status', status: 'UP' }],
    ['"UP"', { kind: 'status', status: 'UP' }],
    ['[{"status":"UP"}]', { kind: 'status', status: 'UP' }],
    ['{"error":{"message":"m","name":"N"}}', { kind: 'error', error: { name: 'N', message: 'm' } }],
    [
      '{"type":"error","error":{"name":"N","message":"m"}}',
      { kind: 'error', error: { name: 'N', message: 'm' } },
    ],
    ['{"method":"LIST_SUBSCRIPTIONS","result":[],"ticket":"t"}', { kind: 'list', ticket: 't', result: [] }],
  ])('are recognised, as text and as bytes: %s', (text, control) => {
    for (const raw of [text, Buffer.from(text)]) {
      expect(decode(raw)).toMatchObject({ outcome: 'control', controls: [control], events: [], rejected: [] })
    }
  })
})
