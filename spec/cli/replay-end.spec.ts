import { BehaviorSubject } from 'rxjs'
import { replayEnd$ } from '../../src/cli/replay-end'
import type { ReplayProgress } from '../../src/testing'
import { virtualTime } from '../support/virtual-time'
import { turn } from './support/fake-host'

function replaying() {
  const time = virtualTime()
  const progressSubject = new BehaviorSubject<ReplayProgress>({
    sent: 0,
    passed: 0,
    total: 3,
    positionMs: 0,
    durationMs: 0,
  })
  let finish = (): void => {}
  let fail = (_error: Error): void => {}
  const done = new Promise<void>((resolve, reject) => {
    finish = resolve
    fail = reject
  })
  const endings: object[] = []
  const counted = { received: 0 }
  replayEnd$({ progress$: progressSubject, done }, () => counted.received, time.environment).subscribe(
    (ending) => endings.push(ending),
  )
  return {
    time,
    endings,
    counted,
    fail: (error: Error) => fail(error),
    async sent(frames: number) {
      progressSubject.next({ ...progressSubject.value, sent: frames })
      progressSubject.complete()
      finish()
      await turn()
    },
  }
}

describe('C13 the end of a replay', () => {
  it('comes at once when all that was sent has arrived', async () => {
    const { endings, counted, sent } = replaying()
    counted.received = 3
    expect(endings).toEqual([])
    await sent(3)
    expect(endings).toEqual([{ code: 0 }])
  })

  it('waits for what is still on its way', async () => {
    const { time, endings, counted, sent } = replaying()
    await sent(3)
    for (let received = 1; received < 3; received++) {
      time.pass(2900)
      counted.received = received
    }
    time.pass(2900)
    expect(endings).toEqual([])
    counted.received = 3
    time.pass(20)
    expect(endings).toEqual([{ code: 0 }])
  })

  it('does not wait for ever for what was lost, and says how much', async () => {
    const { time, endings, counted, sent } = replaying()
    counted.received = 1
    await sent(3)
    time.pass(2999)
    expect(endings).toEqual([])
    time.pass(21)
    expect(endings).toEqual([
      { code: 1, message: "Of the recording's frames 2 were sent and have not arrived." },
    ])
  })

  it('is a fault when the file cannot be read on', async () => {
    const { endings, fail, sent } = replaying()
    fail(new Error('EIO: i/o error'))
    await sent(1)
    expect(endings).toEqual([{ code: 1, message: 'The recording cannot be read on: EIO: i/o error.' }])
  })
})
