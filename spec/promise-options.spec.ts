import { defer, EMPTY, NEVER, of, Subject, throwError } from 'rxjs'
import type { ConnectionStatus } from '../src/connection/status'
import { checkPromiseOptions, toPromise } from '../src/promise-options'
import { virtualTime } from './support/virtual-time'

function setUp() {
  const time = virtualTime()
  let status: ConnectionStatus = { state: 'idle' }
  const ports = {
    environment: time.environment,
    get status() {
      return status
    },
  }
  return { time, ports, become: (next: ConnectionStatus) => (status = next) }
}

describe('toPromise', () => {
  it('resolves with the first value and leaves the source and the timer', async () => {
    const { ports, time } = setUp()
    const source = new Subject<number>()
    const promise = toPromise(source, 'look', ports, {})
    source.next(1)
    expect(source.observed).toBe(false)
    expect(await promise).toBe(1)
    expect(await toPromise(of(2, 3), 'look', ports, {})).toBe(2)
    time.pass(0)
    expect(time.scheduler.actions).toEqual([])
  })

  it('C2.4 rejects after 5 s, or timeoutMs, with the state that the connection has then', async () => {
    const { ports, time, become } = setUp()
    const promises = [toPromise(NEVER, 'look', ports, {}), toPromise(NEVER, 'look', ports, { timeoutMs: 10 })]
    const settled = Promise.allSettled(promises)
    time.pass(10)
    become({ state: 'connecting', attempt: 2 })
    time.pass(4990)
    expect(await settled).toMatchObject([
      {
        reason: { code: 'TIMEOUT', message: 'look took longer than 5000 ms; the connection was connecting.' },
      },
      { reason: { code: 'TIMEOUT', message: 'look took longer than 10 ms; the connection was idle.' } },
    ])
  })

  it('C2.4 rejects when the signal aborts, at once when it has', async () => {
    const { ports } = setUp()
    const abort = new AbortController()
    const source = new Subject<number>()
    const promise = toPromise(source, 'look', ports, { signal: abort.signal })
    abort.abort()
    expect(source.observed).toBe(false)
    await expect(promise).rejects.toMatchObject({
      code: 'ABORTED',
      message: 'look was aborted; the connection was idle.',
    })
    await expect(toPromise(source, 'look', ports, { signal: abort.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    })
    expect(source.observed).toBe(false)
  })

  it('C2.4 asks for nothing when the signal has aborted, whatever there would be at once', async () => {
    const { ports, time } = setUp()
    let asked = 0
    const known$ = defer(() => of(++asked))
    const signal = AbortSignal.abort('why')
    await expect(toPromise(known$, 'look', ports, { signal })).rejects.toMatchObject({
      code: 'ABORTED',
      cause: 'why',
    })
    expect(asked).toBe(0)
    time.pass(0)
    expect(time.scheduler.actions).toEqual([])
  })

  it('C2.4 waits without end for a timeoutMs beyond what a timer takes', async () => {
    const { ports, time } = setUp()
    const source = new Subject<number>()
    const promise = toPromise(source, 'look', ports, { timeoutMs: Infinity })
    time.pass(86_400_000)
    const [timer] = time.scheduler.actions
    expect(timer?.delay).toBeLessThan(2 ** 31)
    source.next(1)
    expect(await promise).toBe(1)
    expect(time.scheduler.actions).toEqual([])
  })

  it('rejects with the error of the source', async () => {
    const { ports } = setUp()
    const broken = new Error('broken')
    await expect(
      toPromise(
        throwError(() => broken),
        'look',
        ports,
        {},
      ),
    ).rejects.toBe(broken)
    await expect(
      toPromise(
        throwError(() => 'text'),
        'look',
        ports,
        {},
      ),
    ).rejects.toThrow('text')
  })

  it('C2.4 rejects at once when the source ends without a value', async () => {
    const { ports } = setUp()
    await expect(toPromise(EMPTY, 'look', ports, {})).rejects.toMatchObject({
      code: 'ABORTED',
      message: expect.stringMatching(/^look was ended before there was an answer/) as string,
    })
  })
})

describe('checkPromiseOptions', () => {
  it.each<[object, string | undefined]>([
    [{}, undefined],
    [{ timeoutMs: 1, signal: AbortSignal.abort() }, undefined],
    [{ timeoutMs: Infinity }, undefined],
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ timeoutMs: '1' }, 'timeoutMs'],
    [{ signal: 1 }, 'signal'],
    [{ timeout: 1 }, 'timeout'],
  ])('C2.4 %j', (options, option) => {
    const check = (): void => checkPromiseOptions(options)
    if (option === undefined) expect(check).not.toThrow()
    else expect(check).toThrow(expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error)
  })
})
