/** A truth that changes: its present value, made once a change and shared by all who look at it. */
import { Observable, Subject } from 'rxjs'

/**
 * What is true now, and each time that it is something else. It is known only when REST has told it once: what frames
 * alone tell is a part of it.
 */
export interface View<T> {
  /** The present truth, the same object until it changes; `undefined` as long as it is not known. */
  readonly value: T | undefined
  /**
   * Emits the present truth on subscription, or as soon as it is known, and after that each other one. Never completes,
   * never errors; a subscriber gets no state twice.
   */
  readonly value$: Observable<T>
}

export class LiveView<T> implements View<T> {
  /** Emits each change; whether it is shown in doubt too. */
  private readonly changeSubject = new Subject<boolean>()
  private isKnown = false
  /** It was known and may be old: it is still shown to those who saw it. */
  private isDoubted = false
  private made: { readonly value: T } | undefined

  constructor(private readonly make: () => T) {}

  get value(): T | undefined {
    return this.isKnown ? this.present() : undefined
  }

  readonly value$ = new Observable<T>((subscriber) => {
    let last: { readonly value: T } | undefined
    const show = (isCertain: boolean): void => {
      const isShown = this.isKnown || (isCertain && this.isDoubted && last !== undefined)
      // By a change within a change the newest truth was shown already.
      if (!isShown || (this.made !== undefined && this.made === last)) return
      const value = this.present()
      last = this.made
      subscriber.next(value)
    }
    show(false)
    return this.changeSubject.subscribe(show)
  })

  /** It is something else now. What `isCertain` is shown in doubt too, to those who were shown what was before. */
  change(isCertain = false): void {
    this.made = undefined
    this.changeSubject.next(isCertain)
  }

  /** What is shown may be old: whoever comes now waits until it is known again; who is there keeps what they were shown. */
  doubt(): void {
    this.isDoubted ||= this.isKnown
    this.isKnown = false
  }

  /** Nothing is known of it any more. */
  clear(): void {
    this.isKnown = false
    this.isDoubted = false
    this.made = undefined
  }

  /** It is known from now on. */
  know(): void {
    if (this.isKnown) return
    this.isKnown = true
    this.isDoubted = false
    this.changeSubject.next(false)
  }

  private present(): T {
    this.made ??= { value: this.make() }
    return this.made.value
  }
}
