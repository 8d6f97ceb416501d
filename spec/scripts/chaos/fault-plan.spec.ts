/** What a plan of faults is: a pure function of its options, spread over the kinds and over the time. */
import { faultKind, faultKinds } from '../../../scripts/chaos/fault-kinds'
import { faultPlan, planDigest } from '../../../scripts/chaos/fault-plan'
import { overAtMs } from '../../../scripts/chaos/inflict'

const options = { seed: 7, faults: 2000, durationMs: 600_000, kinds: faultKinds }

describe('a plan of faults', () => {
  it('is a function of its options alone, and its digest tells two plans apart', () => {
    const plan = faultPlan(options)
    expect(faultPlan(options)).toEqual(plan)
    expect(planDigest(faultPlan(options))).toBe(planDigest(plan))
    expect(planDigest(faultPlan({ ...options, seed: 8 }))).not.toBe(planDigest(plan))
    expect(planDigest(faultPlan({ ...options, faults: 1999 }))).not.toBe(planDigest(plan))
  })

  it('has as many faults as asked for, in order, within its time, of every kind', () => {
    // So many that the rarest kind is among them.
    const faults = 4000
    const plan = faultPlan({ ...options, faults })
    const times = plan.map(({ atMs }) => atMs)
    expect(plan).toHaveLength(faults)
    expect(times).toEqual([...times].sort((one, other) => one - other))
    expect(times[0]).toBeGreaterThanOrEqual(0)
    expect(times[times.length - 1]).toBeLessThan(600_000)
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(faultKinds.map(({ name }) => name)))
  })

  it('leaves a calm after each spell of faults that break connections, longer than a session needs to be stable', () => {
    const breaking = faultPlan(options).filter(({ kind }) => faultKind(kind).breaks)
    expect(breaking.length).toBeGreaterThan(100)
    const longest = breaking.slice(1).map(({ atMs }, index) => atMs - (breaking[index]?.atMs ?? 0))
    expect(longest.filter((gapMs) => gapMs > 10_000).length).toBeGreaterThan(10)
  })

  it('draws from the given kinds alone', () => {
    const kinds = [faultKind('cut'), faultKind('burst')]
    const plan = faultPlan({ ...options, kinds })
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(['cut', 'burst']))
    const [cut] = kinds
    expect(faultPlan({ ...options, faults: 5, kinds: cut === undefined ? [] : [cut] })).toHaveLength(5)
  })

  it('is over when the last fault has done all that it does', () => {
    const flap = { atMs: 100, kind: 'flap', parameters: { times: 3, eachMs: 50 } }
    const silence = { atMs: 200, kind: 'silence', parameters: { forMs: 1000, code: 'KRW-BTC' } }
    expect(overAtMs([flap])).toBe(400)
    expect(overAtMs([flap, silence])).toBe(1200)
    expect(overAtMs([])).toBe(0)
  })
})
