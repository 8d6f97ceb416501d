/** What the slow way, which decides, makes of a frame's bytes: the other half of every comparison. */
import type { PublicFrame } from '../../src/protocol/events'
import { publicVocabulary } from '../../src/protocol/events'
import type { FrameSink } from '../../src/protocol/frame-sink'
import { frameText } from '../../src/protocol/frame-text'
import { readSlow } from '../../src/protocol/slow-reader'

export interface SlowVerdict {
  readonly outcome: 'decoded' | 'rejected' | 'control'
  /** The one event of a frame that holds nothing else: all that a fast reader may take. */
  readonly plain: PublicFrame | undefined
  /** Names of what the tables do not know, which whoever takes the event must tell too. */
  readonly drift: readonly string[]
  /** All that was told, for whoever reads of a failure. */
  readonly told: readonly unknown[]
}

export function slowVerdict(bytes: Uint8Array): SlowVerdict {
  const text = frameText(bytes)
  if (text === undefined) return { outcome: 'rejected', plain: undefined, drift: [], told: ['no UTF-8'] }
  const events: PublicFrame[] = []
  const drift: string[] = []
  const others: unknown[] = []
  const sink: FrameSink<PublicFrame> = {
    event: (event) => void events.push(event),
    control: (control) => void others.push({ control }),
    rejected: (rejected) => void others.push({ rejected }),
    drift: (name) => void drift.push(name),
  }
  const outcome = readSlow(text, sink, publicVocabulary)
  const plain = events.length === 1 && others.length === 0 ? events[0] : undefined
  return { outcome, plain, drift, told: [...events, ...others, ...drift.map((name) => ({ drift: name }))] }
}
