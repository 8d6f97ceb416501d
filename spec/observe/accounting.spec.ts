import { Hub } from '../../src/channels/hub'
import { accountingOf } from '../../src/observe/accounting'
import { streamKey } from '../../src/registry/stream-key'
import { anOrderbook } from '../../src/testing'
import { laneWorld, recordingTarget } from '../channels/support/lane-world'

describe('accountingOf', () => {
  it('C6.2 is all zeros before anything happened', () => {
    const { ports } = laneWorld()
    const hub = new Hub(ports)
    expect(hub.status.state).toBe('idle')
    const { byType, drift, stoppedAt, ...counts } = accountingOf(hub, 0)
    expect([{ ...byType }, { ...drift }, { ...stoppedAt }]).toEqual([{}, {}, {}])
    expect(Object.values(counts).every((count) => count === 0)).toBe(true)
    expect(Object.keys(counts).sort()).toEqual(
      [
        ...['frames', 'data', 'control', 'decoded', 'rejected', 'events'],
        ...['routed', 'duplicate', 'stale', 'unrouted', 'epochs', 'dials', 'messages'],
        ...['probes', 'checks', 'resent'],
        ...['fused', 'guarded', 'slow', 'skimmed', 'learned'],
        ...['offered', 'delivered', 'failed', 'coalesced', 'dropped', 'discarded', 'pending', 'gaps'],
      ].sort(),
    )
  })

  it('C6.2 is whole even of a hub that never had a connection', () => {
    const { ports } = laneWorld()
    expect(accountingOf(new Hub(ports), 0)).toMatchObject({ frames: 0, routed: 0, dials: 0, offered: 0 })
  })

  it('C6.2 sums connections and consumers', () => {
    const { ports, exchange, pass } = laneWorld()
    const hub = new Hub(ports)
    for (const level of [0, 10]) {
      hub
        .enrol({
          owner: {},
          kind: 'orderbook',
          keys: [streamKey('orderbook', 'KRW-BTC', level)],
          options: { level },
          target: recordingTarget().target,
        })
        .enter()
    }
    pass(1000)
    exchange.emit([anOrderbook(), anOrderbook({ level: 10 })])
    exchange.emitRaw('{"type":"orderbook"}')
    expect(accountingOf(hub, 5)).toMatchObject({
      frames: 4,
      decoded: 2,
      rejected: 2,
      routed: 2,
      dials: 2,
      byType: { orderbook: 2 },
      offered: 2,
      delivered: 2,
      gaps: 5,
    })
  })

  it('a name from the network is only a name', () => {
    const { ports } = laneWorld()
    const hub = new Hub(ports)
    const { status } = hub
    expect(status.state).toBe('idle')
    const counters = hub.connections[0]
    if (counters !== undefined) counters.drift['__proto__'] = 1
    const { drift } = accountingOf(hub, 0)
    expect(Object.entries(drift)).toEqual([['__proto__', 1]])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
