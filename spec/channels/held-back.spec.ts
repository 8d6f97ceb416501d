/** Entries that are wanted and not asked for yet. */
import { HeldBack } from '../../src/channels/held-back'
import { createRegistry } from '../../src/registry/registry'
import { streamKey } from '../../src/registry/stream-key'

const order = streamKey('myOrder', '')
const asset = streamKey('myAsset', '')

function setUp() {
  const registry = createRegistry()
  const heldBack = new HeldBack(registry)
  const asked = (): Record<string, number> =>
    Object.fromEntries([...registry.desired.entries].map(([id, { consumers }]) => [id, consumers]))
  return { registry, heldBack, asked }
}

describe('HeldBack', () => {
  it('keeps what waits out of the registry, and says that it is wanted', () => {
    const { heldBack, asked } = setUp()
    heldBack.hold(asset.id)
    heldBack.add([order, asset])
    expect(asked()).toEqual({ [order.id]: 1 })
    expect(heldBack.wanted).toEqual([order.id, asset.id])
  })

  it('asks for it once it waits no more, for as many as want it', () => {
    const { heldBack, asked, registry } = setUp()
    heldBack.hold(asset.id)
    heldBack.add([asset])
    heldBack.add([asset])
    heldBack.add([asset])
    heldBack.remove([asset])
    let changes = 0
    registry.changes$.subscribe(() => changes++)
    heldBack.release(asset.id)
    expect([asked(), changes]).toEqual([{ [asset.id]: 2 }, 1])
    heldBack.remove([asset])
    heldBack.remove([asset])
    expect([asked(), heldBack.wanted]).toEqual([{}, []])
  })

  it('asks for nothing that everybody has left meanwhile', () => {
    const { heldBack, asked } = setUp()
    heldBack.hold(asset.id)
    heldBack.add([asset])
    heldBack.remove([asset])
    heldBack.release(asset.id)
    expect([asked(), heldBack.wanted]).toEqual([{}, []])
    heldBack.add([asset])
    expect(asked()).toEqual({ [asset.id]: 1 })
  })

  it('holds nothing back that is asked for already', () => {
    const { heldBack, asked } = setUp()
    heldBack.add([asset])
    heldBack.hold(asset.id)
    heldBack.add([asset])
    expect(asked()).toEqual({ [asset.id]: 2 })
  })
})
