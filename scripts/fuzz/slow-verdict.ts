/** What the slow way, which decides, makes of a frame's bytes: the other half of every comparison. */
import type { PublicFrame } from '../../src/protocol/events'
import { frameText } from '../../src/protocol/frame-text'
import { readSlow } from '../../src/protocol/slow-reader'

export interface SlowVerdict {
  readonly outcome: 'decoded' | 'rejected' | 'control'
  /** The one event of a frame of which there is nothing else to tell: all that a fast reader may take. */
  readonly plain: PublicFrame | undefined
  /** All that was told, for whoever reads of a failure. */
  readonly told: readonly unknown[]
}

export function slowVerdict(bytes: Uint8Array): SlowVerdict {
  const text = frameText(bytes)
  if (text === undefined) return { outcome: 'rejected', plain: undefined, told: ['no UTF-8'] }
  const told: unknown[] = []
  const events: PublicFrame[] = []
  const outcome = readSlow(text, {
    event: (event) => void events.push(event),
    control: (control) => void told.push({ control }),
    rejected: (rejected) => void told.push({ rejected }),
    drift: (drift) => void told.push({ drift }),
  })
  const plain = events.length === 1 && told.length === 0 ? events[0] : undefined
  return { outcome, plain, told: [...events, ...told] }
}
