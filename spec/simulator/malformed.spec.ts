import { createDecoder } from '../../src/protocol/decode'
import { malformedFrame, malformedShapes } from '../../src/simulator/malformed'

describe('malformedFrame', () => {
  it.each(malformedShapes)('%s is rejected by the decoder and pollutes nothing', (shape) => {
    const outcomes: string[] = []
    const decoder = createDecoder({
      event: () => outcomes.push('event'),
      control: () => outcomes.push('control'),
      rejected: () => outcomes.push('rejected'),
      drift: () => {},
    })
    expect(decoder.decode(malformedFrame(shape), 1, 1)).toBe('rejected')
    expect(outcomes).toEqual(['rejected'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('oversize is over 1 MiB', () => {
    expect(malformedFrame('oversize').length).toBeGreaterThan(1_048_576)
  })
})
