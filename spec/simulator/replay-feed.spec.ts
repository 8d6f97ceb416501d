import { TestScheduler } from 'rxjs/testing'
import type { Environment } from '../../src/base/environment'
import { realEnvironment } from '../../src/base/environment'
import { schedulerEnvironment } from '../../src/base/scheduler-environment'
import type { Broadcast } from '../../src/simulator/broadcast'
import type { FrameLine } from '../../src/recording/recording-line'
import { ReplayFeed } from '../../src/simulator/replay-feed'
import type { ReplayProgress } from '../../src/simulator/replay-feed'
import { fileSource, memorySource } from '../../src/simulator/replay-source'
import { createTimers } from '../../src/simulator/timers'

/** A feed over frames in memory, or as from a file that fails behind them, whose time moves by hand. */
function makeFeed(frames: readonly FrameLine[], speed = 1, failure?: Error) {
  const scheduler = new TestScheduler(() => {})
  const environment = schedulerEnvironment(scheduler)
  const sent: { atMs: number; text: string }[] = []
  const startMs = environment.now()
  async function* read(): AsyncGenerator<FrameLine | undefined, void> {
    for (const frame of frames) yield await Promise.resolve(frame)
    throw failure
  }
  const outlet = {
    wants: () => true,
    levels: () => [],
    begun: () => {},
    executed: () => {},
    publishEvent: () => {},
    connectionsLike: () => [],
    publish: (broadcast: Broadcast) => {
      if (broadcast.code === 'UNWANTED') return 0
      sent.push({
        atMs: environment.now() - startMs,
        text: broadcast.text('DEFAULT', { depth: 30, withBody: false }),
      })
      return 1
    },
  }
  const summary = {
    frames: frames.length,
    others: 0,
    lost: 0,
    unreadable: 0,
    cut: 0,
    durationMs: 100,
    keys: [],
  }
  const feed = new ReplayFeed(
    failure === undefined ? memorySource(frames) : fileSource(read()),
    summary,
    { speed },
    outlet,
    createTimers(environment, () => false),
  )
  /** Lets the asynchronous reading go on, then moves the time. */
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed <= ms; passed++) {
      for (let i = 0; i < 8; i++) await Promise.resolve()
      if (passed === ms) return
      scheduler.maxFrames = scheduler.frame + 1
      scheduler.flush()
      scheduler.frame = Math.max(scheduler.frame, scheduler.maxFrames)
    }
  }
  return { feed, sent, pass }
}

const frame = (text: string, atMs?: number, code = 'KRW-BTC'): FrameLine => ({
  kind: 'frame',
  connection: 1,
  type: 'trade',
  code,
  text,
  ...(atMs === undefined ? {} : { atMs }),
})

