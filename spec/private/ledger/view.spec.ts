/** A truth that is looked at by many. */
import { LiveView } from '../../../src/private/ledger/view'

function counted() {
  let state = 0
  let made = 0
  const view = new LiveView(() => {
    made++
    return { state }
  })
  return {
    view,
    made: () => made,
    set: (value: number) => {
      state = value
      view.change()
    },
  }
}

describe('a view', () => {
  it('has nothing to say before it is known: nothing is not the same as empty', () => {
    const { view, set } = counted()
    const seen: number[] = []
    view.value$.subscribe(({ state }) => seen.push(state))
    set(1)
    expect([view.value, seen]).toEqual([undefined, []])
    view.know()
    view.know()
    expect([view.value, seen]).toEqual([{ state: 1 }, [1]])
  })

  it('emits the present truth first, then each change; one object a change, made once and only if somebody looks', () => {
    const { view, set, made } = counted()
    view.know()
    set(1)
    set(2)
    expect(made()).toBe(0)
    const seen: object[] = []
    const first = view.value$.subscribe((value) => seen.push(value))
    view.value$.subscribe((value) => seen.push(value))
    expect(seen).toEqual([{ state: 2 }, { state: 2 }])
    set(3)
    expect(seen.slice(2)).toEqual([{ state: 3 }, { state: 3 }])
    expect(seen[2]).toBe(seen[3])
    expect(view.value).toBe(seen[2])
    expect(made()).toBe(2)
    first.unsubscribe()
    set(4)
    expect(seen).toHaveLength(5)
  })

  it('a change made by a subscriber reaches all in order, and none twice', () => {
    const { view, set } = counted()
    view.know()
    const seen: string[] = []
    view.value$.subscribe(({ state }) => {
      seen.push(`a${state}`)
      if (state === 1) set(2)
    })
    view.value$.subscribe(({ state }) => seen.push(`b${state}`))
    set(1)
    expect(seen).toEqual(['a0', 'b0', 'a1', 'a2', 'b2'])
  })

  it('in doubt shows only what is certain, and only to those who saw what was before', () => {
    const { view, set } = counted()
    const seen: string[] = []
    view.change(true)
    view.value$.subscribe(({ state }) => seen.push(`a${state}`))
    view.change(true)
    expect(seen).toEqual([])
    view.know()
    view.doubt()
    view.doubt()
    view.value$.subscribe(({ state }) => seen.push(`b${state}`))
    set(1)
    expect([view.value, seen]).toEqual([undefined, ['a0']])
    view.change(true)
    expect(seen).toEqual(['a0', 'a1'])
    view.know()
    expect(seen).toEqual(['a0', 'a1', 'b1'])
  })

  it('shows nothing certain once nothing is known of it, until it is known again', () => {
    const { view } = counted()
    const seen: number[] = []
    view.know()
    view.value$.subscribe(({ state }) => seen.push(state))
    view.doubt()
    view.clear()
    view.change(true)
    expect(seen).toEqual([0])
    view.know()
    expect(seen).toEqual([0, 0])
  })
})
