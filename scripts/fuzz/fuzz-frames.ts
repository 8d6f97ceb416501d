/**
 * Sameness of frames: for each case every candidate reads the bytes, the slow way decides, and what a candidate took
 * the slow way must have read as that one event and nothing else, with the same values to the bit and the same drift.
 */
import { bytesAlone, bytesAmid } from './byte-text'
import type { FrameCandidate } from './candidates'
import type { SourceFrame } from './corpus'
import { mutate } from './mutations'
import { Random } from './random'
import { differenceOf } from './same-value'
import type { SlowVerdict } from './slow-verdict'
import { slowVerdict } from './slow-verdict'

export interface FrameCase {
  /** `plain:7`: the seventh frame as it is; `frame:7`: the seventh mutated one. */
  readonly id: string
  readonly bytes: Uint8Array
  readonly origin: SourceFrame['origin']
  readonly done: readonly string[]
}

export interface FrameFailure {
  readonly candidate: string
  readonly found: FrameCase
  readonly why: string
  readonly fast: unknown
  readonly slow: readonly unknown[]
}

/** Cases, and how many of them each candidate recognised. */
export interface Share {
  cases: number
  /** What the slow way reads as one event and nothing else: all that could be recognised. */
  plain: number
  readonly recognised: Record<string, number>
}

export interface FrameReport {
  readonly unmutated: Readonly<Record<SourceFrame['origin'], Share>>
  readonly mutated: Share
  readonly failures: readonly FrameFailure[]
}

export interface FrameFuzz {
  readonly seed: number
  readonly runs: number
  readonly frames: readonly SourceFrame[]
  readonly candidates: readonly FrameCandidate[]
  readonly progress?: (done: number) => void
}

/** A reader that is wrong is wrong often: so many failures say enough. */
const mostFailures = 3
const progressEvery = 10_000

export function fuzzFrames({ seed, runs, frames, candidates, progress }: FrameFuzz): FrameReport {
  const unmutated = { exchange: newShare(), recordings: newShare() }
  const mutated = newShare()
  const failures: FrameFailure[] = []
  for (let index = 0; index < frames.length && failures.length < mostFailures; index++) {
    const found = plainCase(frames, index)
    failures.push(...judge(found, candidates, unmutated[found.origin]))
  }
  const random = new Random()
  for (let index = 0; index < runs && failures.length < mostFailures; index++) {
    failures.push(...judge(mutatedCase(random, seed, frames, index), candidates, mutated))
    if ((index + 1) % progressEvery === 0) progress?.(index + 1)
  }
  return { unmutated, mutated, failures }
}

/** Shows the candidates every frame as it is, as a run does first: some learn from what they see. */
export function teach(frames: readonly SourceFrame[], candidates: readonly FrameCandidate[]): void {
  for (const { text } of frames) for (const candidate of candidates) candidate.read(bytesAlone(text))
}

/** The case of an id; `undefined` when there is none. */
export function frameCase(
  seed: number,
  frames: readonly SourceFrame[],
  kind: string,
  index: number,
): FrameCase | undefined {
  if (kind === 'frame') return mutatedCase(new Random(), seed, frames, index)
  return kind === 'plain' && index < frames.length ? plainCase(frames, index) : undefined
}

/** What is wrong with how the candidates read a case, one failure each; counts it in `share`. */
export function judge(
  found: FrameCase,
  candidates: readonly FrameCandidate[],
  share: Share,
): readonly FrameFailure[] {
  const slow = slowVerdict(found.bytes)
  share.cases++
  if (slow.plain !== undefined) share.plain++
  return candidates.flatMap((candidate) => {
    const { name } = candidate
    let fast: unknown
    let why: string | undefined
    try {
      fast = candidate.read(found.bytes)
      if (fast !== undefined) share.recognised[name] = (share.recognised[name] ?? 0) + 1
      why = faultOf(fast, candidate.drift?.() ?? [], slow, found)
    } catch (error) {
      why = `it threw ${String(error)}`
    }
    return why === undefined ? [] : [{ candidate: name, found, why, fast, slow: slow.told }]
  })
}

function faultOf(
  fast: unknown,
  drift: readonly string[],
  slow: SlowVerdict,
  { id, origin }: FrameCase,
): string | undefined {
  if (fast === undefined) {
    const mustTake = origin === 'exchange' && id.startsWith('plain')
    return mustTake ? 'a frame of the exchange was not recognised' : undefined
  }
  if (slow.plain === undefined)
    return `it was taken, and to the slow way it is no one event (${slow.outcome})`
  const difference = differenceOf(fast, slow.plain)
  if (difference !== undefined) return `they differ at ${difference}`
  const [told, expected] = [drift, slow.drift].map((names) => [...names].sort().join(', '))
  return told === expected ? undefined : `the drift told is '${told}', not '${expected}'`
}

function plainCase(frames: readonly SourceFrame[], index: number): FrameCase {
  const { text, origin } = frames[index] as SourceFrame
  return { id: `plain:${index}`, bytes: bytesAlone(text), origin, done: [] }
}

function mutatedCase(random: Random, seed: number, frames: readonly SourceFrame[], index: number): FrameCase {
  random.begin(seed, 'frame', index)
  const frame = random.pick(frames)
  const { bytes, done } = mutate(random, frame)
  return { id: `frame:${index}`, bytes: placed(random, bytes, frame), origin: frame.origin, done }
}

/** In a buffer of its own, or amid bytes that would go on as the frame did before it was cut. */
function placed(random: Random, bytes: string, { text }: SourceFrame): Uint8Array {
  if (random.once(3)) return bytesAlone(bytes)
  return bytesAmid(text.slice(0, random.below(9)), bytes, random.once(3) ? text : text.slice(bytes.length))
}

export function newShare(): Share {
  return { cases: 0, plain: 0, recognised: {} }
}
