/** Recordings of a spec's own making, in a folder that goes with the spec. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PublicFrame } from '../../../src/protocol/events'
import { anOrderbook, aTrade, virtualStartMs } from '../../../src/testing'

export interface RecordingFolder {
  readonly path: string
  /** Writes a file and says where it is. */
  file(name: string, text: string): string
  /** Books and trades in turn, a millisecond apart, one line each; `more` follows them. */
  recording(name: string, frames: number, more?: string): string
}

/** To be called at the top of a spec: the folder is removed after its last test. */
export function recordingFolder(): RecordingFolder {
  const path = mkdtempSync(join(tmpdir(), 'upbit-rx-'))
  afterAll(() => rmSync(path, { recursive: true }))
  const file = (name: string, text: string): string => {
    writeFileSync(join(path, name), text)
    return join(path, name)
  }
  return {
    path,
    file,
    recording: (name, frames, more = '') =>
      file(name, Array.from({ length: frames }, (_, index) => line(index)).join('') + more),
  }
}

/** The text of a frame on the wire, where the exact id of a trade is a number. */
export function wireText(frame: PublicFrame): string {
  return JSON.stringify(frame).replace(/("sequential_id":)"(\d+)"/, '$1$2')
}

function line(index: number): string {
  const stamp = virtualStartMs + index
  const frame =
    index % 3 === 0 ? anOrderbook({ timestamp: stamp, code: 'KRW-IQ' }) : aTrade({ trade_timestamp: stamp })
  return `{"t":${stamp},"frame":${wireText(frame)}}\n`
}
