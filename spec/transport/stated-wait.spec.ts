import { statedWaitMs } from '../../src/transport/stated-wait'

describe('statedWaitMs', () => {
  it.each([
    ['Too many API requests. Blocked for 60 seconds.', 60_000],
    ['blocked for 1 second', 1000],
    ['retry in 5s', 5000],
    ['retry in 30 sec.', 30_000],
    ['30초 후에 다시 시도해 주세요.', 30_000],
    ['10분 동안 차단되었습니다.', 600_000],
    ['Blocked for 2 minutes.', 120_000],
    [`Blocked for ${'9'.repeat(400)} seconds`, 2 ** 31 - 1],
    ['{"error":{"name":"too_many","message":"wait 7 seconds"}}', 7000],
  ])('reads the time that %p names', (text, waitMs) => {
    expect(statedWaitMs(text)).toBe(waitMs)
  })

  it.each(['', 'Too many API requests.', '5 sessions', '3 servers, 12 markets', 'seconds', 'HTTP 418'])(
    'finds none in %p',
    (text) => {
      expect(statedWaitMs(text)).toBeUndefined()
    },
  )

  it.each([
    ['digits', '1'.repeat(1 << 17)],
    ['spaces after a digit', `1${' '.repeat(1 << 20)}`],
    ['digits with spaces', '1 '.repeat(1 << 19)],
  ])('C8.3 reads a text of %s once and not once for each of its characters', (_case, text) => {
    const before = process.cpuUsage()
    expect(statedWaitMs(text)).toBeUndefined()
    // One pass takes a few ms, a pass for each character 16 s.
    expect(process.cpuUsage(before).user).toBeLessThan(1e6)
  })
})
