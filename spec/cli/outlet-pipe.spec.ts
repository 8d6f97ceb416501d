import { OutletPipe } from '../../src/cli/outlet-pipe'
import { virtualTime } from '../support/virtual-time'
import { fakeHost, turn } from './support/fake-host'

function open() {
  const time = virtualTime()
  const { stdout } = fakeHost()
  return { time, stdout, pipe: new OutletPipe(stdout, time.environment) }
}

describe('OutletPipe', () => {
  it('writes without a promise as long as the stream takes more', () => {
    const { stdout, pipe } = open()
    expect(pipe.write('a\n')).toBeUndefined()
    expect(pipe.isFull).toBe(false)
    expect(stdout.text).toBe('a\n')
  })

  it('promises when the stream will take more', async () => {
    const { stdout, pipe } = open()
    stdout.block()
    let isReleased = false
    const writing = pipe.write('x'.repeat(20_000))?.then(() => (isReleased = true))
    expect(pipe.isFull).toBe(true)
    await turn()
    expect(isReleased).toBe(false)
    stdout.release()
    await writing
    expect(pipe.isFull).toBe(false)
  })

  it('is flushed when all before has left', async () => {
    const { stdout, pipe } = open()
    stdout.block()
    void pipe.write('a')
    let isFlushed = false
    const flushing = pipe.flushed().then(() => (isFlushed = true))
    await turn()
    expect(isFlushed).toBe(false)
    stdout.release()
    await flushing
    expect(stdout.text).toBe('a')
  })

  it.each([
    ['EPIPE', { code: 0 }],
    ['EIO', { code: 0 }],
    ['ENOSPC', { code: 1, message: 'The output cannot be written: write ENOSPC.' }],
  ])('%s ends with %j, told also to who asks later', (code, ending) => {
    const { stdout, pipe } = open()
    const endings: object[] = []
    pipe.broken$.subscribe((one) => endings.push(one))
    stdout.breakPipe(code)
    stdout.breakPipe(code)
    pipe.broken$.subscribe((one) => endings.push(one))
    expect(endings).toEqual([ending, ending])
  })

  it('is stuck when nothing moves for as long as one is patient', () => {
    const { time, stdout, pipe } = open()
    stdout.block()
    void pipe.write('x'.repeat(20_000))
    let delivered = 0
    let stuckAtMs: number | undefined
    pipe.stuck$(1000, () => delivered).subscribe(() => (stuckAtMs = time.nowMs))
    time.at(1500, () => delivered++)
    time.pass(2500)
    expect(stuckAtMs).toBeUndefined()
    time.pass(10_000)
    expect(stuckAtMs).toBe(3000)
  })

  it('is waited for without limit where there is none', () => {
    const { time, pipe } = open()
    let isStuck = false
    pipe.stuck$(undefined, () => 0).subscribe(() => (isStuck = true))
    time.pass(1_000_000)
    expect(isStuck).toBe(false)
  })
})
