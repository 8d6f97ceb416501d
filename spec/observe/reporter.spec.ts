import { config } from 'rxjs'
import { errorCodes, UpbitError } from '../../src/base/errors'
import type { UpbitErrorDetails } from '../../src/base/errors'
import type { Logger } from '../../src/observe/reporter'
import { createReporter } from '../../src/observe/reporter'
import { record } from '../support/recorder'
import { virtualTime } from '../support/virtual-time'

function setUp(logger?: Logger | false) {
  const time = virtualTime()
  const warnings: [message: string, code: string][] = []
  const reporter = createReporter({
    environment: time.environment,
    logger,
    warn: (...given) => warnings.push(given),
  })
  return { ...reporter, time, warnings }
}

const problem = (details: UpbitErrorDetails = {}): UpbitError =>
  new UpbitError('HANDLER_FAILED', 'It failed.', { nextStep: 'Mend it.', ...details })

describe('createReporter', () => {
  it('C8.1 warns with the message, the next step and the code', () => {
    const { report, warnings } = setUp()
    report(problem())
    report(new UpbitError('TIMEOUT', 'Too late.'))
    expect(warnings).toEqual([
      ['It failed. Mend it.', 'HANDLER_FAILED'],
      ['Too late.', 'TIMEOUT'],
    ])
  })

  it.each<[string, UpbitErrorDetails]>([
    ['consumer', { consumer: 'a' }],
    ['stream', { stream: 'a' }],
    ['path', { path: 'a' }],
    ['name of the exchange', { serverName: 'a' }],
  ])('C8.1 another %s is another problem', (_, details) => {
    const { report, warnings } = setUp()
    for (const each of [problem(), problem(details), problem(), problem(details)]) report(each)
    expect(warnings).toHaveLength(2)
  })

  it('C8.1 another message, epoch or cause is the same problem', () => {
    const { report, warnings } = setUp()
    report(problem({ epoch: 1, cause: 1 }))
    report(problem({ epoch: 2, cause: 2 }))
    report(new UpbitError('HANDLER_FAILED', 'It failed in another way.'))
    expect(warnings).toHaveLength(1)
  })

  it('C8.1 another element of a list is the same problem', () => {
    const { report, warnings } = setUp()
    for (let i = 0; i < 20; i++) report(problem({ path: `$[${i}].units[${i}].size` }))
    report(problem({ path: '$[0].units[0].price' }))
    expect(warnings).toHaveLength(2)
  })

  it('C8.1 warns of a hundred problems of one code in a minute, and says that there are more', () => {
    const { report, warnings, time } = setUp()
    for (let i = 0; i < 5000; i++) report(problem({ stream: `ticker ${i}` }))
    expect(warnings).toHaveLength(101)
    expect(warnings[100]).toEqual([
      'More than 100 different problems of this kind within a minute; further ones are not shown. ' +
        'Listen to errors$, which tells every one.',
      'HANDLER_FAILED',
    ])
    report(new UpbitError('TIMEOUT', 'Too late.'))
    expect(warnings).toHaveLength(102)
    time.pass(60_000)
    report(problem({ stream: 'ticker anew' }))
    expect(warnings).toHaveLength(103)
  })

  it('C8.1 the minute counts from the last warning, not from the last problem', () => {
    const { report, warnings, time } = setUp()
    const counts: number[] = []
    for (let second = 0; second <= 130; second += 10) {
      report(problem())
      counts.push(warnings.length)
      time.pass(10_000)
    }
    expect(counts).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3])
  })

  it('C8.1 while somebody listens to errors$ all go there, and nothing else happens', () => {
    const logger = { warn: jest.fn() }
    for (const { errors$, report, warnings } of [setUp(), setUp(logger), setUp(false)]) {
      const listener = record(errors$)
      const given = [problem(), problem()]
      for (const each of given) report(each)
      expect(listener.values).toEqual(given)
      expect(listener.values[0]).toBe(given[0])
      expect(warnings).toEqual([])
    }
    expect(logger.warn).not.toHaveBeenCalled()
  })

  it('C8.1 what was told on errors$ is not held against a later warning', () => {
    const { errors$, report, warnings } = setUp()
    const listener = record(errors$)
    report(problem())
    listener.subscription.unsubscribe()
    report(problem())
    expect(warnings).toHaveLength(1)
  })

  it('C8.1 a logger gets details and message; false gets nothing', () => {
    const warn = jest.fn()
    const withLogger = setUp({ warn })
    withLogger.report(problem({ consumer: 'chart', stream: 's', path: 'p' }))
    withLogger.report(problem({ consumer: 'chart', stream: 's', path: 'p' }))
    expect(warn.mock.calls).toEqual([
      [
        { code: 'HANDLER_FAILED', consumer: 'chart', stream: 's', path: 'p', nextStep: 'Mend it.' },
        'It failed.',
      ],
    ])
    const without = setUp(false)
    without.report(problem())
    expect([...withLogger.warnings, ...without.warnings]).toEqual([])
  })

  it('C4.4 a logger that throws does not reach whoever reports, and is rethrown by RxJS’s rule', () => {
    const before = config.onUnhandledError
    const unhandled: unknown[] = []
    config.onUnhandledError = (error) => unhandled.push(error)
    jest.useFakeTimers()
    try {
      const broken = new Error('disk full')
      const { report } = setUp({
        warn: () => {
          throw broken
        },
      })
      expect(() => report(problem())).not.toThrow()
      jest.runAllTimers()
      expect(unhandled).toEqual([broken])
    } finally {
      jest.useRealTimers()
      config.onUnhandledError = before
    }
  })

  /** So many codes that the most of one code is never reached. */
  const nth = (i: number): UpbitError =>
    new UpbitError(errorCodes[i % errorCodes.length]!, 'It failed.', { consumer: `${i}` })

  it('remembers a thousand problems: beyond that the oldest may be told again early', () => {
    const { report, warnings } = setUp()
    for (let i = 0; i <= 1000; i++) report(nth(i))
    report(nth(1000))
    expect(warnings).toHaveLength(1001)
    report(nth(0))
    expect(warnings).toHaveLength(1002)
  })

  it('a problem that was told again is no longer the oldest', () => {
    const { report, warnings, time } = setUp()
    for (let i = 0; i < 1000; i++) report(nth(i))
    time.pass(60_000)
    report(nth(0))
    report(nth(1000))
    expect(warnings).toHaveLength(1002)
    report(nth(0))
    expect(warnings).toHaveLength(1002)
  })
})
