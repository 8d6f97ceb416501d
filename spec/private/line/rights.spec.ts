/** When the socket is asked for a subject of which it is not known whether the key may see it. */
import { Rights } from '../../../src/private/line/rights'
import { virtualTime } from '../../support/virtual-time'

function setUp() {
  const { environment, pass } = virtualTime()
  const told: string[] = []
  const rights = new Rights(environment, {
    hold: (id) => told.push(`hold ${id}`),
    release: (id) => told.push(`release ${id}`),
  })
  return { rights, told, pass }
}

describe('Rights', () => {
  it('holds a subject back until REST has let it in, and asks no more about it', () => {
    const { rights, told } = setUp()
    rights.ask('balances')
    rights.ask('balances')
    expect([rights.isAsked('balances'), rights.isAsked('orders')]).toEqual([true, false])
    rights.prove('balances')
    rights.prove('balances')
    rights.ask('balances')
    expect(rights.isAsked('balances')).toBe(false)
    expect(told).toEqual(['hold myAsset', 'release myAsset'])
  })

  it('what REST let in before it was asked about is not held back', () => {
    const { rights, told } = setUp()
    rights.prove('orders')
    rights.ask('orders')
    expect(told).toEqual([])
  })

  it('waits for two seconds at the most, and asks again the next time', () => {
    const { rights, told, pass } = setUp()
    rights.ask('orders')
    pass(1999)
    expect(told).toEqual(['hold myOrder'])
    pass(1)
    rights.ask('orders')
    expect(told).toEqual(['hold myOrder', 'release myOrder', 'hold myOrder'])
  })

  it('holds back again what was refused, though it was let in before', () => {
    const { rights, told, pass } = setUp()
    rights.prove('orders')
    rights.refuse('orders')
    rights.ask('orders')
    pass(1000)
    expect(told).toEqual(['hold myOrder'])
  })

  it('has its answer from whoever asks REST next, where somebody has left and come back', () => {
    const { rights, told, pass } = setUp()
    rights.ask('balances')
    pass(1000)
    rights.ask('balances')
    rights.prove('balances')
    pass(5000)
    expect(told).toEqual(['hold myAsset', 'release myAsset'])
  })
})
