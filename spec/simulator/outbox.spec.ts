import type { CandleUnit } from '../../src/protocol/wire'
import { candleUnits, wireFormats } from '../../src/protocol/wire'
import { aCandle, anOrderbook, aTicker, aTrade } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const ticket = { ticket: 't' }

describe('data frames', () => {
  it.each(wireFormats)('44 are bytes in %s, for every type', (format) => {
    runVirtually(100, {}, ({ exchange, client, at }) => {
      const one = client()
      const types = ['ticker', 'trade', 'orderbook', ...candleUnits.map((unit) => `candle.${unit}`)]
      at(1, () => one.send([ticket, ...types.map((type) => ({ type, codes: ['KRW-BTC'] })), { format }]))
      at(10, () =>
        exchange.emit([
          aTicker(),
          aTrade(),
          anOrderbook(),
          ...candleUnits.map((unit: CandleUnit) => aCandle(unit)),
        ]),
      )
      at(20, () => {
        expect(one.notes).toHaveLength(12)
        expect(one.notes.every(({ raw }) => raw instanceof Uint8Array)).toBe(true)
        const key = format.startsWith('SIMPLE') ? 'ty' : 'type'
        const seen = one.json.map((frame) => (Array.isArray(frame) ? frame[0] : frame)[key] as string)
        expect(seen).toEqual(types)
        expect(one.json.every((frame) => Array.isArray(frame) === format.endsWith('LIST'))).toBe(true)
      })
    })
  })

  it('44 may be texts where they are no data', () => {
    runVirtually(1_000, { switches: { controlFrames: 'text' } }, ({ client, at }) => {
      const one = client()
      at(1, () => one.send('nonsense'))
      at(10, () => expect(typeof one.notes[0]?.raw).toBe('string'))
    })
  })

  it('53 may carry all that is ready in one turn', () => {
    runVirtually(100, { switches: { listFrames: 'same-turn' } }, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribeTo('ticker', ['KRW-BTC', 'KRW-ETH'], 'SIMPLE_LIST')))
      at(10, () => exchange.emit([aTicker(), aTicker({ code: 'KRW-ETH' })]))
      at(20, () => exchange.emit(aTicker()))
      at(30, () => expect(one.json.map((frame) => (frame as unknown as unknown[]).length)).toEqual([2, 1]))
    })
  })
})
