import { publicEndpoint } from '../../src/connection/endpoint'
import { WantedRequests } from '../../src/connection/wanted-request'
import { encodeSubscribe } from '../../src/protocol/request'
import { mergedItems } from '../../src/registry/merged-request'
import { createRegistry } from '../../src/registry/registry'
import { streamKey } from '../../src/registry/stream-key'
import type { StreamKey } from '../../src/registry/stream-key'
import fc from '../support/seeded-fast-check'

const [btc, eth, xrp] = ['KRW-BTC', 'KRW-ETH', 'KRW-XRP'].map((code) => streamKey('ticker', code)) as [
  StreamKey,
  StreamKey,
  StreamKey,
]

function wanting(...keys: readonly StreamKey[]) {
  const registry = createRegistry()
  registry.add(keys)
  const held = new Set<string>()
  const requests = new WantedRequests({
    endpoint: publicEndpoint,
    desired: registry.desired,
    format: 'DEFAULT',
    sift: (all) => (held.size === 0 ? all : all.filter(({ id }) => !held.has(id))),
  })
  return { registry, held, requests }
}

describe('WantedRequests', () => {
  it('is the same request as long as the same is wanted, however often somebody else wants it too', () => {
    const { registry, requests } = wanting(btc, eth)
    const { present } = requests
    registry.add([btc])
    registry.remove([btc])
    expect(requests.present).toBe(present)
    expect(requests.present.ids).toBe(present.ids)
  })

  it('is another one when an entry came or went, and when one came back', () => {
    const { registry, requests } = wanting(btc)
    const first = requests.present
    registry.add([eth])
    const second = requests.present
    expect([...second.ids]).toEqual([btc.id, eth.id])
    registry.remove([eth])
    const third = requests.present
    expect([...third.ids]).toEqual([btc.id])
    expect(third.ids).not.toBe(first.ids)
  })

  it('leaves out what may not go out, and takes it in again', () => {
    const { held, requests } = wanting(btc, eth, xrp)
    held.add(eth.id)
    expect([...requests.present.ids]).toEqual([btc.id, xrp.id])
    held.clear()
    expect([...requests.present.ids]).toEqual([btc.id, eth.id, xrp.id])
  })

  it('says at any moment, under any ticket, what a request made at that moment would say', () => {
    const keys = [btc, eth, xrp, streamKey('orderbook', 'KRW-BTC', 10_000), streamKey('trade', 'KRW-BTC')]
    const step = fc.record({ key: fc.constantFrom(...keys), kind: fc.constantFrom('add', 'remove') })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.string(), (steps, ticket) => {
        const { registry, requests } = wanting()
        for (const { key, kind } of steps as { key: StreamKey; kind: 'add' | 'remove' }[]) {
          registry[kind]([key])
          const wanted = [...registry.desired.entries.values()].map((entry) => entry.key)
          expect(requests.present.text(ticket)).toBe(encodeSubscribe(ticket, mergedItems(wanted), 'DEFAULT'))
        }
      }),
    )
  })
})
