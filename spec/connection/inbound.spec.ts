import { online } from '../support/online'
import { aTicker, anOrderbook, malformedFrame, malformedShapes } from '../../src/testing'
import fc from '../support/seeded-fast-check'

describe('inbound$', () => {
  it('C3.1 stamps each event with the epoch, the time of receipt and its source', () => {
    const { time, connected, dial } = online()
    time.pass(1234)
    dial.frame(aTicker())
    expect(connected.events).toEqual([
      expect.objectContaining({
        type: 'ticker',
        epoch: 1,
        received_at: time.environment.now(),
        source: 'socket',
      }),
    ])
  })

  it('reads the clock once for each frame', () => {
    const { time, connected, dial } = online()
    dial.frame(aTicker())
    time.pass(1000)
    const now = jest.spyOn(time.environment, 'now')
    for (let i = 0; i < 10; i++) dial.frame(aTicker())
    expect(now).toHaveBeenCalledTimes(10)
    expect(connected.events).toHaveLength(11)
  })

  it('brings events in order of arrival, those of a list too', () => {
    const { connected, dial } = online(['KRW-BTC'], { format: 'JSON_LIST' })
    dial.frame([aTicker({ trade_price: 1 }), aTicker({ trade_price: 2 })])
    dial.frame([aTicker({ trade_price: 3 })])
    expect(connected.events.map((event) => 'trade_price' in event && event.trade_price)).toEqual([1, 2, 3])
  })

  it('C6.2 counts frames, data, events and types', () => {
    const { connected, dial } = online()
    dial.frame(aTicker())
    dial.frame(anOrderbook())
    dial.frame([aTicker(), aTicker()])
    dial.frame({ status: 'UP' })
    dial.frame('not JSON')
    expect(connected.connection.counters).toMatchObject({
      frames: 5,
      data: 4,
      control: 1,
      decoded: 3,
      rejected: 1,
      events: 4,
      byType: { ticker: 3, orderbook: 1 },
    })
  })

  it('C6.2 has counted a frame when its event is delivered', () => {
    const { connected, dial } = online()
    const seen: number[] = []
    connected.received = () => seen.push(connected.connection.counters.frames)
    dial.frame(aTicker())
    dial.frame(aTicker())
    expect(seen).toEqual([1, 2])
  })

  it('C6.2 frames = data + control and data = decoded + rejected, whatever comes', () => {
    const frame = fc.oneof(
      fc.constantFrom<object | string | Uint8Array>(
        aTicker(),
        anOrderbook(),
        [aTicker(), anOrderbook()],
        [aTicker(), 7],
        [],
        { status: 'UP' },
        { error: { name: 'TOO_MANY_REQUEST' } },
        { method: 'LIST_SUBSCRIPTIONS', result: [], ticket: 'x' },
      ),
      fc.constantFrom(...malformedShapes).map((shape) => malformedFrame(shape)),
      fc.json(),
      fc.uint8Array({ maxLength: 40 }),
    )
    fc.assert(
      fc.property(fc.array(frame), (frames) => {
        const { connected, dial } = online()
        for (const each of frames) dial.frame(each)
        const { counters } = connected.connection
        expect(counters.frames).toBe(frames.length)
        expect(counters.frames).toBe(counters.data + counters.control)
        expect(counters.data).toBe(counters.decoded + counters.rejected)
        expect(counters.events).toBe(connected.events.length)
        expect(connected.connection.status.state).not.toBe('closed')
      }),
      { numRuns: 50 },
    )
  })

  it('tells of a frame that cannot be read, and goes on', () => {
    const { connected, dial } = online()
    dial.frame({ ...aTicker(), trade_price: 'much' })
    dial.frame(aTicker())
    expect(connected.undecodable).toEqual([expect.objectContaining({ path: '$.trade_price' })])
    expect(connected.events).toHaveLength(1)
  })

  it('C3.1 counts what is unknown by name, and tells of the first of each', () => {
    const { connected, dial } = online()
    const odd = { ...aTicker(), new_field: 1, __proto__: null, market_state: 'HALTED' }
    dial.frame(odd)
    dial.frame(odd)
    expect(connected.connection.counters.drift).toEqual({
      'ticker.new_field': 2,
      'ticker.market_state=HALTED': 2,
    })
    expect(connected.drift.sort()).toEqual(['ticker.market_state=HALTED', 'ticker.new_field'])
  })

  it('remembers a bounded number of unknown names, and counts the rest under one', () => {
    const { connected, dial } = online()
    for (let i = 0; i < 1200; i++) dial.frame({ ...aTicker(), [`field_${i}`]: 1 })
    const names = Object.keys(connected.connection.counters.drift)
    expect(names).toHaveLength(1001)
    expect(connected.connection.counters.drift['(further names)']).toBe(200)
    expect(connected.drift).toHaveLength(1001)
  })
})
