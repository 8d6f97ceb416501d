import { ReleaseQueue } from '../../src/connection/release-queue'
import { streamKey } from '../../src/registry/stream-key'

const [a, b, c] = [streamKey('ticker', 'KRW-A'), streamKey('ticker', 'KRW-B'), streamKey('ticker', 'KRW-C')]

function queue() {
  const unwanted = new Set<string>()
  const released = jest.fn()
  return { unwanted, released, releases: new ReleaseQueue((id) => !unwanted.has(id), released) }
}

describe('ReleaseQueue', () => {
  it('C9.6 releases one group after another, each accepted before the next', () => {
    const { releases, released } = queue()
    releases.add([a])
    releases.add([b])
    releases.add([c])
    expect([a, b, c].map(({ id }) => releases.isCleared(id))).toEqual([true, false, false])
    expect(releases.waiting).toEqual([b, c])
    releases.accepted(new Set([a.id]))
    expect([a, b, c].map(({ id }) => releases.isCleared(id))).toEqual([false, true, false])
    expect(released).toHaveBeenCalledTimes(2)
  })

  it('C9.6 is idle when all that passed is accepted, or gone', () => {
    const { releases } = queue()
    expect(releases.isIdle).toBe(true)
    releases.add([a])
    releases.add([b])
    expect(releases.isIdle).toBe(false)
    releases.accepted(new Set([a.id]))
    expect(releases.isIdle).toBe(false)
    releases.forget(() => true)
    expect(releases.isIdle).toBe(true)
  })

  it('passes over what nobody wants any more', () => {
    const { releases, released, unwanted } = queue()
    releases.add([a])
    releases.add([b])
    releases.add([c])
    unwanted.add(a.id).add(b.id)
    releases.forget((id) => unwanted.has(id))
    expect(releases.isCleared(c.id)).toBe(true)
    expect(releases.waiting).toEqual([])
    expect(released).toHaveBeenCalledTimes(2)
  })
})
