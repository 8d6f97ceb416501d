import type { PacingView } from '../../src/connection/pacing'
import { dueAt } from '../../src/connection/pacing'

const view = (changes: Partial<PacingView>): PacingView => ({
  addedAtMs: undefined,
  removedAtMs: undefined,
  sentAtMs: undefined,
  isScarce: false,
  limitLeftMs: 0,
  ...changes,
})

const now = 1_000_000

describe('dueAt', () => {
  it('has nothing to send where nothing changed', () => {
    expect(dueAt(view({ sentAtMs: now - 10 }), now)).toBeUndefined()
  })

  it('C9.1 sends an addition after a second of quiet within 100 ms', () => {
    expect(dueAt(view({ addedAtMs: now, sentAtMs: now - 1000 }), now)).toEqual({
      delayMs: 50,
      limited: false,
    })
  })

  it('C9.1 lets a removal alone wait 5 s', () => {
    expect(dueAt(view({ removedAtMs: now }), now)).toEqual({ delayMs: 5000, limited: false })
  })

  it('C9.1 lets a removal ride with the addition that comes first', () => {
    expect(dueAt(view({ removedAtMs: now - 3000, addedAtMs: now }), now)?.delayMs).toBe(50)
    expect(dueAt(view({ removedAtMs: now - 4990, addedAtMs: now }), now)?.delayMs).toBe(10)
  })

  it('C9.1 sends every 300 ms under sustained change', () => {
    expect(dueAt(view({ addedAtMs: now, sentAtMs: now - 100 }), now)?.delayMs).toBe(200)
  })

  it('C9.1 sends every 700 ms below half of the budget of the minute', () => {
    expect(dueAt(view({ addedAtMs: now, sentAtMs: now, isScarce: true }), now)?.delayMs).toBe(700)
  })

  it('C11.1 waits for a permit, and says so of an addition', () => {
    expect(dueAt(view({ addedAtMs: now, limitLeftMs: 11_000 }), now)).toEqual({
      delayMs: 11_000,
      limited: true,
    })
    expect(dueAt(view({ removedAtMs: now, limitLeftMs: 11_000 }), now)).toEqual({
      delayMs: 11_000,
      limited: false,
    })
  })

  it('C9.6 waits as long as the exchange has asked for', () => {
    expect(dueAt(view({ addedAtMs: now, limitLeftMs: 1000 }), now)).toEqual({ delayMs: 1000, limited: true })
    expect(dueAt(view({ addedAtMs: now, limitLeftMs: 20 }), now)).toEqual({ delayMs: 50, limited: false })
  })
})
