/**
 * The decoder on what the exchange really sent: recordings of 2021 to 2026 and the collection of sample messages.
 * Specs name what they skip where that input is missing.
 */
import { readGuarded } from '../../src/protocol/guarded-reader'
import { itWithRecordings, itWithSamples, readRecording, readSamples } from '../support/recordings'
import type { Sample } from '../support/recordings'
import { bytesOf, decode, decodeSlowly, eventOf, frameOf, fusedDecoding, rejectionOf } from './decoding'

const session = 'ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl'

/** Every whole recording of public types, with the names of what has been renamed or dropped since. */
const wholeRecordings: readonly (readonly [name: string, frames: number, drift: readonly string[]])[] = [
  [session, 1733, []],
  ['ws/docs-examples/upbit-docs-2025-09-26-default-ticker.jsonl', 2, []],
  ['ws/idx18095234287-2023-11-19-default-ticker-trade-orderbook.jsonl', 8, []],
  ['ws/idx20448446395-2023-07-02-default-ticker.jsonl', 1, []],
  ['ws/idx38345112568-2022-01-07-default-trade.jsonl', 1, []],
  [
    'ws/idx44841061141-2021-04-11-default-ticker.jsonl',
    1,
    ['ticker.market_state_for_ios', 'ticker.trade_status'],
  ],
  [
    'ws/idx6730925412-2021-05-22-default-ticker-trade.jsonl',
    2,
    ['ticker.market_state_for_ios', 'ticker.trade_status'],
  ],
  ['ws/senken-2026-09-02-default-trade.jsonl', 1, []],
  ['ws/tngus842655-2026-08-26-default-trade-ticker.jsonl', 2, []],
]

describe('recorded frames', () => {
  for (const [name, frames, drift] of wholeRecordings) {
    itWithRecordings(`decode, all ${frames} of ${name}`, () => {
      const results = readRecording(name).map(({ text }) => decode(Buffer.from(text)))
      expect(results).toHaveLength(frames)
      expect(results.filter(({ outcome, events }) => outcome !== 'decoded' || events.length !== 1)).toEqual(
        [],
      )
      expect([...new Set(results.flatMap((result) => result.drift))].sort()).toEqual(drift)
      // What has nothing unknown in it takes the fast way.
      expect(results.filter((result) => result.slow !== result.drift.length > 0)).toEqual([])
    })

    itWithRecordings(`give equal values on both ways: ${name}`, () => {
      for (const { text } of readRecording(name)) {
        const slow = decodeSlowly(text)
        expect(slow.events.map((event) => ({ ...event }))).toEqual([frameOf(eventOf(text))])
        // An unknown key forces the slow way in the decoder itself, blanks that of the exact digits.
        const forced = decode(`${text.slice(0, -1)}, "field_of_tomorrow" : [{}] }`)
        expect(forced.slow).toBe(true)
        expect(forced.events).toEqual([eventOf(text)])
      }
    })
  }

  itWithRecordings('are read by the fused way, every one, drift of 2021 included', () => {
    for (const [name, frames, drift] of wholeRecordings) {
      const decoding = fusedDecoding()
      const told = new Set<string>()
      for (const { text } of readRecording(name)) {
        const slow = decodeSlowly(text)
        const read = decoding.decode(bytesOf(text))
        expect([name, read.fused, read.drift]).toEqual([name, true, slow.drift])
        expect(read.events.map(frameOf)).toStrictEqual(slow.events.map((event) => ({ ...event })))
        for (const one of read.drift) told.add(one)
      }
      expect(decoding.counts).toMatchObject({ fused: frames, guarded: 0, slow: 0, stoppedAt: {} })
      expect([...told].sort()).toEqual(drift)
    }
  })

  itWithRecordings(
    'that lost fields on their way to us teach nothing, and are rejected as without a reader',
    () => {
      for (const name of [
        'ws/reduced/idx69177992084-2026-09-24-default-candle-orderbook-keys-dropped.jsonl',
        'ws/orakl-2024-06-01-simple-ticker.jsonl',
      ]) {
        const decoding = fusedDecoding()
        for (const { text } of readRecording(name)) {
          const { outcome, fused, rejected } = decoding.decode(bytesOf(text))
          expect({ outcome, fused, rejected }).toEqual({
            outcome: 'rejected',
            fused: false,
            rejected: [rejectionOf(text)],
          })
        }
        expect(decoding.counts.learned).toBe(0)
      }
    },
  )

  itWithRecordings(
    'are 672 trades, every id its own, and 1,061 books of 15 units in the session of 2021',
    () => {
      const events = readRecording(session).map(({ text }) => eventOf(text))
      const trades = events.flatMap((event) => (event.type === 'trade' ? [event] : []))
      const books = events.flatMap((event) => (event.type === 'orderbook' ? [event] : []))
      expect([trades.length, books.length]).toEqual([672, 1061])
      expect(new Set(trades.map(({ code, sequential_id }) => `${code} ${sequential_id}`)).size).toBe(672)
      expect(new Set(books.map(({ orderbook_units }) => orderbook_units.length))).toEqual(new Set([15]))
    },
  )

  itWithRecordings('keep the digits of every sequential_id as the text has them', () => {
    for (const [name] of wholeRecordings) {
      for (const { text } of readRecording(name)) {
        const written = /"(?:sequential_id|sid)":(\d+)/.exec(text)?.[1]
        const event = eventOf(text)
        expect('sequential_id' in event ? event.sequential_id : undefined).toBe(written)
      }
    }
  })

  itWithRecordings('are rejected at the first field that their publisher took out', () => {
    const reduced = readRecording(
      'ws/reduced/idx69177992084-2026-09-24-default-candle-orderbook-keys-dropped.jsonl',
    )
    expect(reduced.map(({ text }) => rejectionOf(text))).toEqual([
      {
        path: '$.candle_acc_trade_price',
        expected: 'number',
        actual: 'nothing',
        type: 'candle.1m',
        code: 'KRW-BTC',
      },
      { path: '$.total_ask_size', expected: 'number', actual: 'nothing', type: 'orderbook', code: 'KRW-BTC' },
    ])
    // Written by a program whose author had other ideas of the keys: `td` for `tdt`.
    const [orakl] = readRecording('ws/orakl-2024-06-01-simple-ticker.jsonl')
    expect(rejectionOf(orakl!.text)).toEqual({
      path: '$.trade_date',
      expected: 'string',
      actual: 'nothing',
      type: 'ticker',
      code: 'KRW-BORA',
    })
  })

  itWithRecordings('of two order book units are whole: no frame says how many units there should be', () => {
    const [book] = readRecording('ws/reduced/tngus842655-2026-08-26-default-orderbook-2units.jsonl')
    expect(eventOf(book!.text)).toMatchObject({
      type: 'orderbook',
      level: 0,
      orderbook_units: [{ bid_size: 0.18819864 }, { bid_size: 0.08051758 }],
    })
  })

  itWithRecordings('of private types are unknown to the public connection, each in one place', () => {
    for (const { text } of readRecording('ws/docs-examples/upbit-docs-2025-07-29-default-myAsset.jsonl')) {
      expect(rejectionOf(text)).toEqual({ path: '$.type', expected: 'a known type', actual: '"myAsset"' })
    }
  })
})

