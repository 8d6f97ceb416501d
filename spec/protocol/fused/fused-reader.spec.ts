/** What a reader learns, when, and what it tells of it: through a decoder, which opens the frames for it. */
import {
  bytesOf,
  chunkedBytesOf,
  decode,
  decodeSlowly,
  frameOf,
  fusedDecoding,
  receivedAt,
} from '../decoding'
import {
  candleText,
  frameTexts,
  orderbookText,
  tickerText,
  tradeText,
  withMore,
  withoutKey,
  withValue,
} from '../frames'

const types = Object.entries(frameTexts)
const hourMs = 3_600_000

/** A frame with the members behind type and code in another order: each order a number. */
function turned(text: string, by: number): string {
  // The spelling of the numbers stays: members are cut, not parsed.
  const members = text.slice(1, -1).match(/"[^"]+":(\[.*\]|"[^"]*"|[^,]+)/g) ?? []
  const [type, code, ...rest] = members
  return `{${[type, code, ...rest.slice(by), ...rest.slice(0, by)].join(',')}}`
}

describe('the first frame of a head', () => {
  it.each(types)(
    'of type %s is learned from and read at once, the next ones by what was learned',
    (_, text) => {
      const decoding = fusedDecoding()
      const [event] = decode(text).events
      expect(decoding.decode(bytesOf(text))).toMatchObject({ fused: true, events: [event], drift: [] })
      expect(decoding.counts).toMatchObject({ learned: 1, fused: 1, guarded: 0, slow: 0 })
      expect(decoding.decode(bytesOf(text))).toMatchObject({ fused: true, events: [event], drift: [] })
      expect(decoding.counts).toEqual({
        learned: 1,
        fused: 2,
        guarded: 0,
        slow: 0,
        skimmed: 0,
        stoppedAt: {},
      })
    },
  )

  it('is learned for itself: types, spellings and lists know nothing of each other', () => {
    const decoding = fusedDecoding([tickerText, tradeText])
    expect(decoding.counts.learned).toBe(2)
    decoding.decode(bytesOf(`[${tickerText}]`))
    decoding.decode(bytesOf(candleText))
    decoding.decode(bytesOf(candleText.replace('candle.1m', 'candle.3m')))
    expect(decoding.counts).toMatchObject({ learned: 5, fused: 5 })
    for (const text of [tickerText, tradeText]) expect(decoding.decode(bytesOf(text)).fused).toBe(true)
    expect(decoding.counts).toEqual({ learned: 5, fused: 7, guarded: 0, slow: 0, skimmed: 0, stoppedAt: {} })
  })

  it.each([
    ['with a blank', tickerText.replace(',', ', '), 'decoded'],
    ['with an escape', withValue(tickerText, 'trade_date', '"\\u0032026"'), 'decoded'],
    ['that lacks a required field', withoutKey(tickerText, 'trade_price'), 'rejected'],
    ['of two keys alone', '{"type":"ticker","code":"KRW-BTC"}', 'rejected'],
    ['with a value of another kind', withValue(tickerText, 'trade_price', '"1"'), 'rejected'],
    ['with an unknown word', withValue(tickerText, 'market_state', '"HALTED"'), 'decoded'],
    ['with an object in an unknown field', withMore(tickerText, '"more":{}'), 'decoded'],
    ['with a key twice', withMore(tickerText, '"trade_price":1'), 'decoded'],
    ['with a __proto__ key', withMore(tickerText, '"__proto__":1'), 'rejected'],
    ['that is no JSON', withMore(tickerText, '"more":01'), 'rejected'],
    ['cut short', tickerText.slice(0, -1), 'rejected'],
    ['with something behind it', `${tickerText} `, 'decoded'],
  ])('%s goes another way and teaches nothing', (_, text, outcome) => {
    const decoding = fusedDecoding()
    const slow = decodeSlowly(text)
    for (const raw of [bytesOf(text), chunkedBytesOf(text, tickerText)]) {
      const read = decoding.decode(raw)
      expect(read).toMatchObject({ outcome, fused: false, drift: slow.drift, rejected: slow.rejected })
      expect(read.events.map(frameOf)).toEqual(slow.events)
    }
    expect(decoding.counts).toMatchObject({ learned: 0, fused: 0, stoppedAt: {} })
  })

  it('that taught nothing is not tried again at the next frame: a lesson has its price', () => {
    const decoding = fusedDecoding([withValue(tickerText, 'market_state', '"HALTED"')])
    for (let frame = 1; frame < 32; frame++) {
      expect([frame, decoding.decode(bytesOf(tickerText)).fused]).toEqual([frame, false])
    }
    expect(decoding.decode(bytesOf(tickerText))).toMatchObject({ fused: true, drift: [] })
  })
})

