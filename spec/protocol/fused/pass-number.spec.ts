import { passNumber } from '../../../src/protocol/fused/pass-number'
import { numberSpelling } from '../../../scripts/fuzz/number-spellings'
import { Random } from '../../../scripts/fuzz/random'

/** The end of the number that a text begins with, -1 where there is none; a comma follows, as in a frame. */
function end(text: string): number {
  const bytes = Buffer.from(`${text},`)
  return passNumber(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0)
}

describe('passNumber', () => {
  it.each(['0', '-0', '7', '158219000.00000000', '0E-8', '1.16539E8', '5.0e-4', '1e+3', '9'.repeat(200)])(
    'goes past %s',
    (text) => {
      expect(end(text)).toBe(text.length)
    },
  )

  it.each([
    '',
    '-',
    '01',
    '-01',
    '+1',
    '.5',
    '1.',
    '1.e3',
    '1e',
    '1e+',
    'x',
    '"1"',
    'null',
    '1e100',
    '9'.repeat(201),
  ])('takes %s for none, or for one that is not worth passing', (text) => {
    expect(end(text)).toBe(-1)
  })

  it('passes only what JSON.parse takes whole for a finite number, of 100,000 spellings', () => {
    const random = new Random()
    let passed = 0
    for (let index = 0; index < 100_000; index++) {
      random.begin(3, 'passed', index)
      const text = numberSpelling(random)
      if (end(text) !== Buffer.byteLength(text)) continue
      passed++
      expect(Number.isFinite(JSON.parse(text) as number)).toBe(true)
    }
    expect(passed).toBeGreaterThan(50_000)
  })
})