describe('ReplayFeed', () => {
  it('rests through a gap of a month on the real clock, and does not spin until it is over', async () => {
    jest.useFakeTimers()
    try {
      const monthMs = 30 * 24 * 3_600_000
      const waits: number[] = []
      const environment: Environment = {
        ...realEnvironment,
        timer$: (delayMs, options) => {
          waits.push(delayMs)
          return realEnvironment.timer$(delayMs, options)
        },
      }
      const sent: string[] = []
      const feed = new ReplayFeed(
        memorySource([frame('a', 0), frame('b', monthMs)]),
        { frames: 2, others: 0, lost: 0, unreadable: 0, cut: 0, durationMs: monthMs, keys: [] },
        {},
        {
          wants: () => true,
          levels: () => [],
          begun: () => {},
          executed: () => {},
          publishEvent: () => {},
          connectionsLike: () => [],
          publish: (broadcast: Broadcast) =>
            sent.push(broadcast.text('DEFAULT', { depth: 30, withBody: false })),
        },
        createTimers(environment, () => false),
      )
      feed.demandChanged(['KRW-BTC'])
      await jest.advanceTimersByTimeAsync(monthMs - 1)
      expect(sent).toEqual(['a'])
      // The first one is a turn: no frame comes inside the client's own `send`.
      expect(waits).toEqual([0, monthMs])
      await jest.advanceTimersByTimeAsync(1)
      expect(sent).toEqual(['a', 'b'])
      await feed.done
    } finally {
      jest.useRealTimers()
    }
  })

  it('begins with the first subscription and keeps the distances of the recording', async () => {
    const { feed, sent, pass } = makeFeed([
      frame('a', 1_000),
      frame('b', 1_010),
      frame('c', 1_005),
      frame('d', 1_050),
    ])
    await pass(7)
    feed.demandChanged([])
    await pass(1)
    expect(sent).toEqual([])
    feed.demandChanged(['KRW-BTC'])
    await pass(60)
    expect(sent).toEqual([
      { atMs: 8, text: 'a' },
      { atMs: 18, text: 'b' },
      { atMs: 18, text: 'c' },
      { atMs: 58, text: 'd' },
    ])
    await feed.done
  })

  it('goes faster by its speed, and spreads bare frames ten milliseconds apart', async () => {
    const { feed, sent, pass } = makeFeed([frame('a'), frame('b'), frame('c')], 5)
    feed.demandChanged(['KRW-BTC'])
    await pass(10)
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 2, 4])
  })

  it('shows its progress, frames that nobody wanted included', async () => {
    const { feed, pass } = makeFeed([frame('a', 0), frame('b', 40, 'UNWANTED'), frame('c', 100)], 2)
    const seen: ReplayProgress[] = []
    let completed = false
    feed.progress$.subscribe({ next: (progress) => seen.push(progress), complete: () => (completed = true) })
    feed.demandChanged(['KRW-BTC'])
    await pass(30)
    expect(completed).toBe(false)
    await pass(30)
    expect(seen).toEqual([
      { sent: 0, passed: 0, total: 3, positionMs: 0, durationMs: 100 },
      { sent: 1, passed: 1, total: 3, positionMs: 0, durationMs: 100 },
      { sent: 1, passed: 2, total: 3, positionMs: 40, durationMs: 100 },
      { sent: 2, passed: 3, total: 3, positionMs: 100, durationMs: 100 },
    ])
    expect(completed).toBe(true)
  })

  it('holds frames back while paused, and lets them follow at once', async () => {
    const { feed, sent, pass } = makeFeed([frame('a', 0), frame('b', 10), frame('c', 60)])
    feed.demandChanged(['KRW-BTC'])
    await pass(5)
    feed.pause()
    await pass(20)
    expect(sent).toHaveLength(1)
    feed.resume()
    await pass(50)
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 25, 60])
  })

  it('is not hurried by a resume amid a wait', async () => {
    const { feed, sent, pass } = makeFeed([frame('a', 0), frame('b', 10)])
    feed.demandChanged(['KRW-BTC'])
    await pass(5)
    feed.resume()
    await pass(10)
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 10])
  })

  it('waits for the sockets when much is due at once, and at the end', async () => {
    const { feed, sent, pass } = makeFeed(Array.from({ length: 300 }, (_, i) => frame(String(i), 0)))
    const release: (() => void)[] = []
    const held = (): Promise<void> => new Promise((resolve) => release.push(resolve))
    feed.waits = { flushed: held, arrived: held }
    let done = false
    void feed.done.then(() => (done = true))
    feed.demandChanged(['KRW-BTC'])
    await pass(400)
    expect(sent.length).toBeLessThan(300)
    release.shift()?.()
    await pass(400)
    expect([sent.length, done]).toEqual([300, false])
    release.shift()?.()
    await pass(5)
    expect(done).toBe(true)
  })

  it('keeps quiet connections while it runs', async () => {
    const { feed, pass } = makeFeed([frame('a', 0)])
    expect(feed).toMatchObject({ keepsQuietConnections: true })
    feed.demandChanged(['KRW-BTC'])
    await pass(5)
    expect(feed.keepsQuietConnections).toBe(false)
  })

  it('ends amid its frames when told to, once', async () => {
    const { feed, sent, pass } = makeFeed([frame('a', 0), frame('b', 10)])
    feed.demandChanged(['KRW-BTC'])
    await pass(5)
    feed.end()
    feed.end()
    await feed.done
    await pass(20)
    expect(sent).toHaveLength(1)
  })

  it('tells a failure of reading by `done`', async () => {
    const { feed, pass } = makeFeed([frame('a', 0)], 1, new Error('disk'))
    feed.demandChanged(['KRW-BTC'])
    await pass(5)
    await expect(feed.done).rejects.toThrow('disk')
  })
})
