import type { Named } from '../src/proxy-names'
import { ProxyNames, proxyNamesOf } from '../src/proxy-names'
import fc from './support/seeded-fast-check'

const holder = (): Named => ({ giveUpIfCollected: () => undefined, forgetNames: () => undefined })

describe('ProxyNames', () => {
  it('gives the wanted name, and numbers to those that come while it is taken', () => {
    const names = new ProxyNames()
    const [first, second] = [holder(), holder()]
    expect(names.claim('chart_1', first)).toEqual({ name: 'chart_1', isFirstClash: false })
    expect(names.claim('chart_1', second)).toEqual({ name: 'chart_1#2', isFirstClash: true })
    expect(names.claim('chart_1', holder())).toEqual({ name: 'chart_1#3', isFirstClash: false })
    names.free('chart_1#2', second)
    expect(names.claim('chart_1', holder()).name).toBe('chart_1#2')
    names.free('chart_1', first)
    expect(names.claim('chart_1', holder()).name).toBe('chart_1')
  })

  it('tells a clash once, for as long as a proxy of the name is there', () => {
    const names = new ProxyNames()
    const [first, second] = [holder(), holder()]
    names.claim('a', first)
    names.claim('a', second)
    names.free('a', first)
    expect(names.claim('a', first).isFirstClash).toBe(false)
    expect(names.claim('a', holder()).isFirstClash).toBe(false)
    const others = new ProxyNames()
    others.claim('a', first)
    others.claim('a', second)
    others.free('a', first)
    others.free('a#2', second)
    others.claim('a', first)
    expect(others.claim('a', second)).toEqual({ name: 'a#2', isFirstClash: true })
  })

  it('a name that starts like another one is another one', () => {
    const names = new ProxyNames()
    names.claim('chart_1', holder())
    expect(names.claim('chart_10', holder())).toEqual({ name: 'chart_10', isFirstClash: false })
  })

  it('a holder that was collected gives its name up when it is wanted', () => {
    const names = new ProxyNames()
    const gone: Named = { giveUpIfCollected: () => names.free('a', gone), forgetNames: () => undefined }
    names.claim('a', gone)
    expect(names.claim('a', holder())).toEqual({ name: 'a', isFirstClash: false })
  })

  it('clears by asking each holder, and knows who holds what', () => {
    const names = new ProxyNames()
    const own: Named = { giveUpIfCollected: () => undefined, forgetNames: () => names.free('a', own) }
    names.claim('a', own)
    expect([names.isHeld('a', own), names.isHeld('a', holder()), names.isHeld('b', own)]).toEqual([
      true,
      false,
      false,
    ])
    names.clear()
    expect(names.isHeld('a', own)).toBe(false)
  })

  it('freeing what another one has by now changes nothing', () => {
    const names = new ProxyNames()
    const first = holder()
    names.claim('a', first)
    names.free('a', first)
    names.claim('a', holder())
    names.free('a', first)
    expect(names.claim('a', holder()).name).toBe('a#2')
  })

  it('no two live holders have one name, in whatever order they come and go', () => {
    const step = fc.record({ wanted: fc.constantFrom('a', 'b', 'a_1'), leaves: fc.boolean(), at: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const names = new ProxyNames()
        const live: { readonly name: string; readonly own: Named }[] = []
        for (const { wanted, leaves, at } of steps) {
          const leaving = leaves ? live.splice(at % (live.length || 1), 1)[0] : undefined
          if (leaving !== undefined) names.free(leaving.name, leaving.own)
          else {
            const own = holder()
            live.push({ name: names.claim(wanted, own).name, own })
          }
          expect(new Set(live.map(({ name }) => name)).size).toBe(live.length)
        }
      }),
    )
  })
})

describe('proxyNamesOf', () => {
  it('is one a host, whatever the path', () => {
    expect(proxyNamesOf('ws://a.invalid/x')).toBe(proxyNamesOf('wss://a.invalid/websocket/v1'))
    expect(proxyNamesOf('ws://a.invalid')).not.toBe(proxyNamesOf('ws://a.invalid:81'))
  })
})
