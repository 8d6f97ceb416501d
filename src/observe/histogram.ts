/**
 * Durations of about the last minute, counted in buckets: an observation is a few additions, whatever the traffic, and
 * nothing is allocated for it. What is asked is worked out when it is asked.
 */
import { windowMs } from './windows'

/** What a histogram says of its window; without observations there is only their number. */
export interface Distribution {
  /** How many observations. */
  readonly count: number
  readonly mean?: number
  readonly p50?: number
  readonly p90?: number
  readonly p99?: number
  readonly max?: number
}

const slotMs = 10_000
/** One more than fit into the window: the oldest is only partly in it. */
const slots = windowMs / slotMs + 1

/** Whole milliseconds up to here have a bucket each; above, 32 buckets a doubling are at most 3 % apart. */
const exact = 64
const exactBits = 6
const perDoubling = 32
const perDoublingBits = 5
/** Four and a half hours; nothing that is longer is told apart. */
const most = 2 ** 24 - 1
const buckets = exact + (24 - exactBits) * perDoubling

export class Histogram {
  /** The buckets of one slot after those of another. */
  private readonly counts = new Uint32Array(slots * buckets)
  private readonly maxima = new Float64Array(slots)
  private slot = 0
  /** The number of the present slot since the beginning of time, and when it ends. */
  private turn = 0
  private startMs = 0
  private endMs = 0

  /** Below 0 is 0. */
  add(valueMs: number, nowMs: number): void {
    // The clock may go back too.
    if (nowMs >= this.endMs || nowMs < this.startMs) this.turnTo(nowMs)
    const { slot } = this
    const at = slot * buckets + bucketOf(valueMs)
    this.counts[at] = (this.counts[at] as number) + 1
    if (valueMs > (this.maxima[slot] as number)) this.maxima[slot] = valueMs
  }

  /** Forgets what is out of the window by now. */
  private turnTo(nowMs: number): void {
    const turn = Math.floor(nowMs / slotMs)
    const steps = turn < this.turn ? slots : Math.min(slots, turn - this.turn)
    for (let step = 0; step < steps; step++) {
      this.slot = (this.slot + 1) % slots
      this.counts.fill(0, this.slot * buckets, (this.slot + 1) * buckets)
      this.maxima[this.slot] = 0
    }
    this.turn = turn
    this.startMs = turn * slotMs
    this.endMs = this.startMs + slotMs
  }

  /** The distribution over several of them together. */
  static read(histograms: Iterable<Histogram>, nowMs: number): Distribution {
    const merged = new Float64Array(buckets)
    let max = 0
    for (const histogram of histograms) {
      histogram.turnTo(nowMs)
      max = Math.max(max, ...histogram.maxima)
      histogram.counts.forEach((count, at) => {
        if (count > 0) merged[at % buckets] = (merged[at % buckets] as number) + count
      })
    }
    let count = 0
    let sum = 0
    merged.forEach((inBucket, at) => {
      if (inBucket === 0) return
      count += inBucket
      sum += inBucket * valueOf(at)
    })
    if (count === 0) return { count }
    const percentile = (part: number): number => Math.min(max, valueAt(merged, count * part))
    return {
      count,
      mean: sum / count,
      p50: percentile(0.5),
      p90: percentile(0.9),
      p99: percentile(0.99),
      max,
    }
  }
}

/** Below 0 is 0. */
function bucketOf(valueMs: number): number {
  const whole = valueMs > most ? most : valueMs > 0 ? valueMs | 0 : 0
  if (whole < exact) return whole
  const bits = 31 - Math.clz32(whole)
  return exact + (bits - exactBits) * perDoubling + ((whole >>> (bits - perDoublingBits)) & (perDoubling - 1))
}

/** The middle of a bucket. */
function valueOf(bucket: number): number {
  if (bucket < exact) return bucket
  const doubling = Math.floor((bucket - exact) / perDoubling)
  const width = 2 ** (doubling + exactBits - perDoublingBits)
  return (perDoubling + ((bucket - exact) % perDoubling)) * width + (width - 1) / 2
}

/** The middle of the bucket that the observation of this rank is in. */
function valueAt(counts: Float64Array, rank: number): number {
  let seen = 0
  return valueOf(counts.findIndex((count) => count > 0 && (seen += count) >= rank))
}
