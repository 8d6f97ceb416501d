/** What holds for the skim of every frame, damaged or not: what it recognises is an event, and it says what is in that. */
import { bytesAlone } from '../../../scripts/fuzz/byte-text'
import { corpus } from '../../../scripts/fuzz/corpus'
import { exchangeFrames } from '../../../scripts/fuzz/exchange-frames'
import { frameCase } from '../../../scripts/fuzz/fuzz-frames'
import { slowVerdict } from '../../../scripts/fuzz/slow-verdict'
import { FrameBytes } from '../../../src/protocol/frame-bytes'
import { FusedReader } from '../../../src/protocol/fused/fused-reader'
import { newReadCounts } from '../../../src/protocol/read-counts'

const frames = corpus(exchangeFrames(), [])
const opened = new FrameBytes()

/** A reader that has learned the exchange's own frames. */
function taught(): FusedReader {
  const reader = new FusedReader()
  for (const { text } of frames) {
    if (opened.open(bytesAlone(text))) reader.read(opened, 1, 2, newReadCounts())
  }
  return reader
}

/** Compares with the slow way and with what the reader makes of it; says whether the skim recognised it. */
function compare(reader: FusedReader, bytes: Uint8Array): boolean {
  let isOpen = false
  try {
    isOpen = opened.open(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
  }
  const skimmed = isOpen ? reader.skim(opened, 1, 2) : undefined
  if (skimmed === undefined) return false
  const { plain, drift } = slowVerdict(bytes)
  expect([...reader.drift].sort()).toEqual([...drift].sort())
  const { type, code, timestamp, stream_type } = plain!
  const level = 'level' in plain! ? { level: plain.level } : {}
  const stamp = { epoch: 1, received_at: 2, source: 'socket' }
  expect(skimmed).toEqual({ type, code, timestamp, stream_type, ...level, ...stamp })
  expect(opened.open(bytes)).toBe(true)
  expect(reader.read(opened, 1, 2, newReadCounts())).toEqual({ ...plain, ...stamp })
  return true
}

describe('the skim of a frame', () => {
  it('recognises each ticker and order book of the exchange, and nothing else', () => {
    const reader = taught()
    for (const { text } of frames) {
      const isState = /^\[?\{"(?:type|ty)":"(?:ticker|orderbook)"/.test(text)
      expect(compare(reader, bytesAlone(text))).toBe(isState)
    }
  })

  it('recognises of damaged frames only what the slow way and the reader take for the same event', () => {
    const reader = taught()
    let recognised = 0
    for (let index = 0; index < 20_000; index++) {
      const found = frameCase(5, frames, 'frame', index)
      if (found !== undefined && compare(reader, found.bytes)) recognised++
    }
    expect(recognised).toBeGreaterThan(200)
  })
})
