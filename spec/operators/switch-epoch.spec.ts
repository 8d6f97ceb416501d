import { concat, defer, map, NEVER, of, retry, Subject, tap, throwError, type Observable } from 'rxjs'
import { switchEpoch } from '../../src/operators/switch-epoch'
import { marbles } from './support'

function counter(): () => number {
  let epoch = 0
  return () => ++epoch
}

describe('switchEpoch', () => {
  it.each([
    ['never', '------', '------'],
    ['empty', '---|  ', '---|  '],
    ['error', '---#  ', '---#  '],
  ])('mirrors a source that is %s', (_case, source, expected) => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold(source).pipe(switchEpoch(() => NEVER, counter()))).toBe(expected)
    })
  })

  it('C4.5 tags the values of each inner stream with its epoch, and cuts the one before', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const session$ = cold('  --x--y--|')
      const source$ = cold('   -a-----b---------|')
      const result = '         ---p--q--r--s----|'
      const values = { p: 'x1', q: 'y1', r: 'x2', s: 'y2' }
      expectObservable(
        source$.pipe(switchEpoch((_, epoch) => session$.pipe(map((value) => `${value}${epoch}`)), counter())),
      ).toBe(result, values)
      expectSubscriptions(session$.subscriptions).toBe(['-^-----!', '-------^-------!'])
    })
  })

  it('lets no value of an old epoch follow one of a new', () => {
    marbles(({ cold, expectObservable }) => {
      const inner: Record<string, Observable<string>> = { a: cold('--1-2-3-4-5'), b: cold('-6|') }
      const result$ = cold('-a----b---|').pipe(switchEpoch((name) => inner[name] ?? NEVER, counter()))
      expectObservable(result$).toBe('---1-2-6--|')
    })
  })

  it('completes after source and newest inner stream', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a|').pipe(switchEpoch(() => cold('---x-|'), counter()))).toBe('----x-|')
      expectObservable(cold('-a---|').pipe(switchEpoch(() => cold('x|'), counter()))).toBe('-x---|')
    })
  })

  it('errors with the source, an inner stream, project or nextEpoch', () => {
    const thrower = (): never => {
      throw 'error'
    }
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a---')
      expectObservable(source$.pipe(switchEpoch(() => cold('--#'), counter()))).toBe('---#')
      expectObservable(source$.pipe(switchEpoch(thrower, counter()))).toBe('-#')
      expectObservable(source$.pipe(switchEpoch(() => NEVER, thrower))).toBe('-#')
      expectObservable(cold('-a-#').pipe(switchEpoch(() => cold('x----'), counter()))).toBe('-x-#')
      expectSubscriptions(source$.subscriptions).toBe(['^--!', '^!', '^!'])
    })
  })

  it('leaves source and inner stream when it is unsubscribed', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('-a--------')
      const inner$ = cold(' --x--x--x-')
      expectObservable(source$.pipe(switchEpoch(() => inner$, counter())), '-----!').toBe('---x--')
      expectSubscriptions(source$.subscriptions).toBe('^----!')
      expectSubscriptions(inner$.subscriptions).toBe('-^---!')
    })
  })

  it("C4.5 goes on with the caller's counter after a resubscription", () => {
    const epochs: number[] = []
    let failures = 0
    const source$ = concat(
      of('session'),
      defer(() => (failures++ < 2 ? throwError(() => 'closed') : NEVER)),
    )
    const nextEpoch = counter()
    source$
      .pipe(
        switchEpoch((_, epoch) => of(epoch), nextEpoch),
        retry(),
      )
      .subscribe((epoch) => epochs.push(epoch))
    of('another')
      .pipe(switchEpoch((_, epoch) => of(epoch), nextEpoch))
      .subscribe((epoch) => epochs.push(epoch))
    expect(epochs).toEqual([1, 2, 3, 4])
  })

  it('draws the epoch after the inner stream before was left, and once for each value', () => {
    const order: string[] = []
    const sessionSubject = new Subject<string>()
    const epoch = counter()
    sessionSubject
      .pipe(
        switchEpoch(
          (name, number) =>
            NEVER.pipe(
              tap({
                subscribe: () => order.push(`open ${name} ${number}`),
                unsubscribe: () => order.push(`leave ${name}`),
              }),
            ),
          () => {
            order.push('draw')
            return epoch()
          },
        ),
      )
      .subscribe()
    sessionSubject.next('a')
    sessionSubject.next('b')
    expect(order).toEqual(['draw', 'open a 1', 'leave a', 'draw', 'open b 2'])
  })

  it('takes promises and lists as inner streams', async () => {
    const values: unknown[] = []
    of('a')
      .pipe(switchEpoch((name, epoch) => [name, epoch], counter()))
      .subscribe((value) => values.push(value))
    of('b')
      .pipe(switchEpoch((name, epoch) => Promise.resolve(`${name}${epoch}`), counter()))
      .subscribe((value) => values.push(value))
    await Promise.resolve()
    expect(values).toEqual(['a', 1, 'b1'])
  })
})
