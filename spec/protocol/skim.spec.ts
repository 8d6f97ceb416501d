/** Which frames are decoded when somebody says what is wanted. */
import { createDecoder } from '../../src/protocol/decode'
import type { PublicEvent } from '../../src/protocol/events'
import { FusedReader } from '../../src/protocol/fused/fused-reader'
import type { Interest } from '../../src/protocol/skim'
import type { StateHead } from '../../src/protocol/state-head'
import type { PublicType } from '../../src/protocol/wire'
import { frameTexts, orderbookText, tickerText, tradeText, withMore, withValue } from './frames'

interface Kept {
  readonly head: StateHead
  readonly bytes: Uint8Array
}

function skimming(interest: Interest | ((type: PublicType, code: string) => Interest), fused = true) {
  const told = {
    events: [] as PublicEvent[],
    states: [] as Kept[],
    unwanted: [] as string[],
    asked: [] as string[],
    rejected: [] as string[],
    drift: [] as string[],
  }
  let answer: typeof interest = 'now'
  const decoder = createDecoder(
    {
      event: (event) => told.events.push(event),
      control: () => {},
      rejected: ({ path }) => told.rejected.push(path),
      drift: (name) => told.drift.push(name),
    },
    {
      reader: fused ? new FusedReader() : undefined,
      skim: {
        interest(type, code) {
          told.asked.push(`${type} ${code}`)
          return typeof answer === 'function' ? answer(type, code) : answer
        },
        unwanted: (type) => told.unwanted.push(type),
        state: (head, bytes) => told.states.push({ head, bytes: Uint8Array.from(bytes) }),
      },
    },
  )
  const decode = (text: string) => decoder.decode(Buffer.from(text), 1, 2)
  // Readers are made of the first frames, as they are when whoever waits has had its first state.
  for (const text of Object.values(frameTexts)) {
    decode(text)
    decode(`[${text}]`)
  }
  const before = { ...decoder.counts }
  for (const list of Object.values(told)) list.length = 0
  answer = interest
  return { decoder, told, decode, before }
}

describe.each([
  ['with the fused reader', true],
  ['with the guard alone', false],
])('a decoder that is told what is wanted, %s', (_, fused) => {
  it('decodes what is wanted now', () => {
    const { decode, told, decoder } = skimming('now', fused)
    for (const text of Object.values(frameTexts)) expect(decode(text)).toBe('decoded')
    expect(told).toMatchObject({ states: [], unwanted: [] })
    expect(told.events).toHaveLength(4)
    expect(told.asked).toHaveLength(4)
    expect(decoder.counts.skimmed).toBe(0)
  })

  it('reads no more than type and code of what nobody wants', () => {
    const { decode, told, decoder, before } = skimming('never', fused)
    for (const text of Object.values(frameTexts)) expect(decode(text)).toBe('decoded')
    expect(told.asked).toEqual(told.unwanted.map((type) => `${type} KRW-BTC`))
    expect(told.unwanted).toHaveLength(4)
    expect(told.events).toEqual([])
    const { fused: fusedFrames, guarded, slow } = before
    expect(decoder.counts).toMatchObject({ skimmed: 4, fused: fusedFrames, guarded, slow })
  })

  it('asks for each stream by itself', () => {
    const { decode, told } = skimming((type) => (type === 'trade' ? 'now' : 'never'), fused)
    for (const text of [tickerText, tradeText, orderbookText]) decode(text)
    expect(told.unwanted).toEqual(['ticker', 'orderbook'])
    expect(told.events).toHaveLength(1)
  })

  it('decodes all that stands in a list, since another stream may stand behind the first', () => {
    const { decode, told } = skimming('never', fused)
    decode(`[${tickerText},${tradeText}]`)
    expect(told.events.map(({ type }) => type)).toEqual(['ticker', 'trade'])
  })

  it('decodes text, control frames and rubbish as ever', () => {
    const { decode, told, decoder } = skimming('never', fused)
    expect(decoder.decode(tickerText, 1, 2)).toBe('decoded')
    expect(decode('{"status":"UP"}')).toBe('control')
    expect(decode('{"type":"ticker"')).toBe('rejected')
    expect(decode('')).toBe('rejected')
    expect(told.asked).toEqual([])
  })
})

