import { maxFrameBytes } from '../../src/protocol/frame-text'
import { bytesOf } from './decoding'
import { tickerText } from './frames'
import { decodeInfo, decodePrivate, indicatorText, myAssetText, myOrderText } from './private-frames'
import fc from '../support/seeded-fast-check'

describe('createLosslessDecoder', () => {
  it('reads bytes as it reads text', () => {
    expect(decodePrivate(bytesOf(myOrderText))).toEqual(decodePrivate(myOrderText))
  })

  it('reads lists of several, of different types, and loses only the bad ones', () => {
    const { outcome, events, rejected } = decodePrivate(`[${myOrderText},{"type":"myOrder"},${myAssetText}]`)
    expect(outcome).toBe('rejected')
    expect(events.map(({ type }) => type)).toEqual(['myOrder', 'myAsset'])
    expect(rejected).toMatchObject([{ path: '$[1].code', type: 'myOrder' }])
  })

  it('knows the types of its own connection and no others', () => {
    for (const text of [tickerText, indicatorText]) {
      expect(decodePrivate(text).rejected).toMatchObject([{ path: '$.type', expected: 'a known type' }])
    }
    expect(decodeInfo(myOrderText).rejected).toMatchObject([{ path: '$.type', expected: 'a known type' }])
    for (const type of ['constructor', '__proto__', 'toString']) {
      expect(decodeInfo(`{"type":"${type}"}`).outcome).toBe('rejected')
      expect(decodePrivate(`{"ty":"${type}"}`).outcome).toBe('rejected')
    }
  })

  it('tells errors, the keep-alive answer and the list apart from events', () => {
    const { outcome, controls } = decodePrivate(
      '[{"error":{"name":"INVALID_AUTH","message":"x"}},{"status":"UP"},{"method":"LIST_SUBSCRIPTIONS","result":[],"ticket":"t"}]',
    )
    expect(outcome).toBe('control')
    expect(controls).toMatchObject([{ kind: 'error' }, { kind: 'status' }, { kind: 'list', ticket: 't' }])
    expect(decodeInfo('UP').controls).toEqual([{ kind: 'status', status: 'UP' }])
  })

  it.each([
    ['$', '', 'JSON'],
    ['$', '{"type":"myOrder"', 'JSON'],
    ['$', new Uint8Array([0xff, 0xfe]), 'UTF-8 text'],
    ['$', ' '.repeat(maxFrameBytes + 1), `at most ${maxFrameBytes} bytes`],
    ['$.__proto__', myOrderText.replace('{', '{"__proto__":{"uuid":"x"},'), 'no __proto__ key'],
    ['$.assets[0].__proto__', myAssetText.replace('[{', '[{"__proto__":null,'), 'no __proto__ key'],
  ])('rejects what it cannot read, at %s', (path, raw, expected) => {
    const { outcome, events, rejected } = decodePrivate(raw)
    expect([outcome, events]).toEqual(['rejected', []])
    expect(rejected).toMatchObject([{ path, expected: expect.stringContaining(expected) as string }])
  })

  it('throws for nothing that a frame holds, and pollutes no prototype', () => {
    const frames = [myOrderText, myAssetText, indicatorText]
    fc.assert(
      fc.property(fc.constantFrom(...frames), fc.nat(), fc.nat(3), fc.string(), (text, at, length, by) => {
        const place = at % text.length
        const damaged = text.slice(0, place) + by + text.slice(place + length)
        for (const decode of [decodePrivate, decodeInfo]) {
          expect(['decoded', 'rejected', 'control']).toContain(decode(damaged).outcome)
        }
        expect(({} as Record<string, unknown>).uuid).toBeUndefined()
      }),
    )
  })
})
