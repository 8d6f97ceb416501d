import { seededRandom } from '../../src/base/seeded-random'
import type { Broadcast } from '../../src/simulator/broadcast'
import { RawBroadcast } from '../../src/simulator/broadcast'
import type { DisturbOptions } from '../../src/simulator/disturbance'
import { Disturbance } from '../../src/simulator/disturbance'
import { createTimers } from '../../src/simulator/timers'
import { virtualTime } from '../support/virtual-time'

/** What comes out of frames 0 to `count - 1`, one every 10 ms, with the time at which each came. */
function disturbed(
  options: DisturbOptions | undefined,
  count: number,
  seed = 1,
): { text: string; atMs: number }[] {
  const time = virtualTime()
  const out: { text: string; atMs: number }[] = []
  const publish = (broadcast: Broadcast): number =>
    out.push({ text: broadcast.text('DEFAULT', { depth: 30, withBody: false }), atMs: time.nowMs }) && 1
  const disturbance = new Disturbance(
    publish,
    createTimers(time.environment, () => true),
    seededRandom(seed),
  )
  disturbance.options = options
  for (let i = 0; i < count; i++) {
    time.at(i * 10, () => disturbance.publish(new RawBroadcast('ticker', 'KRW-BTC', String(i)), 'direct'))
  }
  time.pass(60_000)
  return out
}

const order = (out: readonly { text: string }[]): readonly number[] => out.map(({ text }) => Number(text))
const sorted = (numbers: readonly number[]): readonly number[] => [...numbers].sort((a, b) => a - b)
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

describe('Disturbance', () => {
  it('lets everything through while it is off', () => {
    expect(order(disturbed(undefined, 50))).toEqual(upTo(50))
    expect(order(disturbed({}, 50))).toEqual(upTo(50))
  })

  it('sends the share of frames that it is told after their successor, none lost and none twice', () => {
    const out = order(disturbed({ reordered: 0.3 }, 200))
    expect(sorted(out)).toEqual(upTo(200))
    const late = out.filter((n, i) => i > 0 && n < (out[i - 1] as number)).length
    expect(late).toBeGreaterThan(20)
    expect(late).toBeLessThan(80)
  })

  it('sends a frame without a successor when its time is over', () => {
    expect(disturbed({ reordered: 1, withinMs: 300 }, 1)).toEqual([{ text: '0', atMs: 300 }])
  })

  it('sends the share of frames that it is told twice, at once or a while later, each at most twice', () => {
    const out = disturbed({ doubled: 0.3, withinMs: 100 }, 200)
    const times = new Map<string, number[]>()
    for (const { text, atMs } of out) times.set(text, [...(times.get(text) ?? []), atMs])
    const gaps = [...times.values()].filter(({ length }) => length > 1).map(([a = 0, b = 0]) => b - a)
    expect(times.size).toBe(200)
    expect(gaps.length).toBeGreaterThan(30)
    expect(Math.max(...[...times.values()].map(({ length }) => length))).toBe(2)
    expect(gaps.filter((gap) => gap === 0).length).toBeGreaterThan(5)
    expect(Math.max(...gaps)).toBeGreaterThan(10)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(100)
  })

  it('does the same for the same seed', () => {
    const options = { doubled: 0.2, reordered: 0.2 }
    expect(disturbed(options, 100, 5)).toEqual(disturbed(options, 100, 5))
    expect(disturbed(options, 100, 5)).not.toEqual(disturbed(options, 100, 6))
  })
})
