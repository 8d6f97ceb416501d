import { take } from 'rxjs'
import type { RawFrame } from '../../src/transport/socket'
import { HeldFrames } from '../../src/connection/held-frames'

function read(held: HeldFrames): RawFrame[] {
  const seen: RawFrame[] = []
  held.frames$.subscribe({ next: (raw) => seen.push(raw), complete: () => seen.push('complete') })
  return seen
}

describe('HeldFrames', () => {
  it('gives what it keeps, then what comes, and ends with the socket', () => {
    const held = new HeldFrames()
    held.add('1')
    held.add('2')
    const seen = read(held)
    expect(seen).toEqual(['1', '2'])
    held.add('3')
    held.complete()
    expect(seen).toEqual(['1', '2', '3', 'complete'])
  })

  it('ends at once where the socket has ended', () => {
    const held = new HeldFrames()
    held.add('1')
    held.complete()
    expect(read(held)).toEqual(['1', 'complete'])
  })

  it('copies bytes, which are valid for a turn only', () => {
    const held = new HeldFrames()
    const bytes = new Uint8Array([1, 2])
    held.add(bytes)
    bytes.fill(0)
    expect(read(held)).toEqual([new Uint8Array([1, 2])])
  })

  it('stops with its reader', () => {
    const held = new HeldFrames()
    for (const raw of ['1', '2', '3']) held.add(raw)
    const seen: RawFrame[] = []
    held.frames$.pipe(take(2)).subscribe((raw) => seen.push(raw))
    held.add('4')
    expect(seen).toEqual(['1', '2'])
  })

  it.each([
    ['10,000 frames', '{}', 10_000],
    ['8 MiB', 'x'.repeat(1024 * 1024), 8],
  ])('has room for %s', (_, frame, most) => {
    const held = new HeldFrames()
    for (let count = 0; count < most; count++) expect(held.add(frame)).toBe(true)
    expect(held.add(frame)).toBe(false)
  })
})
