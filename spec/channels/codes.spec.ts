import { checkCodes, checkUnit } from '../../src/channels/codes'
import { candleUnits } from '../../src/protocol/wire'
import fc from '../support/seeded-fast-check'

describe('checkCodes', () => {
  it('C2.2 one code or several, in order, without repetition', () => {
    expect(checkCodes('KRW-BTC')).toEqual(['KRW-BTC'])
    expect(checkCodes(['KRW-ETH', 'BTC-ETH', 'KRW-ETH', 'USDT-XRP'])).toEqual([
      'KRW-ETH',
      'BTC-ETH',
      'USDT-XRP',
    ])
  })

  it('C2.2 the first wrong one is named', () => {
    expect(() => checkCodes(['KRW-BTC', 'ETH/KRW', 'nonsense'])).toThrow("'ETH/KRW'")
  })

  it('C2.2 whatever is given, it passes or is an INVALID_CODE that names it and what to write', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.array(fc.string())), (given) => {
        try {
          expect(checkCodes(given).length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toMatchObject({
            code: 'INVALID_CODE',
            option: 'codes',
            message: expect.stringMatching(/^codes: [^]* is no market code; did you mean [^]+\?$/) as string,
            nextStep: expect.stringMatching(/^Write .+\.$/) as string,
          })
        }
      }),
    )
  })

  it('C2.2 several codes in one text are meant as a list', () => {
    expect(() => checkCodes('KRW-BTC,KRW-ETH')).toThrow("did you mean the list ['KRW-BTC', 'KRW-ETH']?")
    expect(() => checkCodes('KRW-BTC KRW-ETH, KRW-XRP KRW-SOL')).toThrow(
      "did you mean the list ['KRW-BTC', 'KRW-ETH', 'KRW-XRP', …]?",
    )
  })

  it('C2.2 a long one is shortened', () => {
    expect(() => checkCodes('x'.repeat(10_000))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{0,200}$/) as string }) as Error,
    )
  })
})

describe('checkUnit', () => {
  it('C2.2 the nine units of the wire', () => {
    expect(candleUnits.map(checkUnit)).toEqual(candleUnits)
    expect(candleUnits).toHaveLength(9)
    for (const unit of ['2m', '', '1M', undefined, null, 1]) {
      expect(() => checkUnit(unit as '1m')).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION', option: 'unit' }) as Error,
      )
    }
  })
})
