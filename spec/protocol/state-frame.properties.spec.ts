/** What holds for the skim of every frame, damaged or not: it says what the decoded event says, or nothing. */
import { bytesAlone } from '../../scripts/fuzz/byte-text'
import { corpus } from '../../scripts/fuzz/corpus'
import { exchangeFrames } from '../../scripts/fuzz/exchange-frames'
import { frameCase } from '../../scripts/fuzz/fuzz-frames'
import { slowVerdict } from '../../scripts/fuzz/slow-verdict'
import { FrameBytes } from '../../src/protocol/frame-bytes'
import type { StateFrame } from '../../src/protocol/state-frame'
import { stateFrame } from '../../src/protocol/state-frame'

const frames = corpus(exchangeFrames(), [])
const opened = new FrameBytes()

function skim(bytes: Uint8Array): StateFrame | undefined {
  try {
    return opened.open(bytes) && !opened.head.isList ? stateFrame(opened, bytes, 1, 2) : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Of a name that comes twice JSON takes the last; the skim takes the one where it looks (`inbound.ts` sees to that). */
const names = ['type', 'ty', 'code', 'cd', 'timestamp', 'tms', 'stream_type', 'st', 'level', 'lv']
const isRepeated = (text: string): boolean => names.some((name) => text.split(`"${name}"`).length > 2)

/** Compares with the event where there is one; says whether there was something to compare. */
function compare(bytes: Uint8Array): boolean {
  const skimmed = skim(bytes)
  const { plain } = slowVerdict(bytes)
  if (skimmed === undefined || plain === undefined || isRepeated(Buffer.from(bytes).toString())) return false
  const { type, code, timestamp, stream_type } = plain
  const level = ('level' in plain ? plain.level : undefined) ?? 0
  expect(skimmed).toMatchObject({ type, code, timestamp, stream_type, level })
  return true
}

describe('the skim of a frame', () => {
  it('says of each bare ticker and order book of the exchange what is in it', () => {
    const states = frames.filter(({ text }) => /^\{"(?:type|ty)":"(?:ticker|orderbook)"/.test(text))
    expect(states.length).toBeGreaterThan(90)
    for (const { text } of states) expect(compare(bytesAlone(text))).toBe(true)
  })

  it('says of a damaged frame that is still an event what is in it, or nothing', () => {
    let compared = 0
    for (let index = 0; index < 20_000; index++) {
      const found = frameCase(5, frames, 'frame', index)
      if (found !== undefined && compare(found.bytes)) compared++
    }
    expect(compared).toBeGreaterThan(300)
  })
})
