import { retryAfterMs, statedWaitMs } from '../../src/transport/stated-wait'
import fc from '../support/seeded-fast-check'

describe('statedWaitMs', () => {
  it.each([
    ['Too many API requests. Blocked for 60 seconds.', 60_000],
    ['blocked for 1 second', 1000],
    ['retry in 5s', 5000],
    ['retry in 30 sec.', 30_000],
    ['30초 후에 다시 시도해 주세요.', 30_000],
    ['10초간', 10_000],
    ['10분 동안 차단되었습니다.', 600_000],
    ['Blocked for 2 minutes.', 120_000],
    [`Blocked for ${'9'.repeat(400)} seconds`, 2 ** 31 - 1],
    ['{"error":{"name":"too_many","message":"wait 7 seconds"}}', 7000],
    ['1 hour', 3_600_000],
    ['1h', 3_600_000],
    ['2시간', 7_200_000],
    ['2 days', 172_800_000],
    ['3일 동안 차단', 259_200_000],
    ['1일 2시간', 7_200_000],
    ['5m30s', 330_000],
    ['1 minute 30 seconds', 90_000],
    ['1 hour, 2 minutes and 3 seconds', 3_723_000],
    ['1분 30초', 90_000],
    ['1시간30분', 5_400_000],
    ['1,800 seconds', 1_800_000],
    ['1,234,567.5 ms', 1_234_568],
    ['0.5 s', 500],
    ['0,5 s', 500],
    ['1.5 minutes', 90_000],
    ['1000ms', 1000],
    ['90 SECONDS', 90_000],
    ['0 seconds', 0],
    ['codes 1,2,3 s', 3000],
    ['in 5 s, 10 requests left', 5000],
    ['10 of 20 calls, wait 3 s', 3000],
    ['5 s. 5 s', 5000],
    ['wait,5 s', 5000],
  ])('C10.2 reads the time that %p names', (text, waitMs) => {
    expect(statedWaitMs(text)).toBe(waitMs)
  })

  it.each([
    '',
    'Too many API requests.',
    '5 sessions',
    '3 servers, 12 markets',
    'seconds',
    'HTTP 418',
    '11월 26일',
    ', . s',
  ])('finds none in %p', (text) => {
    expect(statedWaitMs(text)).toBeUndefined()
  })

  it('C10.2 property: reads back whatever is written in parts, in words of both languages, with text around it', () => {
    const spelt = fc.constantFrom(
      ['d', 'h', 'm', 's', ''],
      [' days', ' hours', ' minutes', ' seconds', ' '],
      ['일간', '시간', '분', '초', ' '],
    )
    const parts = fc.tuple(fc.nat(20), fc.nat(23), fc.nat(59), fc.nat(59))
    const around = fc.constantFrom('', 'Blocked for ', 'HTTP 418: ', '차단: ')
    fc.assert(
      fc.property(spelt, parts, around, (names, numbers, before) => {
        const shown = numbers.flatMap((number, index) => (number === 0 ? [] : [`${number}${names[index]!}`]))
        fc.pre(shown.length > 0)
        const [d, h, m, s] = numbers
        expect(statedWaitMs(`${before}${shown.join(names[4])}.`)).toBe(
          (((d * 24 + h) * 60 + m) * 60 + s) * 1000,
        )
      }),
    )
  })

  it('C8.3 property: any text gives nothing, or a time that a timer takes', () => {
    const piece = fc.constantFrom(
      '1',
      '9',
      '.',
      ',',
      ' ',
      's',
      'm',
      'h',
      'd',
      '초',
      '분',
      'and ',
      '-',
      '\n',
      'ms',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 60 }).map((all) => all.join('')),
        ),
        (text) => {
          const waitMs = statedWaitMs(text)
          if (waitMs !== undefined)
            expect(waitMs >= 0 && waitMs < 2 ** 31 && Number.isInteger(waitMs)).toBe(true)
        },
      ),
    )
  })

  it.each([
    ['digits', '1'.repeat(1 << 17)],
    ['spaces after a digit', `1${' '.repeat(1 << 20)}`],
    ['digits with spaces', '1 '.repeat(1 << 16)],
    ['digits with commas', '1,'.repeat(1 << 19)],
    ['thousands', `1${',000'.repeat(1 << 18)},`],
    ['points and commas', '.,'.repeat(1 << 19)],
    ['points before a digit', `${'.'.repeat(1 << 20)}1`],
    ['a digit before points', `1${'.'.repeat(1 << 20)}x`],
  ])('C8.3 reads a text of %s once and not once for each of its characters', (_case, text) => {
    const before = process.cpuUsage()
    expect(statedWaitMs(text)).toBeUndefined()
    // One pass takes a few ms, a pass for each character 16 s.
    expect(process.cpuUsage(before).user).toBeLessThan(1e6)
  })
})

describe('retryAfterMs', () => {
  const date = 'Thu, 26 Nov 2026 10:00:00 GMT'
  it.each([
    ['30', undefined, 30_000],
    [' 1.5 ', undefined, 1500],
    ['9'.repeat(400), undefined, 2 ** 31 - 1],
    ['Thu, 26 Nov 2026 10:05:00 GMT', date, 300_000],
    ['Thursday, 26-Nov-26 10:05:00 GMT', date, 300_000],
    ['Thu, 26 Nov 2026 09:00:00 GMT', date, 0],
    ['Thu, 26 Nov 2090 09:00:00 GMT', date, 2 ** 31 - 1],
    ['Thu, 26 Nov 2026 10:05:00 GMT', undefined, undefined],
    ['Thu, 26 Nov 2026 10:05:00 GMT', 'now', undefined],
    ['tomorrow', date, undefined],
    ['-5', date, undefined],
    ['', date, undefined],
    [undefined, date, undefined],
  ])('C10.2 takes %p at %p for %p ms', (header, at, waitMs) => {
    expect(retryAfterMs(header, at)).toBe(waitMs)
  })
})
