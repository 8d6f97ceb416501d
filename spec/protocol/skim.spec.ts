/** Which frames are decoded when somebody says what is wanted, with the fused reader and without. */
import { createDecoder } from '../../src/protocol/decode'
import type { PublicEvent } from '../../src/protocol/events'
import { FusedReader } from '../../src/protocol/fused/fused-reader'
import type { Interest } from '../../src/protocol/skim'
import type { StateFrame } from '../../src/protocol/state-frame'
import type { PublicType } from '../../src/protocol/wire'
import { frameTexts, orderbookText, tickerText, tradeText, withValue } from './frames'

function skimming(interest: Interest | ((type: PublicType, code: string) => Interest), fused = true) {
  const told = {
    events: [] as PublicEvent[],
    states: [] as StateFrame[],
    unwanted: [] as string[],
    asked: [] as string[],
    rejected: [] as string[],
  }
  const decoder = createDecoder(
    {
      event: (event) => told.events.push(event),
      control: () => {},
      rejected: ({ path }) => told.rejected.push(path),
      drift: () => {},
    },
    {
      reader: fused ? new FusedReader() : undefined,
      skim: {
        interest(type, code) {
          told.asked.push(`${type} ${code}`)
          return typeof interest === 'function' ? interest(type, code) : interest
        },
        unwanted: (type) => told.unwanted.push(type),
        state: (frame) => told.states.push(frame),
      },
    },
  )
  return { decoder, told, decode: (text: string) => decoder.decode(Buffer.from(text), 1, 2) }
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
    const { decode, told, decoder } = skimming('never', fused)
    for (const text of Object.values(frameTexts)) expect(decode(text)).toBe('decoded')
    expect(told.asked).toEqual(told.unwanted.map((type) => `${type} KRW-BTC`))
    expect(told.unwanted).toHaveLength(4)
    expect(told.events).toEqual([])
    expect(decoder.counts).toMatchObject({ skimmed: 4, fused: 0, guarded: 0, slow: 0 })
  })

  it('hands on a state that is wanted later, and decodes a trade', () => {
    const { decode, told, decoder } = skimming('later', fused)
    for (const text of [tickerText, tradeText, orderbookText]) decode(text)
    expect(told.states.map(({ type }) => type)).toEqual(['ticker', 'orderbook'])
    expect(told.events.map(({ type }) => type)).toEqual(['trade'])
    expect(decoder.counts.skimmed).toBe(2)
  })

  it('asks for each stream by itself', () => {
    const { decode, told } = skimming((type) => (type === 'trade' ? 'now' : 'never'), fused)
    for (const text of [tickerText, tradeText, orderbookText]) decode(text)
    expect(told.unwanted).toEqual(['ticker', 'orderbook'])
    expect(told.events).toHaveLength(1)
  })

  it('gives the event of a kept frame when it is read, and counts it no longer as skimmed', () => {
    const { decode, told, decoder } = skimming('later', fused)
    decode(orderbookText)
    const [{ bytes, epoch, received_at }] = told.states as [StateFrame]
    const event = decoder.read(Uint8Array.from(bytes), epoch, received_at)
    expect(event).toMatchObject({
      type: 'orderbook',
      code: 'KRW-BTC',
      epoch: 1,
      received_at: 2,
      source: 'socket',
    })
    expect(told.events).toEqual([])
    expect(told.asked).toHaveLength(1)
    expect(decoder.counts.skimmed).toBe(0)
  })

  it('says by the sink what is wrong with a kept frame when it is read', () => {
    const { decode, told, decoder } = skimming('later', fused)
    const bad = withValue(orderbookText, 'total_ask_size', '"much"')
    expect(decode(bad)).toBe('decoded')
    expect(told.rejected).toEqual([])
    expect(decoder.read(Buffer.from(bad), 1, 2)).toBeUndefined()
    expect(told.rejected).toEqual(['$.total_ask_size'])
  })

  it('decodes a state whose ends are not as they should be', () => {
    const { decode, told } = skimming('later', fused)
    decode(`${tickerText} `)
    decode(withValue(tickerText, 'stream_type', '"OTHER"'))
    expect(told.states).toEqual([])
    expect(told.events).toHaveLength(2)
  })

  it('decodes what stands in a list, since another stream may stand behind it', () => {
    const { decode, told } = skimming('never', fused)
    decode(`[${tickerText},${tradeText}]`)
    expect(told.asked).toEqual([])
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
