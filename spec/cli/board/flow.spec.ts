import { flow } from '../../../src/cli/board/flow'

const pieces = ['events/s 12', 'queue 0', 'drops 0'].map((text) => ({ text }))

describe('flow', () => {
  it('puts pieces on one line as long as they fit', () => {
    expect(flow(pieces, 31)).toEqual(['events/s 12   queue 0   drops 0'])
  })

  it('begins a new line for a piece that does not fit', () => {
    expect(flow(pieces, 30)).toEqual(['events/s 12   queue 0', 'drops 0'])
    expect(flow(pieces, 11)).toEqual(['events/s 12', 'queue 0', 'drops 0'])
  })

  it('cuts a piece that is wider than a line', () => {
    expect(flow(pieces, 8)).toEqual(['events/…', 'queue 0', 'drops 0'])
  })

  it('measures what is seen, not the colours', () => {
    const red = (text: string): string => `<red>${text}</red>`
    expect(flow([{ text: 'a', paint: red }, { text: 'b' }], 3, ' ')).toEqual(['<red>a</red> b'])
  })

  it('is no line for no piece', () => {
    expect(flow([], 80)).toEqual([])
  })
})