describe('a frame that was not recognised', () => {
  it.each([
    ['another order of keys', 'ticker.opening_price', turned(tickerText, 1)],
    ['a value of another kind', 'ticker.trade_price', withValue(tickerText, 'trade_price', '"1"')],
    ['an unknown word', 'ticker.market_state', withValue(tickerText, 'market_state', '"HALTED"')],
    ['a new field', 'ticker (end)', withMore(tickerText, '"more":1')],
    [
      'the null of an optional field',
      'ticker.market_warning',
      withValue(tickerText, 'market_warning', 'null'),
    ],
    ['a field less', 'ticker.trade_price', withoutKey(tickerText, 'trade_price')],
    ['one without its end', 'ticker (end)', tickerText.slice(0, -1)],
    [
      'one without its last fields',
      'ticker.stream_type',
      `${tickerText.slice(0, tickerText.indexOf(',"stream'))}}`,
    ],
    ['one cut short in a key', 'ticker.trade_price', tickerText.slice(0, tickerText.indexOf('ce":109868'))],
  ])('tells where the reader stopped, wherever the frame lies: %s at %s', (_, where, text) => {
    for (const raw of [bytesOf(text), chunkedBytesOf(text, '\n', '')]) {
      const decoding = fusedDecoding([tickerText])
      const { fused, outcome } = decoding.decode(raw)
      expect([fused, outcome]).toEqual([false, decodeSlowly(text).outcome])
      expect(decoding.counts.stoppedAt).toEqual({ [where]: 1 })
      decoding.decode(raw)
      expect(decoding.counts.stoppedAt).toEqual({ [where]: 2 })
    }
  })

  it('is read as if there were no reader, 31 times in a row, and one of the known ones starts the count anew', () => {
    const strange = turned(tickerText, 5)
    const [event] = decode(strange).events
    const decoding = fusedDecoding([tickerText])
    for (let round = 0; round < 3; round++) {
      for (let frame = 1; frame < 32; frame++) {
        expect(decoding.decode(bytesOf(strange))).toMatchObject({
          fused: false,
          slow: false,
          events: [event],
        })
      }
      expect(decoding.decode(bytesOf(tickerText)).fused).toBe(true)
    }
    expect(decoding.counts).toMatchObject({ learned: 1, fused: 4, guarded: 93, slow: 0 })
  })

  it.each([
    ['in another order', turned(tickerText, 5)],
    ['without their last field of old', `${orderbookText.slice(0, orderbookText.indexOf(',"level'))}}`],
    ['with a new field', withMore(tradeText, '"more":1')],
  ])('is the new habit of the exchange when it is the 32nd in a row: frames %s', (_, text) => {
    for (const rawOf of [bytesOf, (one: string) => chunkedBytesOf(one, one)]) {
      const decoding = fusedDecoding([tickerText, orderbookText, tradeText])
      const [type] = /(?<="type":")\w+/.exec(text)!
      const own = decodeSlowly(text)
      for (let frame = 1; frame < 32; frame++) expect(decoding.decode(rawOf(text)).fused).toBe(false)
      const relearned = decoding.decode(rawOf(text))
      expect(relearned).toMatchObject({ fused: true, drift: [...own.drift, `${type} (keys or their order)`] })
      expect(relearned.events.map(frameOf)).toEqual(own.events)
      expect(decoding.decode(rawOf(text))).toMatchObject({ fused: true, drift: own.drift })
      expect(decoding.counts).toMatchObject({ learned: 4, fused: 5 })
    }
  })

  it('that cannot be learned from leaves the old reader in its place', () => {
    const decoding = fusedDecoding([tickerText])
    const strange = withValue(tickerText, 'market_state', '"HALTED"')
    for (let frame = 0; frame < 100; frame++) decoding.decode(bytesOf(strange))
    expect(decoding.decode(bytesOf(tickerText))).toMatchObject({ fused: true, drift: [] })
    expect(decoding.counts).toMatchObject({ learned: 1, stoppedAt: { 'ticker.market_state': 100 } })
  })

  it('is learned from 8 times an hour at most, and again when the hour is over', () => {
    const decoding = fusedDecoding()
    const orders = Array.from({ length: 12 }, (_, by) => turned(tradeText, by))
    const repeat = (text: string, atMs: number): void => {
      for (let frame = 0; frame < 32; frame++) decoding.decode(bytesOf(text), atMs)
    }
    orders.forEach((text, minute) => repeat(text, receivedAt + minute * 60_000))
    expect(decoding.counts.learned).toBe(8)
    repeat(orders[9]!, receivedAt + hourMs - 1)
    expect(decoding.counts.learned).toBe(8)
    repeat(orders[9]!, receivedAt + hourMs)
    expect(decoding.counts.learned).toBe(9)
    expect(decoding.decode(bytesOf(orders[9]!), receivedAt + hourMs).fused).toBe(true)
  })
})

describe('an unknown field', () => {
  it.each(['1', '-1.5e-8', '"text"', '""', 'true', 'false', 'null'])(
    'with %s is read past, and told at every frame as the slow way tells it',
    (value) => {
      const text = withMore(tickerText, `"more":${value}`)
      const decoding = fusedDecoding()
      for (let frame = 0; frame < 3; frame++) {
        const { fused, drift, events } = decoding.decode(bytesOf(text))
        expect([fused, drift]).toEqual([true, ['ticker.more']])
        expect(events).toEqual(decode(tickerText).events)
      }
      expect(decodeSlowly(text).drift).toEqual(['ticker.more'])
    },
  )

  it('may change its kind, as long as it is JSON', () => {
    const decoding = fusedDecoding([withMore(tickerText, '"more":1')])
    const wayOf = (value: string): string => {
      const { fused, outcome } = decoding.decode(bytesOf(withMore(tickerText, `"more":${value}`)))
      return fused ? 'fused' : outcome
    }
    expect(['2', '"x"', 'null', 'true', '-0'].map(wayOf)).toEqual(Array.from({ length: 5 }, () => 'fused'))
    expect(['[]', '{}', '1e400', '"\\n"', '"가"'].map(wayOf)).toEqual(
      Array.from({ length: 5 }, () => 'decoded'),
    )
    expect(['01', '+1', '1.', 'nul', 'nulll', '"', '-', ''].map(wayOf)).toEqual(
      Array.from({ length: 8 }, () => 'rejected'),
    )
  })

  it.each(['constructor', 'toString', 'epoch', 'source', 'a\\"b', '가격', '\\\\', '', '\\ud800'])(
    'called "%s" gets into drift by its name, and into nothing else',
    (key) => {
      const text = withMore(tickerText, `"${key}":1`)
      const read = fusedDecoding().decode(bytesOf(text))
      expect(read.fused).toBe(true)
      expect(read.drift).toEqual(decodeSlowly(text).drift)
      expect(read.events).toStrictEqual(decode(tickerText).events)
    },
  )

  it('in the other frames of a head is a stranger to a reader that never saw it', () => {
    const decoding = fusedDecoding([tickerText])
    expect(decoding.decode(bytesOf(withMore(tickerText, '"more":1')))).toMatchObject({
      fused: false,
      drift: ['ticker.more'],
    })
    expect(decoding.decode(bytesOf(tickerText))).toMatchObject({ fused: true, drift: [] })
  })
})

describe('the null of an optional field', () => {
  it('is told at every frame, and the field left out', () => {
    const text = withValue(tradeText, 'best_ask_price', 'null')
    const decoding = fusedDecoding([text])
    const { fused, drift, events } = decoding.decode(bytesOf(text))
    expect([fused, drift]).toEqual([true, ['trade.best_ask_price=null']])
    expect(events[0]).not.toHaveProperty('best_ask_price')
    expect(events.map(frameOf)).toEqual(decodeSlowly(text).events)
  })

  it('is a value where the table says so, and may change with a text', () => {
    const decoding = fusedDecoding([tickerText])
    for (const value of ['null', '"2026-12-31"', 'null', '""']) {
      const { fused, events } = decoding.decode(bytesOf(withValue(tickerText, 'delisting_date', value)))
      expect([fused, events[0]]).toEqual([
        true,
        expect.objectContaining({ delisting_date: JSON.parse(value) }),
      ])
    }
  })
})

describe('a book', () => {
  const withUnits = (...units: readonly string[]): string =>
    orderbookText.replace(/\[.*\]/, () => `[${units.join(',')}]`)
  const unit = '{"ask_price":1.5,"bid_price":1,"ask_size":5.0E-4,"bid_size":0E-8}'

  it('may have any number of units but none, which the guard reads', () => {
    const decoding = fusedDecoding([orderbookText])
    for (const count of [1, 2, 15, 30, 500]) {
      const text = withUnits(...Array.from({ length: count }, () => unit))
      const { fused, events } = decoding.decode(bytesOf(text))
      expect([count, fused]).toEqual([count, true])
      expect(events).toStrictEqual(decode(text).events)
    }
    expect(decoding.decode(bytesOf(withUnits()))).toMatchObject({
      fused: false,
      slow: false,
      outcome: 'decoded',
    })
    expect(decoding.counts.stoppedAt).toEqual({ 'orderbook.orderbook_units': 1 })
  })

  it.each([
    ['of another order', '{"bid_price":1,"ask_price":1,"ask_size":1,"bid_size":1}', 'decoded'],
    ['of more', unit.replace('}', ',"more":1}'), 'decoded'],
    ['of less', unit.replace(',"bid_size":0E-8', ''), 'rejected'],
    ['of another kind', unit.replace('1.5', '"1.5"'), 'rejected'],
    ['of a number that JSON does not have', unit.replace('1.5', '01.5'), 'rejected'],
    ['that is none', '5', 'rejected'],
    ['that is nothing', '', 'rejected'],
  ])('with a last unit %s goes another way', (_, last, outcome) => {
    const decoding = fusedDecoding([orderbookText])
    expect(decoding.decode(bytesOf(withUnits(unit, last)))).toMatchObject({ fused: false, outcome })
  })
})

describe('what is read', () => {
  it.each(types)('of type %s is an event of its own each time, plain as any other', (_, text) => {
    const decoding = fusedDecoding([text])
    const [one, other] = [bytesOf(text), bytesOf(text)].flatMap((raw) => decoding.decode(raw).events)
    expect(one).not.toBe(other)
    expect(one).toStrictEqual(other)
    expect(Object.getPrototypeOf(one)).toBe(Object.prototype)
  })

  it('does not change when its bytes are written over, as a socket does with its chunks', () => {
    const decoding = fusedDecoding([tradeText, orderbookText])
    for (const text of [tradeText, orderbookText]) {
      const raw = bytesOf(text)
      const { events } = decoding.decode(raw)
      raw.fill(0x78)
      expect(events).toStrictEqual(decode(text).events)
    }
  })
})

describe('where code may not be made from text', () => {
  afterEach(() => jest.restoreAllMocks())

  it('frames are guarded, and the reader asks no second time for any head', () => {
    const make = jest.spyOn(globalThis, 'Function').mockImplementation(() => {
      throw new EvalError('Code generation from strings disallowed for this context')
    })
    const decoding = fusedDecoding()
    for (let round = 0; round < 40; round++) {
      for (const [, text] of types) {
        expect(decoding.decode(bytesOf(text))).toMatchObject({
          fused: false,
          slow: false,
          outcome: 'decoded',
        })
      }
    }
    expect(make).toHaveBeenCalledTimes(1)
    expect(decoding.counts).toEqual({
      fused: 0,
      guarded: 160,
      slow: 0,
      skimmed: 0,
      learned: 0,
      stoppedAt: {},
    })
  })

  it('what was learned before goes on', () => {
    const decoding = fusedDecoding([tickerText])
    jest.spyOn(globalThis, 'Function').mockImplementation(() => {
      throw new EvalError('Code generation from strings disallowed for this context')
    })
    expect(decoding.decode(bytesOf(tradeText)).fused).toBe(false)
    expect(decoding.decode(bytesOf(tickerText)).fused).toBe(true)
  })
})
