import type { DroppedOrder } from '../../../src/private/refill/dropped-account'
import { isBehind, toldAgain } from '../../../src/private/refill/dropped-order'
import { orderRow } from '../support/given'

const receivedAt = 1
const dropped = (given: Partial<DroppedOrder>): DroppedOrder => ({
  fills: new Set(),
  opened: undefined,
  isEnded: false,
  isPrevented: false,
  ...given,
})
const states = (...[of, row, isFollowed]: [Partial<DroppedOrder>, ReturnType<typeof orderRow>, boolean]) =>
  toldAgain(dropped(of), row, isFollowed, receivedAt).map(({ state }) => state)

const open = orderRow(0)
const cancelled = orderRow(0, { state: 'cancel', remaining_volume: '0', prevented_volume: '10' })

describe('toldAgain', () => {
  it('C6.1 tells once how an order stands whose opening was dropped, and of one that has ended that it was opened', () => {
    expect(states({ opened: 'wait' }, open, false)).toEqual(['wait'])
    expect(states({ opened: 'wait' }, cancelled, false)).toEqual(['wait'])
    expect(states({ opened: 'wait', isEnded: true }, cancelled, false)).toEqual(['wait', 'cancel'])
  })

  it('C6.1 tells an end that was dropped, whatever waits behind it, and none that was not: that one comes by itself', () => {
    expect(states({ isEnded: true }, cancelled, true)).toEqual(['cancel'])
    expect(states({}, cancelled, false)).toEqual([])
  })

  it('C12.1 tells what self-match prevention took where that was dropped, and leaves the end to the look that tells all', () => {
    expect(states({ isPrevented: true }, cancelled, false)).toEqual(['prevented'])
    expect(states({ isPrevented: true }, cancelled, true)).toEqual([])
    expect(states({ isPrevented: true, isEnded: true }, cancelled, false)).toEqual(['cancel'])
    expect(toldAgain(dropped({ isPrevented: true }), cancelled, false, receivedAt)).toMatchObject([
      { prevented_volume: '10', remaining_volume: '0', source: 'rest' },
    ])
  })

  it('is silent of how an order stands where something newer of it waits', () => {
    expect(states({}, open, true)).toEqual([])
  })
})

describe('isBehind', () => {
  it.each([
    [{ isEnded: true }, open, true],
    [{ isEnded: true }, cancelled, false],
    [{ fills: new Set(['f']) }, open, true],
    [{ opened: 'wait' as const }, orderRow(0, { state: 'watch' }), true],
    [{}, open, false],
  ])('is %j against that row: %#', (of, row, expected) => {
    expect(isBehind(dropped(of), row)).toBe(expected)
  })
})
