import { readBareControl, readControl } from '../../src/protocol/control'
import { NumberText } from '../../src/protocol/number-text'
import { parseLossless } from '../../src/protocol/lossless'

function read(text: string): ReturnType<typeof readControl> {
  const parsed = parseLossless(text)
  return readControl('value' in parsed ? parsed.value : undefined)
}

describe('readControl', () => {
  it('reads an error in either order of its keys', () => {
    const error = { name: 'INVALID_PARAM', message: 'nope 은 지원하지 않는 타입입니다.' }
    expect(read(`{"error":{"name":"${error.name}","message":"${error.message}"}}`)).toEqual({
      kind: 'error',
      error,
    })
    expect(read(`{"error":{"message":"${error.message}","name":"${error.name}"}}`)).toEqual({
      kind: 'error',
      error,
    })
  })

  it('reads an error that lacks what an error has', () => {
    expect(read('{"error":{}}')).toEqual({ kind: 'error', error: { name: 'UNKNOWN', message: '' } })
    expect(read('{"error":{"name":5,"message":{}}}')).toEqual({
      kind: 'error',
      error: { name: 'UNKNOWN', message: '' },
    })
  })

  it.each(['{"error":5}', '{"error":null}', '{"error":"x"}', '{"error":[]}'])(
    'takes %s for no error',
    (text) => {
      expect(read(text)).toBeUndefined()
    },
  )

  it('shortens what the exchange says, so that no report is a megabyte', () => {
    const long = 'x'.repeat(1_000_000)
    expect(read(`{"error":{"name":"${long}","message":"${long}"}}`)).toEqual({
      kind: 'error',
      error: { name: 'x'.repeat(500), message: 'x'.repeat(500) },
    })
    expect(read(`{"status":"${long}"}`)).toEqual({ kind: 'status', status: 'x'.repeat(500) })
  })

  it('reads the keep-alive answer, with and without its object', () => {
    const up = { kind: 'status', status: 'UP' }
    expect([read('{"status":"UP"}'), read('"UP"'), readBareControl('UP')]).toEqual([up, up, up])
    expect(read('{"status":"DOWN"}')).toEqual({ kind: 'status', status: 'DOWN' })
    for (const text of ['{"status":5}', '{"status":null}', '"DOWN"', '"up"', '5', 'null', '[]', '{}']) {
      expect(read(text)).toBeUndefined()
    }
    for (const text of ['', 'DOWN', 'up', 'UP ', '"UP"', 'PONG'])
      expect(readBareControl(text)).toBeUndefined()
  })

  it('reads the list of subscriptions under the full names, whatever the format', () => {
    const list = {
      kind: 'list',
      ticket: 't-1',
      result: [
        { type: 'ticker', codes: ['KRW-BTC', 'KRW-ETH'], level: undefined },
        { type: 'orderbook', codes: ['KRW-BTC.15'], level: 10_000 },
        { type: 'myAsset', codes: [], level: undefined },
      ],
    }
    expect(
      read(
        '{"method":"LIST_SUBSCRIPTIONS","result":[{"type":"ticker","codes":["KRW-BTC","KRW-ETH"]},' +
          '{"type":"orderbook","codes":["KRW-BTC.15"],"level":1.0E4},{"type":"myAsset"}],"ticket":"t-1"}',
      ),
    ).toEqual(list)
    expect(
      read(
        '{"mthd":"LIST_SUBSCRIPTIONS","rslt":[{"ty":"ticker","cds":["KRW-BTC","KRW-ETH"]},' +
          '{"ty":"orderbook","cds":["KRW-BTC.15"],"lv":10000},{"ty":"myAsset"}],"tckt":"t-1"}',
      ),
    ).toEqual(list)
  })

  it('reads a list that lacks what a list has, and drops what is no item', () => {
    const empty = { kind: 'list', ticket: '', result: [] }
    expect(read('{"method":"LIST_SUBSCRIPTIONS"}')).toEqual(empty)
    expect(read('{"method":"LIST_SUBSCRIPTIONS","result":{},"ticket":5}')).toEqual(empty)
    expect(read('{"method":"LIST_SUBSCRIPTIONS","result":[1,null,[],"x",{},{"type":5}]}')).toEqual(empty)
    expect(
      read('{"method":"LIST_SUBSCRIPTIONS","result":[{"type":"trade","codes":["A",1,null],"level":"x"}]}'),
    ).toEqual({ ...empty, result: [{ type: 'trade', codes: ['A'], level: undefined }] })
  })

  it('knows no other method, and nothing in what is no object', () => {
    for (const value of [
      { method: 'SUBSCRIBE' },
      { method: 5 },
      {},
      [],
      null,
      undefined,
      new NumberText('1'),
    ]) {
      expect(readControl(value)).toBeUndefined()
    }
  })
})
