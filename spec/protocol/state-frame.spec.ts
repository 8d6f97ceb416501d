/** What is read of a state without decoding it, from the frames of this folder in the spellings of the wire. */
import { FrameBytes } from '../../src/protocol/frame-bytes'
import type { StateFrame } from '../../src/protocol/state-frame'
import { stateFrame } from '../../src/protocol/state-frame'
import { candleText, orderbookText, tickerText, tradeText, withMore, withoutKey, withValue } from './frames'
import { simpleTextOf } from './simple-text'

/** With another frame behind it, as in a chunk of a socket. */
function skimmed(text: string): StateFrame | undefined {
  const chunk = Buffer.from(`${text}${tickerText}`)
  const bytes = chunk.subarray(0, Buffer.byteLength(text))
  const frame = new FrameBytes()
  expect(frame.open(bytes)).toBe(true)
  return stateFrame(frame, bytes, 3, 4)
}

const states = [
  ['ticker', tickerText],
  ['orderbook', orderbookText],
] as const

describe('stateFrame', () => {
  it.each(states)('of a %s has what the decoded event has', (type, text) => {
    const { code, timestamp, stream_type, level = 0 } = JSON.parse(text)
    const expected = { type, code, timestamp, stream_type, level, epoch: 3, received_at: 4 }
    expect(skimmed(text)).toEqual({ ...expected, bytes: Buffer.from(text) })
    expect(skimmed(simpleTextOf(type, text))).toMatchObject(expected)
    for (const word of ['SNAPSHOT', 'REALTIME']) {
      expect(skimmed(withValue(text, 'stream_type', `"${word}"`))).toMatchObject({ stream_type: word })
    }
  })

  it.each([
    ['0', 0],
    ['10000', 10_000],
    ['1.0E4', 10_000],
    ['0.01', 0.01],
  ])('reads a level of %s', (written, level) => {
    expect(skimmed(withValue(orderbookText, 'level', written))).toMatchObject({ level })
  })

  it('takes a book without a level for one of level 0', () => {
    expect(skimmed(withoutKey(orderbookText, 'level'))).toMatchObject({ level: 0 })
  })

  it.each<[string, string]>([
    ['a trade', tradeText],
    ['a candle', candleText],
    ['a stream type of its own', withValue(tickerText, 'stream_type', '"OTHER"')],
    ['something behind the stream type', withMore(tickerText, '"more":1')],
    ['something behind the level', withMore(orderbookText, '"more":1')],
    ['no time', withoutKey(tickerText, 'timestamp')],
    ['no time of a book', withoutKey(orderbookText, 'timestamp')],
    ['no stream type', withoutKey(tickerText, 'stream_type')],
    ['a time in another spelling', withValue(tickerText, 'timestamp', '1.7E12')],
    ['a time that is text', withValue(tickerText, 'timestamp', '"1"')],
    ['a level that is text', withValue(orderbookText, 'level', '"1"')],
    ['a blank at its end', `${tickerText} `],
    ['more bytes than any book', withMore(tickerText, `"more":"${'x'.repeat(70_000)}"`)],
  ])('knows none with %s', (_, text) => {
    expect(skimmed(text)).toBeUndefined()
  })

  it.each(states)('never takes a %s that was cut short for a whole one', (_, text) => {
    const whole = Buffer.from(`${text}${text}`)
    const frame = new FrameBytes()
    for (let length = 1; length < text.length; length++) {
      const bytes = whole.subarray(0, length)
      if (frame.open(bytes)) expect(stateFrame(frame, bytes, 1, 2)).toBeUndefined()
    }
  })
})