const publicTypes = /^\[?\{"(type|ty)":"(ticker|trade|orderbook|candle\.)/
const otherTypes = /^\[?\{"(type|ty)":/

function received(filter: (sample: Sample) => boolean): readonly Sample[] {
  return readSamples().filter((sample) => sample.direction === 'in' && filter(sample))
}

/** `trade, format SIMPLE (keys …)` and its three siblings are one sample in four formats, called `trade`. */
function sampleName({ about }: Sample): string | undefined {
  const at = about.indexOf(', format ')
  return at === -1 ? undefined : about.slice(0, at)
}

describe('sample frames', () => {
  itWithSamples('C3.1 of public types decode, and each gives the same event in every format', () => {
    const samples = received(({ text }) => publicTypes.test(text))
    expect(samples.length).toBeGreaterThanOrEqual(42)
    const eventsBySample = new Map<string, object[]>()
    for (const sample of samples) {
      const { outcome, events, drift, rejected } = decode(Buffer.from(sample.text))
      expect({ about: sample.about, outcome, drift, rejected }).toEqual({
        about: sample.about,
        outcome: 'decoded',
        drift: [],
        rejected: [],
      })
      const name = sampleName(sample)
      if (name !== undefined) eventsBySample.set(name, [...(eventsBySample.get(name) ?? []), ...events])
    }
    // The samples of order books are five different books; the properties compare those in every format.
    eventsBySample.delete('orderbook')
    const inFourFormats = [...eventsBySample].filter(([, events]) => events.length > 1)
    expect(inFourFormats.map(([name]) => name)).toEqual([
      'ticker',
      'trade',
      'candle.1s',
      'candle.1m',
      'candle.240m',
    ])
    for (const [, [first, ...others]] of inFourFormats) expect(others).toEqual([first, first, first])
  })

  itWithSamples('C3.2 keep an exact sequential_id that no JavaScript number holds, in every format', () => {
    const samples = received(({ text }) => /"(sequential_id|sid)":/.test(text))
    expect(samples.length).toBeGreaterThan(0)
    for (const { text } of samples) {
      const id = /"(?:sequential_id|sid)":(\d+)/.exec(text)?.[1]
      expect(decode(text).events).toEqual([expect.objectContaining({ sequential_id: id })])
    }
    expect(samples.some(({ text }) => !Number.isSafeInteger(JSON.parse(text).sequential_id))).toBe(true)
  })

  itWithSamples('take the fast way, all but the list of two books', () => {
    const slow = received(({ text }) => publicTypes.test(text)).filter(
      ({ text }) => readGuarded(text) === undefined,
    )
    expect(slow.map(({ about }) => about)).toEqual([expect.stringContaining('two codes in one array')])
    expect(decode(slow[0]!.text).events.map(({ code }) => code)).toEqual(['KRW-BTC', 'KRW-XRP'])
  })

  itWithSamples('take the fused way, all but the list of two books', () => {
    const strange = received(({ text }) => publicTypes.test(text)).flatMap(({ about, text }) => {
      // Each by a reader of its own: what is shown here is what can be learned.
      const { fused, events } = fusedDecoding().decode(bytesOf(text))
      expect(events).toStrictEqual(decode(text).events)
      return fused ? [] : [about]
    })
    expect(strange).toEqual([expect.stringContaining('two codes in one array')])
  })

  itWithSamples('are orderbooks of the same shape in every format', () => {
    const books = received(({ text }) => /^\[?\{"(type|ty)":"orderbook"/.test(text)).flatMap(
      ({ text }) => decode(text).events,
    )
    for (const book of books) {
      expect(
        Object.keys(book)
          .filter((key) => key !== 'level')
          .sort(),
      ).toEqual([
        'code',
        'epoch',
        'orderbook_units',
        'received_at',
        'source',
        'stream_type',
        'timestamp',
        'total_ask_size',
        'total_bid_size',
        'type',
      ])
    }
    expect(books.length).toBeGreaterThanOrEqual(9)
  })

  itWithSamples('of the private and info connections are rejected as of an unknown type', () => {
    const samples = received(({ text }) => otherTypes.test(text) && !publicTypes.test(text))
    expect(samples.length).toBeGreaterThan(50)
    for (const { text } of samples) {
      const { path, expected, actual } = rejectionOf(text)
      expect(path).toBe(text.startsWith('[') ? '$[0].type' : '$.type')
      expect([expected, actual]).toEqual([
        'a known type',
        expect.stringMatching(/^"(my|announcement|indicator)/),
      ])
    }
  })

  itWithSamples(
    'that are no events are control frames: errors in either order of their keys, lists, keep-alive',
    () => {
      const samples = received(({ text }) => !otherTypes.test(text))
      for (const { about, text } of samples) {
        const { outcome, controls, events, rejected } = decode(text)
        expect({ about, outcome, events, rejected, controls: controls.length }).toEqual({
          about,
          outcome: 'control',
          events: [],
          rejected: [],
          controls: 1,
        })
        const [control] = controls
        if (control?.kind === 'error') {
          expect(control.error).toEqual(JSON.parse(text).error)
          expect(control.error.name).not.toBe('UNKNOWN')
        }
        if (control?.kind === 'list') expect(control.ticket).not.toBe('')
      }
      const kinds = samples.map(({ text }) => decode(text).controls[0]?.kind)
      expect(kinds.filter((kind) => kind === 'error')).toHaveLength(7)
      expect(kinds.filter((kind) => kind === 'list')).toHaveLength(7)
      expect(kinds.filter((kind) => kind === 'status')).toHaveLength(1)
    },
  )

  itWithSamples('that list the subscriptions say the same in every format', () => {
    const lists = received(({ about }) => /^LIST_SUBSCRIPTIONS answer, \w+(,| \().*/.test(about))
      .filter(({ about }) => !/private|info/.test(about))
      .map(({ text }) => decode(text).controls[0])
    expect(lists).toHaveLength(4)
    for (const list of lists) {
      expect(list).toEqual({
        kind: 'list',
        ticket: 'unique uuid',
        result: [
          { type: 'ticker', codes: ['KRW-BTC', 'KRW-ETH'], level: undefined },
          { type: 'orderbook', codes: ['KRW-BTC', 'KRW-ETH'], level: 0 },
        ],
      })
    }
  })

  itWithSamples('that a client sends are no frames to decode: none passes for an event', () => {
    for (const { text } of readSamples().filter(({ direction }) => direction === 'out')) {
      expect(decode(text).events).toEqual([])
      expect(decode(text).outcome).not.toBe('decoded')
    }
  })
})
