import type { FrameHead } from '../../src/protocol/frame-bytes'
import { FrameBytes, headCount } from '../../src/protocol/frame-bytes'
import { publicTypes } from '../../src/protocol/wire'
import { bytesOf, chunkedBytesOf } from './decoding'
import { tickerText } from './frames'

/** Every head as the exchange writes it. */
const heads = publicTypes.flatMap((type) =>
  [
    ['full', `{"type":"${type}","code":"`],
    ['simple', `{"ty":"${type}","cd":"`],
  ].flatMap(([spelling, text]) => [
    { type, spelling, isList: false, text: text! },
    { type, spelling, isList: true, text: `[${text}` },
  ]),
)
const body = ',"timestamp":1790134773006,"stream_type":"REALTIME"}'

interface Opened extends Pick<FrameHead, 'type' | 'spelling' | 'isList' | 'index'> {
  readonly code: string
  /** What stands behind the code. */
  readonly body: string
}

/** What is known of a frame; `undefined` where it has no head. As in the decoder, an end of the buffer is none. */
function open(frame: FrameBytes, raw: Uint8Array): Opened | undefined {
  try {
    if (!frame.open(raw)) return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return undefined
  }
  const { type, spelling, isList, index } = frame.head
  const inFrame = new Uint8Array(frame.view.buffer).subarray(frame.bodyAt, frame.end)
  return { type, spelling, isList, index, code: frame.code, body: new TextDecoder().decode(inFrame) }
}

describe('FrameBytes', () => {
  it.each(heads)('knows a frame of $type, $spelling keys, in a list: $isList', ({ text, ...head }) => {
    const whole = `${text}KRW-BTC"${body}`
    for (const raw of [bytesOf(whole), Buffer.from(whole), chunkedBytesOf(whole, whole)]) {
      expect(open(new FrameBytes(), raw)).toEqual({
        ...head,
        index: expect.any(Number),
        code: 'KRW-BTC',
        body,
      })
    }
  })

  it('has a number for each head, below their count', () => {
    const frame = new FrameBytes()
    const indexes = heads.map(({ text }) => open(frame, bytesOf(`${text}KRW-BTC"${body}`))!.index)
    expect(indexes.sort((a, b) => a - b)).toEqual(Array.from({ length: headCount }, (_, index) => index))
    expect(headCount).toBe(heads.length)
  })

  it('knows all of them in any order and mixture, also those that it has not seen of late', () => {
    const frame = new FrameBytes()
    for (const step of [1, 5, 7, 11, 1]) {
      heads.forEach((_, turn) => {
        const { text, ...head } = heads[(turn * step) % heads.length]!
        const code = `KRW-${step}${turn}`
        expect(open(frame, bytesOf(`${text}${code}"${body}`))).toMatchObject({ ...head, code, body })
      })
    }
  })

  it('reads frames of one buffer and of several in turn', () => {
    const frame = new FrameBytes()
    const [{ text }] = heads as [(typeof heads)[number]]
    const frames = ['KRW-BTC', 'KRW-ETH', 'KRW-XRP'].map((code) => `${text}${code}"${body}`)
    const buffer = bytesOf(frames.join('\u0081'))
    let at = 0
    for (const [place, whole] of frames.entries()) {
      const raw = buffer.subarray(at, at + whole.length)
      at += whole.length + 2
      expect(open(frame, raw)).toMatchObject({ code: ['KRW-BTC', 'KRW-ETH', 'KRW-XRP'][place], body })
      expect(open(frame, bytesOf(`${text}BTC-ETH"${body}`))).toMatchObject({ code: 'BTC-ETH', body })
    }
  })

  it('gives the same code as the same string', () => {
    const fromCharCode = jest.spyOn(String, 'fromCharCode')
    const frame = new FrameBytes()
    for (const { text } of heads) open(frame, bytesOf(`${text}KRW-BTC"${body}`))
    expect(fromCharCode).toHaveBeenCalledTimes(1)
    fromCharCode.mockRestore()
  })

  it.each([
    ['nothing', ''],
    ['a byte', '{'],
    ['no JSON', 'UP'],
    ['a control frame', '{"status":"UP"}'],
    ['an error', '{"error":{"name":"NO_TICKET","message":"no ticket"}}'],
    ['an error with a type', '{"type":"error","error":{"name":"NO_TICKET","message":"no ticket"}}'],
    ['the list of subscriptions', '{"method":"LIST_SUBSCRIPTIONS","result":[],"ticket":"ticker"}'],
    ['a type of another connection', `{"type":"myOrder","code":"KRW-BTC"${body}`],
    ['a candle of a unit that there is not', `{"type":"candle.2m","code":"KRW-BTC"${body}`],
    ['a type that begins like another', `{"type":"tickers","code":"KRW-BTC"${body}`],
    ['code before type', `{"code":"KRW-BTC","type":"ticker"${body}`],
    ['something between them', `{"type":"ticker","level":0,"code":"KRW-BTC"${body}`],
    ['the keys of both spellings', `{"type":"ticker","cd":"KRW-BTC"${body}`],
    ['a blank in front', ` {"type":"ticker","code":"KRW-BTC"${body}`],
    ['a blank before the type', `{"type": "ticker","code":"KRW-BTC"${body}`],
    ['a blank before the code', `{"type":"ticker","code": "KRW-BTC"${body}`],
    ['a byte order mark', `\ufeff{"type":"ticker","code":"KRW-BTC"${body}`],
    ['an escape in a key', `{"t\\u0079pe":"ticker","code":"KRW-BTC"${body}`],
    ['an escape in the type', `{"type":"t\\u0069cker","code":"KRW-BTC"${body}`],
    ['an escape in the code', `{"type":"ticker","code":"KRW\\u002dBTC"${body}`],
    ['a code of other letters', `{"type":"ticker","code":"원-BTC"${body}`],
    ['an empty code', `{"type":"ticker","code":""${body}`],
    ['a code that is a number', `{"type":"ticker","code":5${body}`],
    ['a code that is null', `{"type":"ticker","code":null${body}`],
    ['a list in a list', `[[{"type":"ticker","code":"KRW-BTC"${body}`],
  ])('knows no frame with %s', (_, text) => {
    const frame = new FrameBytes()
    for (let round = 0; round < 2; round++) {
      expect(open(frame, bytesOf(text))).toBeUndefined()
      expect(open(frame, chunkedBytesOf(text, tickerText))).toBeUndefined()
      // What it was in use for before changes nothing.
      expect(open(frame, bytesOf(tickerText))).toMatchObject({ type: 'ticker', code: 'KRW-BTC' })
    }
  })

  it.each(heads)(
    'knows nothing of a frame of $type cut before its code ends, whatever lies behind it',
    ({ text }) => {
      const whole = `${text}KRW-BTC"${body}`
      const needed = `${text}KRW-BTC"`.length
      const frame = new FrameBytes()
      for (let length = 0; length <= whole.length; length++) {
        const cut = whole.slice(0, length)
        // The rest of its own text behind it would make it whole, if the end were overlooked.
        for (const raw of [
          bytesOf(cut),
          chunkedBytesOf(cut, whole.slice(length)),
          chunkedBytesOf(cut, whole),
          chunkedBytesOf(cut, '\u0081'),
        ]) {
          // A code that nothing follows is no frame either.
          expect([length, open(frame, raw)?.code]).toEqual([length, length > needed ? 'KRW-BTC' : undefined])
        }
      }
    },
  )
})
