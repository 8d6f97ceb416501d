import fc from 'fast-check'
import { mostInAnyWindow } from '../support/windows'
import type { PacingView } from '../../src/connection/pacing'
import { dueAt } from '../../src/connection/pacing'

const view = (changes: Partial<PacingView>): PacingView => ({
  addedAtMs: undefined,
  removedAtMs: undefined,
  sentAtMs: [],
  limitLeftMs: 0,
  ...changes,
})

/** Messages at these times before `nowMs`. */
const before = (nowMs: number, ...agesMs: readonly number[]): number[] => agesMs.map((ageMs) => nowMs - ageMs)

const now = 1_000_000

describe('dueAt', () => {
  it('has nothing to send where nothing changed', () => {
    expect(dueAt(view({ sentAtMs: before(now, 10) }), now)).toBeUndefined()
  })

  it('C9.1 sends an addition after a second of quiet within 100 ms', () => {
    expect(dueAt(view({ addedAtMs: now, sentAtMs: before(now, 1000) }), now)).toEqual({
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
    expect(dueAt(view({ addedAtMs: now, sentAtMs: before(now, 600, 300, 100) }), now)?.delayMs).toBe(200)
  })

  it('C9.1 sends every 700 ms below half of the budget of the minute', () => {
    const fifty = Array.from({ length: 50 }, (_, index) => now - 20_000 + index * 400)
    const last = fifty[49] as number
    expect(dueAt(view({ addedAtMs: last, sentAtMs: fifty }), last)?.delayMs).toBe(700)
    expect(dueAt(view({ addedAtMs: last, sentAtMs: fifty.slice(1) }), last)?.delayMs).toBe(300)
  })

  it('C11.1 waits for the budget of the minute, and says so of an addition', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => now - 50_000 + index * 400)
    expect(dueAt(view({ addedAtMs: now, sentAtMs: hundred }), now)).toEqual({
      delayMs: 11_000,
      limited: true,
    })
  })

  it('C11.1 keeps 10 of the messages of a minute for additions', () => {
    const ninety = Array.from({ length: 90 }, (_, index) => now - 50_000 + index * 400)
    expect(dueAt(view({ removedAtMs: now - 5000, sentAtMs: ninety }), now)).toEqual({
      delayMs: 11_000,
      limited: false,
    })
    expect(dueAt(view({ addedAtMs: now - 50, sentAtMs: ninety }), now)).toEqual({
      delayMs: 0,
      limited: false,
    })
  })

  it('C9.6 waits as long as the exchange has asked for', () => {
    expect(dueAt(view({ addedAtMs: now, limitLeftMs: 1000 }), now)).toEqual({ delayMs: 1000, limited: true })
    expect(dueAt(view({ addedAtMs: now, limitLeftMs: 20 }), now)).toEqual({ delayMs: 50, limited: false })
  })

  it('C11.1 never sends more than 5 in a second and 100 in a minute, whatever changes when', () => {
    const changes = fc.array(
      fc.record({ kind: fc.constantFrom('added', 'removed'), afterMs: fc.nat(1500) }),
      { minLength: 100, maxLength: 400 },
    )
    fc.assert(
      fc.property(changes, (commands) => {
        let nowMs = 0
        let pending: { addedAtMs?: number; removedAtMs?: number } = {}
        const sentAtMs: number[] = []
        const sendUntil = (untilMs: number): void => {
          for (;;) {
            const due = dueAt(
              view({
                addedAtMs: pending.addedAtMs,
                removedAtMs: pending.removedAtMs,
                sentAtMs: sentAtMs.slice(-100),
              }),
              nowMs,
            )
            if (due === undefined || nowMs + due.delayMs > untilMs) break
            nowMs += due.delayMs
            sentAtMs.push(nowMs)
            pending = {}
          }
          nowMs = untilMs
        }
        for (const { kind, afterMs } of commands) {
          sendUntil(nowMs + afterMs)
          if (kind === 'added') pending.addedAtMs ??= nowMs
          else pending.removedAtMs ??= nowMs
        }
        sendUntil(nowMs + 100_000)
        expect(mostInAnyWindow(sentAtMs, 1000)).toBeLessThanOrEqual(5)
        expect(mostInAnyWindow(sentAtMs, 60_000)).toBeLessThanOrEqual(100)
        expect(pending).toEqual({})
      }),
    )
  })
})
