import { NEVER, of, Subject, throwError } from 'rxjs'
import { Hub } from '../../src/channels/hub'
import { seldomAsked } from '../../src/channels/seldom-asked'
import { streamKey } from '../../src/registry/stream-key'
import { aTrade } from '../../src/testing'
import { record } from '../support/recorder'
import { virtualTime } from '../support/virtual-time'
import { laneWorld, recordingTarget } from './support/lane-world'

/** A consumer of these. */
function enrolled(hub: Hub, type: 'trade' | 'candle.1m', codes: readonly string[]): void {
  const keys = codes.map((code) => streamKey(type, code))
  const kind = type === 'trade' ? 'trade' : 'candle'
  hub.enrol({ owner: {}, kind, keys, options: {}, target: recordingTarget().target }).enter()
}

describe('seldomAsked', () => {
  it('asks once in five minutes, however many want to know', () => {
    const time = virtualTime()
    let count = 0
    const asked = jest.fn(() => of(new Set([`KRW-${++count}`])))
    const listed$ = seldomAsked(time.environment, asked)
    const values = (): unknown => record(listed$()).values
    expect(asked).not.toHaveBeenCalled()
    expect([values(), values()]).toEqual([[new Set(['KRW-1'])], [new Set(['KRW-1'])]])
    time.pass(299_999)
    expect(values()).toEqual([new Set(['KRW-1'])])
    time.pass(1)
    expect(values()).toEqual([new Set(['KRW-2'])])
  })

  it('gives those who ask meanwhile the answer that is on its way', () => {
    const answerSubject = new Subject<ReadonlySet<string>>()
    const listed$ = seldomAsked(virtualTime().environment, () => answerSubject)
    const [first, second] = [record(listed$()), record(listed$())]
    answerSubject.next(new Set(['KRW-BTC']))
    expect([first.values, second.values]).toEqual([[new Set(['KRW-BTC'])], [new Set(['KRW-BTC'])]])
  })

  it('says nothing where the list cannot be had, and tries again as seldom', () => {
    const time = virtualTime()
    const asked = jest.fn(() => throwError(() => new Error('no network')))
    const listed$ = seldomAsked(time.environment, asked)
    expect(record(listed$())).toMatchObject({ values: [], end: 'complete' })
    expect(record(listed$())).toMatchObject({ values: [], end: 'complete' })
    expect(asked).toHaveBeenCalledTimes(1)
    time.pass(300_000)
    record(listed$())
    expect(asked).toHaveBeenCalledTimes(2)
  })
})

describe('SILENT_CODE of trades and candles', () => {
  const listed = (...codes: string[]) => jest.fn(() => of(new Set(codes)))

  it('C10.3 is told where the market list lacks the code, and asked for once', () => {
    const { ports, errors, pass } = laneWorld()
    const listed$ = listed('KRW-BTC')
    const hub = new Hub({ ...ports, listed$ })
    enrolled(hub, 'trade', ['KRW-BTC', 'KRW-NOPE'])
    enrolled(hub, 'candle.1m', ['KRW-GONE'])
    pass(5999)
    expect(listed$).not.toHaveBeenCalled()
    pass(1)
    expect(listed$).toHaveBeenCalledTimes(1)
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ['SILENT_CODE', 'trade KRW-NOPE has sent nothing, and the exchange does not list KRW-NOPE.'],
      ['SILENT_CODE', 'candle.1m KRW-GONE has sent nothing, and the exchange does not list KRW-GONE.'],
    ])
    hub.end()
  })

  it('C10.3 nobody is asked about a code that has spoken, nor without the means', () => {
    for (const listed$ of [listed(), undefined]) {
      const { ports, exchange, errors, pass } = laneWorld()
      const hub = new Hub({ ...ports, listed$ })
      enrolled(hub, 'trade', ['KRW-BTC'])
      pass(1000)
      if (listed$ !== undefined) exchange.emit(aTrade({ code: 'KRW-BTC' }))
      pass(60_000)
      expect(errors).toEqual([])
      if (listed$ !== undefined) expect(listed$).not.toHaveBeenCalled()
      hub.end()
    }
  })

  it('C1.6 the question ends with the connection', () => {
    const { ports, pass } = laneWorld()
    const answerSubject = new Subject<ReadonlySet<string>>()
    const hub = new Hub({ ...ports, listed$: () => answerSubject })
    enrolled(hub, 'trade', ['KRW-NOPE'])
    pass(6000)
    expect(answerSubject.observed).toBe(true)
    hub.end()
    pass(5000)
    expect(answerSubject.observed).toBe(false)
  })

  it('C10.3 an answer that never comes says nothing', () => {
    const { ports, errors, pass } = laneWorld()
    const hub = new Hub({ ...ports, listed$: () => NEVER })
    enrolled(hub, 'trade', ['KRW-NOPE'])
    pass(60_000)
    expect(errors).toEqual([])
    hub.end()
  })
})
