import { Subject } from 'rxjs'
import { Delivery } from '../../src/operators/delivery'
import { ManualWork } from './support'

function setUp(
  options: { ready?: Subject<void>; capacity?: number; on?: Readonly<Record<string, () => void>> } = {},
) {
  const got: string[] = []
  const works: ManualWork[] = []
  const delivery: Delivery<string> = new Delivery<string>({
    deliver: (value) => {
      got.push(value)
      options.on?.[value]?.()
      const { offered, delivered, failed, coalesced, dropped, discarded, pending } = delivery.tally
      expect(offered).toBe(delivered + failed + coalesced + dropped + discarded + pending)
      return value.endsWith('!') ? (works[works.length] = new ManualWork()) : undefined
    },
    capacity: options.capacity ?? 4,
    overflow: 'drop-oldest',
    ready: options.ready ?? 'always',
  })
  return { delivery, got, works }
}

describe('Feed', () => {
  it('what is inserted in a pause goes before what waits', () => {
    const { delivery, got } = setUp()
    delivery.feed.pause()
    delivery.offer('live')
    delivery.feed.insert('missed 1')
    delivery.feed.insertNotice('closed')
    delivery.feed.insert('missed 2')
    expect(got).toEqual(['missed 1', 'closed', 'missed 2'])
    expect(delivery.tally).toMatchObject({ offered: 3, delivered: 2, pending: 1 })
    delivery.feed.resume()
    expect(got).toEqual(['missed 1', 'closed', 'missed 2', 'live'])
  })

  it('one at a time, behind what the handler has in its hands', () => {
    const { delivery, got, works } = setUp()
    delivery.offer('slow!')
    delivery.feed.pause()
    delivery.offer('live')
    delivery.feed.insert('missed!')
    delivery.feed.insert('missed too')
    expect(got).toEqual(['slow!'])
    works[0]?.succeed()
    expect(got).toEqual(['slow!', 'missed!'])
    delivery.feed.resume()
    works[1]?.succeed()
    expect(got).toEqual(['slow!', 'missed!', 'missed too', 'live'])
  })

  it('keeps to the turns of a notifier, which may complete in a pause', () => {
    const ready = new Subject<void>()
    const { delivery, got } = setUp({ ready })
    delivery.feed.pause()
    delivery.offer('live')
    delivery.feed.insert('missed')
    expect(got).toEqual([])
    ready.next()
    expect(got).toEqual(['missed'])
    ready.complete()
    delivery.offer('later')
    expect(got).toEqual(['missed'])
    delivery.feed.resume()
    expect(got).toEqual(['missed', 'live', 'later'])
  })

  it.each([
    ['lasts', false],
    ['has ended by then', true],
  ])('what is inserted in a turn goes before what that turn was to deliver; the pause %s', (_, ends) => {
    const ready = new Subject<void>()
    const { delivery, got } = setUp({
      ready,
      on: {
        mark: () => {
          delivery.feed.pause()
          delivery.feed.insert('missed')
          delivery.feed.insertNotice('closed')
          if (ends) delivery.feed.resume()
        },
      },
    })
    delivery.notice('mark')
    delivery.offer('live')
    ready.next()
    expect(got).toEqual(['mark', 'missed', 'closed', ...(ends ? ['live'] : [])])
    delivery.feed.resume()
    ready.next()
    expect(got).toEqual(['mark', 'missed', 'closed', 'live'])
  })

  it('what is inserted between two turns is not overtaken by what the first was to deliver', () => {
    const ready = new Subject<void>()
    const { delivery, got, works } = setUp({ ready, on: { mark: () => delivery.feed.pause() } })
    delivery.notice('mark')
    delivery.offer('live')
    ready.next()
    delivery.feed.insert('missed!')
    ready.next()
    delivery.feed.insert('missed too')
    delivery.feed.resume()
    works[0]?.succeed()
    ready.next()
    expect(got).toEqual(['mark', 'missed!', 'missed too', 'live'])
  })

  it('more may wait while it is stretched; before one would be dropped the caller is told, once', () => {
    const { delivery, got } = setUp({ capacity: 2 })
    const onFull = jest.fn(() => {
      delivery.feed.relax()
      delivery.feed.resume()
    })
    delivery.feed.stretch(5, onFull)
    delivery.feed.pause()
    for (const value of ['1', '2', '3', '4', '5']) delivery.offer(value)
    expect(onFull).not.toHaveBeenCalled()
    delivery.offer('6')
    expect(onFull).toHaveBeenCalledTimes(1)
    expect(got).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(delivery.tally.dropped).toBe(0)
  })

  it('what it let in stays, although no more may wait than usual', () => {
    const { delivery, got, works } = setUp({ capacity: 1 })
    delivery.offer('slow!')
    delivery.feed.stretch(4, () => undefined)
    for (const value of ['1', '2', '3']) delivery.offer(value)
    delivery.feed.relax()
    delivery.offer('4')
    expect(delivery.tally).toMatchObject({ dropped: 0, pending: 5 })
    works[0]?.succeed()
    expect(got).toEqual(['slow!', '1', '2', '3', '4'])
    delivery.offer('again!')
    delivery.offer('5')
    delivery.offer('6')
    expect(delivery.tally.dropped).toBe(1)
  })

  it('all that waits is dropped as one run in its place, each counted as it goes, and what was inserted stays', () => {
    const runs: string[] = []
    const drops: string[] = []
    const got: string[] = []
    const delivery: Delivery<string> = new Delivery<string>({
      deliver: (value) => void got.push(value),
      capacity: 2,
      overflow: 'error',
      onDrop: (value) => {
        const { offered, dropped, pending } = delivery.tally
        drops.push(`${value} ${offered} = ${dropped} + ${pending}`)
      },
      onDropRun: ({ first, last, count }) => {
        runs.push(`${first} to ${last}: ${count}`)
        return 'gap'
      },
    })
    delivery.feed.pause()
    const whenFull = (): void => {
      delivery.feed.stretch(2, whenFull)
      delivery.feed.drop()
    }
    whenFull()
    for (const value of ['a', 'b', 'c', 'd', 'e']) delivery.offer(value)
    expect(drops).toEqual(['a 2 = 1 + 1', 'b 2 = 2 + 0', 'c 4 = 3 + 1', 'd 4 = 4 + 0'])
    expect([runs, got]).toEqual([[], []])
    delivery.feed.insert('missed')
    delivery.feed.resume()
    expect(runs).toEqual(['a to d: 4'])
    expect(got).toEqual(['missed', 'gap', 'e'])
    expect(delivery.tally).toMatchObject({ offered: 6, delivered: 2, dropped: 4, pending: 0 })
  })

  it('says once when there is room', () => {
    const { delivery, works } = setUp({ capacity: 2 })
    const onRoom = jest.fn()
    delivery.offer('slow!')
    delivery.offer('1')
    expect(delivery.feed.hasRoom).toBe(false)
    delivery.feed.whenRoom(onRoom)
    works[0]?.succeed()
    delivery.offer('2')
    expect(onRoom).toHaveBeenCalledTimes(1)
  })

  it('the end delivers what a pause held back; leaving discards it, inserted or not', () => {
    const ended = setUp()
    ended.delivery.feed.pause()
    ended.delivery.offer('live')
    ended.delivery.finish()
    expect(ended.got).toEqual(['live'])

    const left = setUp({ ready: new Subject<void>() })
    left.delivery.feed.pause()
    left.delivery.offer('live')
    left.delivery.feed.insert('missed')
    left.delivery.discard()
    left.delivery.feed.insert('too late')
    left.delivery.feed.resume()
    expect(left.got).toEqual([])
    expect(left.delivery.tally).toMatchObject({ offered: 3, discarded: 3, pending: 0 })
  })
})
