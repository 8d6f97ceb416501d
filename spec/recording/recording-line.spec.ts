import { frameLineText, lineText, parseLine } from '../../src/recording/recording-line'
import type { FrameLine } from '../../src/recording/recording-line'
import fc from '../support/seeded-fast-check'

const book = '{"ty":"orderbook","cd":"KRW-BTC","tas":1.0E-4,"obu":[{"ap":41.0}],"st":"REALTIME"}'

function roundTrip(text: string, connection = 1, bytes?: Uint8Array): FrameLine {
  const line = frameLineText({ connection, text, ...(bytes === undefined ? {} : { bytes }) }, 5)
  expect(line).not.toMatch(/[\r\n]/)
  expect(JSON.parse(line)).toMatchObject({ t: 5 })
  return parseLine(line) as FrameLine
}

describe('a line of a frame', () => {
  it('has its text in it without a touch, and its key', () => {
    expect(frameLineText({ connection: 1, text: book }, 5)).toBe(`{"t":5,"frame":${book}}`)
    expect(roundTrip(book)).toEqual({
      kind: 'frame',
      atMs: 5,
      connection: 1,
      text: book,
      type: 'orderbook',
      code: 'KRW-BTC',
    })
  })

  it('names a connection that is not the first, and the level of a book', () => {
    expect(roundTrip('{"type":"orderbook","code":"KRW-BTC","level":10000}', 2)).toMatchObject({
      connection: 2,
      level: 10_000,
    })
  })

  it('brings back any text, be it JSON or not, with whatever line ends, marks or halves of characters', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.json(),
      fc.json().map((json) => ` ${json}\n`),
      fc.json().map((json) => JSON.stringify(JSON.parse(json), null, 2)),
      fc.json().map((json) => json.slice(0, -1)),
      fc.constantFrom(
        '{}',
        '[]',
        '{"a":1}}',
        '\ufeff{}',
        '{"a":"\u2028"}',
        '',
        '}',
        '{"__proto__":{"type":"x"}}',
      ),
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 9 }), (text, connection) => {
        expect(roundTrip(text, connection)).toMatchObject({ text, connection })
      }),
      { numRuns: 500 },
    )
  })

  it('brings back any bytes that are no UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...(roundTrip('ignored', 1, bytes).bytes ?? [])]).toEqual([...bytes])
      }),
    )
  })

  it('is read with spaces and with fractions of a millisecond, as others write it', () => {
    expect(parseLine(`{"t":1617646620849.474,"frame":${book}}`)).toMatchObject({
      atMs: 1_617_646_620_849.474,
      text: book,
    })
    expect(parseLine(`{ "t" : 5 , "frame" : ${book} } `)).toMatchObject({ atMs: 5, text: book })
  })

  it('may be a bare frame, in full or short keys, in a list or not', () => {
    expect(parseLine(`  ${book}\r`)).toEqual({
      kind: 'frame',
      connection: 1,
      type: 'orderbook',
      code: 'KRW-BTC',
      text: book,
    })
    const full = '[{"type":"trade","code":"BTC-ETH","sequential_id":17877285602620001}]'
    expect(parseLine(full)).toMatchObject({ type: 'trade', code: 'BTC-ETH', text: full })
    expect(parseLine('{"status":"UP"}')).toEqual({ kind: 'frame', connection: 1, text: '{"status":"UP"}' })
  })
})

describe('another line', () => {
  it.each([
    { kind: 'begin', atMs: 1, version: 1 },
    { kind: 'opened', atMs: 1, connection: 1, epoch: 3, host: 'api.upbit.com', sinceMs: 0 },
    { kind: 'opened', atMs: 1, connection: 2, epoch: 1, host: 'api.upbit.com' },
    { kind: 'sent', atMs: 1, connection: 1, text: '[{"ticket":"\u2028"}]' },
    { kind: 'closed', atMs: 1, connection: 1, epoch: 3, by: 'exchange', code: 1006, reason: '' },
    { kind: 'closed', atMs: 1, connection: 2, epoch: 1, by: 'client' },
    { kind: 'lost', atMs: 1, frames: 7, fromMs: 0 },
    { kind: 'end', atMs: 1, frames: 7, lost: 0 },
  ] as const)('of $kind is read as it was written', (line) => {
    expect(parseLine(lineText(line))).toEqual(line)
  })

  it.each([
    '',
    'x',
    '5',
    'null',
    `{"t":1,"frame":${book}`,
    `{"t":1,"frame":${book}} x`,
    book.slice(0, 30),
    '{"t":1,"opened":{"epoch":1}}',
    '{"t":1,"opened":[]}',
    '{"t":1,"sent":{"text":5}}',
    '{"t":1,"text":5}',
    '{"t":1,"bytes":5}',
    '{"t":1,"constructor":{}}',
    '{"t":1,"more":{}}',
    `{"t":1e999,"frame":${book}}`,
    `{"t":1e17,"frame":${book}}`,
    `{"t":1.2.3,"frame":${book}}`,
    `{"t":1,"c":${'9'.repeat(400)},"frame":${book}}`,
  ])('%j is none', (line) => {
    expect(parseLine(line)).toBeUndefined()
  })

  it('cut anywhere is none', () => {
    const whole = [
      frameLineText({ connection: 1, text: book }, 5),
      frameLineText({ connection: 2, text: 'no JSON' }, 5),
      frameLineText({ connection: 1, text: '', bytes: new Uint8Array([255]) }, 5),
      lineText({ kind: 'opened', atMs: 1, connection: 1, epoch: 3, host: 'h' }),
      book,
      `[${book}]`,
    ]
    for (const line of whole)
      for (let length = 0; length < line.length; length++)
        expect(parseLine(line.slice(0, length))).toBeUndefined()
  })
})
