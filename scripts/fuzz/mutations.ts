/**
 * A frame with up to three edits, and sometimes damage that knows nothing of JSON: bytes flipped, inserted and removed,
 * pieces cut out or doubled, the end missing, other things around it.
 */
import { byteText } from './byte-text'
import type { Cut, EditedFrame } from './frame-edits'
import { edits } from './frame-edits'
import type { Random } from './random'

export interface Mutation {
  /** The frame's bytes, as `byte-text.ts` has them. */
  readonly bytes: string
  /** What was done, in words. */
  readonly done: readonly string[]
}

/** One edit is what most readers fall over; of several one may hide the others. */
const editCounts = [0, 1, 1, 1, 1, 2, 2, 3]

export function mutate(random: Random, frame: EditedFrame): Mutation {
  const done: string[] = []
  const cuts: Cut[] = []
  if (frame.members.length > 0) {
    for (let left = random.pick(editCounts); left > 0; left--) {
      const [name, edit] = random.pick(edits)
      const made = edit(random, frame)
      // Both halves of a swap or none.
      if (made.some((cut) => cuts.some((other) => overlap(cut, other)))) continue
      cuts.push(...made)
      done.push(name)
    }
  }
  let bytes = applied(frame.text, cuts)
  if (random.once(10)) {
    bytes = random.pick(surroundings)(bytes)
    done.push('other things around it')
  }
  if (done.length === 0 || random.once(8)) {
    for (let left = 1 + random.below(3); left > 0; left--) {
      const [name, damage] = random.pick(damages)
      bytes = damage(random, bytes)
      done.push(name)
    }
  }
  return { bytes, done }
}

function overlap(one: Cut, other: Cut): boolean {
  // Two insertions at one place are fine; one inside another's cut is not.
  return one.start < other.end && other.start < one.end
}

function applied(text: string, cuts: readonly Cut[]): string {
  let result = ''
  let at = 0
  for (const { start, end, put } of [...cuts].sort((one, other) => one.start - other.start)) {
    result += text.slice(at, start) + put
    at = Math.max(at, end)
  }
  return result + text.slice(at)
}

const surroundings: readonly ((bytes: string) => string)[] = [
  (bytes) => `[${bytes}]`,
  (bytes) => `[[${bytes}]]`,
  (bytes) => `[${bytes},${bytes}]`,
  (bytes) => `[${bytes},{"type":"ticker"},5]`,
  (bytes) => `[${bytes},]`,
  (bytes) => `[${bytes}`,
  (bytes) => `${bytes}]`,
  (bytes) => bytes + bytes,
  (bytes) => `${bytes} `,
  (bytes) => `\n${bytes}\r\n`,
  (bytes) => `[ ${bytes}\t]`,
  (bytes) => byteText('\ufeff') + bytes,
  (bytes) => `${bytes}\u0000`,
  (bytes) => `{"data":${bytes}}`,
  (bytes) => bytes.slice(1),
  (bytes) => bytes.replace(/^\[|\]$/g, ''),
]

/** Bytes that mean something to a reader. */
const tellingBytes = (
  '"\\{}[]:,-+.eE0159 \n\t/ux\u0000\u001f\u007f' + '\x80\xbf\xc0\xc3\xe0\xed\xef\xf0\xf4\xf5\xff'
).split('')

const anyByte = (random: Random): string =>
  random.once(2) ? random.pick(tellingBytes) : String.fromCharCode(random.below(256))

type Damage = (random: Random, bytes: string) => string

const damages: readonly (readonly [name: string, damage: Damage])[] = [
  [
    'a bit flipped',
    (random, bytes) => {
      const at = random.below(bytes.length)
      const flipped = String.fromCharCode(bytes.charCodeAt(at) ^ (1 << random.below(8)))
      return bytes.slice(0, at) + flipped + bytes.slice(at + 1)
    },
  ],
  [
    'a byte replaced',
    (random, bytes) => {
      const at = random.below(bytes.length)
      return bytes.slice(0, at) + anyByte(random) + bytes.slice(at + 1)
    },
  ],
  [
    'a byte inserted',
    (random, bytes) => {
      const at = random.below(bytes.length + 1)
      return bytes.slice(0, at) + anyByte(random) + bytes.slice(at)
    },
  ],
  [
    'a byte removed',
    (random, bytes) => {
      const at = random.below(bytes.length)
      return bytes.slice(0, at) + bytes.slice(at + 1)
    },
  ],
  [
    'a piece removed',
    (random, bytes) => {
      const at = random.below(bytes.length)
      return bytes.slice(0, at) + bytes.slice(at + random.below(40))
    },
  ],
  [
    'a piece doubled',
    (random, bytes) => {
      const at = random.below(bytes.length)
      return bytes.slice(0, at + random.below(40)) + bytes.slice(at)
    },
  ],
  ['the end cut off', (random, bytes) => bytes.slice(0, random.below(bytes.length))],
]
