import { performance } from 'node:perf_hooks'
import { bytesOf, decode } from './decoding'
import { tickerText, tradeText } from './frames'
import { decodePrivate, myAssetText, myOrderText } from './private-frames'

const simpleTrade = '{"ty":"trade","cd":"KRW-ETH","tms":1'

/** Byte 300 is what no JSON has, or no text. */
function spoilt(text: string, byte: number): Uint8Array {
  const bytes = bytesOf(text)
  bytes[300] = byte
  return bytes
}

describe('rejectUnreadable', () => {
  it.each([
    ['a zero among its bytes', spoilt(tradeText, 0)],
    ['bytes that are no text', spoilt(tradeText, 0xff)],
    ['an end that is missing', tradeText.slice(0, 200)],
    ['blanks after its colons', tradeText.slice(0, 200).replaceAll(':', ': ').replaceAll(',', ', ')],
  ])('names the stream of a frame with %s', (_, raw) => {
    const { outcome, rejected, events } = decode(raw)
    expect([outcome, events]).toEqual(['rejected', []])
    expect(rejected).toMatchObject([{ path: '$', type: 'trade', code: 'KRW-BTC' }])
  })

  it('names every stream of a list, since all of it is lost', () => {
    const { rejected } = decode(`[${tickerText},${simpleTrade},${tradeText}`)
    expect(rejected.map(({ type, code }) => [type, code])).toEqual([
      ['ticker', 'KRW-BTC'],
      ['trade', 'KRW-ETH'],
      ['trade', 'KRW-BTC'],
    ])
  })

  it('names the type alone where no code follows', () => {
    const { rejected } = decodePrivate(`[${myAssetText},${myOrderText}`)
    expect(rejected.map(({ type, code }) => [type, code])).toEqual([
      ['myAsset', undefined],
      ['myOrder', 'KRW-BTC'],
    ])
  })

  it.each([
    '<html>',
    '{"type":"weather","code":"KRW-BTC"',
    '{"type":"constructor"',
    '{"type":"tick',
    '"type":',
  ])('is one rejection of no stream where no known one is named: %s', (text) => {
    const { rejected } = decode(text)
    expect(rejected).toHaveLength(1)
    expect(rejected[0]).not.toHaveProperty('type')
  })

  it.each([
    ['heads', simpleTrade],
    ['types without an end', '"type":"trade'],
    ['blanks', `"type"${' '.repeat(1000)}`],
  ])('tells a megabyte of %s in bounded time and number', (_, piece) => {
    const text = piece.repeat(Math.floor(1_000_000 / piece.length))
    const began = performance.now()
    const { rejected } = decode(text)
    expect(performance.now() - began).toBeLessThan(1000)
    expect(rejected.length).toBeLessThan(10)
  })
})