describe('a decoder that is told what is wanted later', () => {
  it('hands on states, bare and in a list of one, and decodes a trade', () => {
    const { decode, told, decoder } = skimming('later')
    for (const text of [tickerText, tradeText, orderbookText, `[${tickerText}]`]) decode(text)
    expect(told.states.map(({ head }) => head.type)).toEqual(['ticker', 'orderbook', 'ticker'])
    expect(told.events.map(({ type }) => type)).toEqual(['trade'])
    expect(decoder.counts.skimmed).toBe(3)
  })

  it('gives the event of a kept frame when it is read, and counts it no longer as skimmed', () => {
    const { decode, told, decoder } = skimming('later')
    decode(orderbookText)
    const [{ head, bytes }] = told.states as [Kept]
    expect(head).toMatchObject({ type: 'orderbook', code: 'KRW-BTC', level: 0, timestamp: 1790134773006 })
    const event = decoder.read(bytes, head.epoch, head.received_at)
    expect(event).toMatchObject({ ...head, orderbook_units: expect.any(Array) as unknown })
    expect(told.events).toEqual([])
    expect(told.asked).toHaveLength(1)
    expect(decoder.counts.skimmed).toBe(0)
  })

  it('reads a kept frame though the reader was made anew since', () => {
    const { decode, told, decoder } = skimming('later')
    decode(tickerText)
    const [{ bytes }] = told.states as [Kept]
    const reversed = JSON.stringify(
      Object.fromEntries([
        ...Object.entries(JSON.parse(tickerText)).slice(0, 2),
        ...Object.entries(JSON.parse(tickerText)).slice(2).reverse(),
      ]),
    )
    for (let i = 0; i < 40; i++) decode(reversed)
    expect(decoder.counts.learned).toBe(9)
    expect(decoder.read(bytes, 1, 2)).toMatchObject({ type: 'ticker', trade_price: 109868000 })
  })

  it.each<[string, string, string]>([
    ['a value of another kind', withValue(orderbookText, 'total_ask_size', '"much"'), '$.total_ask_size'],
    ['a number that is none', withValue(tickerText, 'trade_price', '01'), '$'],
    ['no end', tickerText.slice(0, -20), '$'],
  ])('C7 tells at once what is wrong with a frame that has %s', (_, text, path) => {
    const { decode, told } = skimming('later')
    expect(decode(text)).toBe('rejected')
    expect(told).toMatchObject({ states: [], rejected: [path] })
  })

  it('C3.1 tells drift of each frame, also of those that nobody reads', () => {
    const { decode, told, decoder } = skimming('later')
    const grown = withMore(tickerText, '"field_of_tomorrow":7')
    for (let i = 0; i < 40; i++) decode(grown)
    const { skimmed } = decoder.counts
    expect(skimmed).toBeGreaterThan(5)
    expect(told.drift.filter((name) => name === 'ticker.field_of_tomorrow')).toHaveLength(40)
  })

  it('decodes at once what it cannot skim: another order, more than is worth keeping, a state without a reader', () => {
    const { decode, told } = skimming('later')
    decode(` ${tickerText}`)
    decode(withMore(tickerText, `"more":"${'x'.repeat(70_000)}"`))
    decode(withValue(tickerText, 'stream_type', '"OTHER"'))
    expect(told.states).toEqual([])
    expect(told.events).toHaveLength(3)
    const guard = skimming('later', false)
    guard.decode(tickerText)
    expect(guard.told.states).toEqual([])
    expect(guard.told.events).toHaveLength(1)
  })
})
