import type { RouteConsumer } from '../../src/channels/fan-out'
import { FanOut } from '../../src/channels/fan-out'
import { tickerEvent } from './support/events'

interface Listener extends RouteConsumer {
  readonly next: () => unknown
}

const event = tickerEvent()

/** A fan-out, and consumers that write down how they were called; `act` is what their target does. */
function setUp() {
  const fanOut = new FanOut<Listener>()
  const log: string[] = []
  const make = (name: string, act: () => unknown = () => undefined): Listener => {
    const made: Listener = {
      next: () => {
        log.push(`${name} called`)
        return act()
      },
      offer: () => {
        log.push(`${name} offered`)
        act()
      },
      isPatient: false,
      offerLatest: () => log.push(`${name} keeps`),
      returned: (_, result) => log.push(`${name} returned ${String(result)}`),
      threw: (_, error) => log.push(`${name} threw ${String(error)}`),
    }
    fanOut.add(made)
    return made
  }
  const seat = (name: string, act?: () => unknown): Listener & { readonly mark: number } => {
    const made = make(name, act)
    return Object.assign(made, { mark: fanOut.seat(made, made) })
  }
  return { fanOut, log, make, seat }
}

describe('FanOut', () => {
  it('offers an event, or calls the target of who is seated, in the order in which they came', () => {
    const { fanOut, log, make, seat } = setUp()
    make('a')
    seat('b')
    make('c')
    fanOut.run(event)
    expect(log).toEqual(['a offered', 'b called', 'c offered'])
    expect(fanOut.size).toBe(3)
  })

  it('tells who is seated what its target returned or threw, and goes on behind it', () => {
    const { fanOut, log, seat } = setUp()
    seat('a', () => {
      throw new Error('broken')
    })
    seat('b', () => 7)
    seat('c')
    fanOut.run(event)
    expect(log).toEqual(['a called', 'a threw Error: broken', 'b called', 'b returned 7', 'c called'])
  })

  it('tells who gave up its seat in the call that it returned, and offers it the next event', () => {
    const { fanOut, log, seat } = setUp()
    const a = seat('a', () => {
      if (log.length === 1) fanOut.unseat(a)
    })
    fanOut.run(event)
    fanOut.run(event)
    expect(log).toEqual(['a called', 'a returned undefined', 'a offered'])
  })

  it('offers an event to who gave up its seat before its turn in the loop', () => {
    const { fanOut, log, seat } = setUp()
    seat('a', () => fanOut.unseat(b))
    const b = seat('b')
    fanOut.run(event)
    expect(log).toEqual(['a called', 'b offered'])
  })

  it('C6.2 counts the calls of who is seated, at any moment', () => {
    const { fanOut, seat } = setUp()
    const counts: number[][] = []
    const look = (): void => {
      counts.push([a, b].map((each) => fanOut.countSince(each.mark, each)))
    }
    const a = seat('a', look)
    fanOut.run(event)
    counts.length = 0
    const b = seat('b', look)
    look()
    fanOut.run(event)
    look()
    expect(counts).toEqual([
      [1, 0],
      [2, 0],
      [2, 1],
      [2, 1],
    ])
  })

  it('C6.2 knows whose call it is, and none between events', () => {
    const { fanOut, seat } = setUp()
    const seen: boolean[][] = []
    const look = (): void => {
      seen.push([a, b].map((each) => fanOut.isCalling(each)))
    }
    const a = seat('a', look)
    const b = seat('b', look)
    fanOut.runWatched(event, look, look)
    expect(seen).toEqual([
      [false, false],
      [true, false],
      [false, false],
      [false, false],
      [false, true],
      [false, false],
    ])
  })

  it('C4.6 who comes from inside a callback gets the next event, and counts from there', () => {
    const { fanOut, log, seat } = setUp()
    let late: ReturnType<typeof seat> | undefined
    const counts: number[] = []
    const count = (): void => void counts.push(late === undefined ? -1 : fanOut.countSince(late.mark, late))
    seat('a', () => {
      late ??= seat('late')
      count()
    })
    fanOut.run(event)
    count()
    fanOut.run(event)
    count()
    expect(log).toEqual(['a called', 'a called', 'late called'])
    expect(counts).toEqual([0, 0, 0, 1])
  })

  it('C4.6 who leaves from inside a callback is not there any more, and no place is skipped', () => {
    const { fanOut, log, make } = setUp()
    const a = make('a', () => {
      if (log.length > 1) return
      fanOut.remove(a)
      fanOut.remove(b)
      expect([fanOut.size, fanOut.present]).toEqual([1, [c]])
    })
    const b = make('b')
    const c = make('c')
    fanOut.run(event)
    // The one that has left knows it; the loop does not look.
    expect(log).toEqual(['a offered', 'b offered', 'c offered'])
    fanOut.run(event)
    expect(log.slice(3)).toEqual(['c offered'])
    expect(fanOut.present).toEqual([c])
  })

  it('who leaves between events leaves at once; who is not there leaves nothing', () => {
    const { fanOut, log, make } = setUp()
    const a = make('a')
    make('b')
    fanOut.remove(a)
    fanOut.remove(a)
    fanOut.run(event)
    expect(log).toEqual(['b offered'])
  })

  it('takes off at once all that leave from inside one call, and keeps the order of the others', () => {
    const { fanOut, log, make } = setUp()
    const many = Array.from({ length: 6 }, (_, i) =>
      make(`${i}`, () => {
        if (i === 1) for (const at of [0, 2, 5]) fanOut.remove(many[at]!)
      }),
    )
    fanOut.run(event)
    expect(fanOut.present).toEqual([1, 3, 4].map((at) => many[at]))
    expect(fanOut.size).toBe(3)
    log.length = 0
    fanOut.run(event)
    expect(log).toEqual(['1 offered', '3 offered', '4 offered'])
  })
})
