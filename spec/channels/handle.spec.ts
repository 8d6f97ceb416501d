import { Subscription } from 'rxjs'
import { createHandle } from '../../src/channels/handle'
import { TallySum } from '../../src/channels/tally-sum'

describe('createHandle', () => {
  it('shows what it stands for at each look', () => {
    const handled = { name: 'chart', tally: new TallySum(), isOver: false }
    const handle = createHandle(handled, () => {})
    expect([handle.name, handle.closed]).toEqual(['chart', false])
    handled.isOver = true
    handled.tally.offered++
    expect([handle.closed, handle.tally.offered]).toEqual([true, 1])
  })

  it('ends by unsubscribe and by disposal, and as a part of an rxjs subscription', () => {
    const unsubscribe = jest.fn()
    const make = () => createHandle({ name: '', tally: new TallySum(), isOver: false }, unsubscribe)
    make().unsubscribe()
    {
      using _ = make()
    }
    const parent = new Subscription()
    parent.add(make())
    parent.unsubscribe()
    expect(unsubscribe).toHaveBeenCalledTimes(3)
  })
})
