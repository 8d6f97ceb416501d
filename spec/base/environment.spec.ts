import { realEnvironment } from '../../src/base/environment'

const dayMs = 24 * 3_600_000

describe('realEnvironment', () => {
  describe('timer$', () => {
    beforeEach(() => {
      jest.useFakeTimers()
    })
    afterEach(() => {
      jest.useRealTimers()
    })

    it('emits once after its delay and completes', () => {
      const seen: string[] = []
      realEnvironment
        .timer$(1000)
        .subscribe({ next: () => seen.push('next'), complete: () => seen.push('complete') })
      jest.advanceTimersByTime(999)
      expect(seen).toEqual([])
      jest.advanceTimersByTime(1)
      expect(seen).toEqual(['next', 'complete'])
      expect(jest.getTimerCount()).toBe(0)
    })

    it.each([25, 60])('waits %s days, which no single timer can', (days) => {
      let fired = 0
      realEnvironment.timer$(days * dayMs, { referenced: false }).subscribe(() => fired++)
      jest.advanceTimersByTime(days * dayMs - 1)
      expect(fired).toBe(0)
      jest.advanceTimersByTime(1)
      expect(fired).toBe(1)
      expect(jest.getTimerCount()).toBe(0)
    })

    it('never emits after an endless delay', () => {
      let fired = 0
      realEnvironment.timer$(Infinity).subscribe(() => fired++)
      jest.advanceTimersByTime(100 * dayMs)
      expect(fired).toBe(0)
    })

    it('leaves no timer when it is unsubscribed, in the first part of a long wait or in a later one', () => {
      for (const passedMs of [0, 30 * dayMs]) {
        const subscription = realEnvironment.timer$(60 * dayMs).subscribe()
        jest.advanceTimersByTime(passedMs)
        expect(jest.getTimerCount()).toBe(1)
        subscription.unsubscribe()
        expect(jest.getTimerCount()).toBe(0)
      }
    })
  })

  describe('newId', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

    it('gives a UUID, each time another', () => {
      const ids = Array.from({ length: 100 }, () => realEnvironment.newId())
      expect(new Set(ids).size).toBe(100)
      for (const id of ids) expect(id).toMatch(uuid)
    })

    it('gives one too on a page without crypto.randomUUID, which is one that is neither https nor localhost', () => {
      Object.defineProperty(globalThis.crypto, 'randomUUID', { value: undefined, configurable: true })
      try {
        const ids = Array.from({ length: 100 }, () => realEnvironment.newId())
        expect(new Set(ids).size).toBe(100)
        for (const id of ids) expect(id).toMatch(uuid)
      } finally {
        // The prototype's own is seen again.
        Reflect.deleteProperty(globalThis.crypto, 'randomUUID')
      }
    })
  })
})
