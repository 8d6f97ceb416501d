/**
 * Long deliveries in short turns: all of them together get so many milliseconds, then the event loop has its turn.
 * Whoever asks again meanwhile, from a promise too, waits for the next one.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../../base/environment'

const sliceMs = 10

/** Works until there is no more to do, or until `isUp` says so and it has asked again. */
export type Slice = (isUp: () => boolean) => void

export class Slicer {
  private readonly waiting: Slice[] = []
  private isBusy = false
  private turn: Subscription | undefined

  constructor(private readonly environment: Environment) {}

  add(slice: Slice): void {
    this.waiting.push(slice)
    if (!this.isBusy) this.run()
  }

  /** Nothing more is to be delivered. */
  stop(): void {
    this.turn?.unsubscribe()
    this.waiting.length = 0
    this.isBusy = false
  }

  private run(): void {
    this.isBusy = true
    const untilMs = this.environment.now() + sliceMs
    const isUp = (): boolean => this.environment.now() >= untilMs
    do this.waiting.shift()?.(isUp)
    while (this.waiting.length > 0 && !isUp())
    this.turn = this.environment.timer$(0).subscribe(() => {
      this.isBusy = false
      if (this.waiting.length > 0) this.run()
    })
  }
}
