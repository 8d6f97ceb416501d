/**
 * Who comes and goes while faults happen: proxies of components with handlers of their own, and calls for the present
 * state. A call has to settle in its time, with an event or with an error that says why not.
 */
import { UpbitError, WebSocketClientProxy } from '../../src/index'
import { codes } from './fault-kinds'
import type { Violations } from './violations'
import type { World } from './world'
import { after, every } from './world'

const timeoutMs = 3000
/** A promise is told of a time-out in a later turn, and a busy machine may be late with it. */
const lateMs = 2000
/** Who may not leave yet tries again. */
const againMs = 1000

export interface Visits {
  readonly proxies: number
  readonly calls: number
  readonly answered: number
}

export class Visitors {
  #proxies = 0
  #calls = 0
  #answered = 0
  readonly #open = new Set<WebSocketClientProxy>()

  constructor(
    private readonly world: World,
    private readonly random: () => number,
    private readonly violations: Violations,
    /** Whether everything is to stay as it is: nothing new is wanted, and nobody leaves. */
    private readonly isCalm: () => boolean,
  ) {}

  /** Visits until the returned function is called. */
  begin(): () => void {
    const ends = [every(this.world, 3700, () => this.proxy()), every(this.world, 5300, () => this.call())]
    return () => {
      for (const end of ends) end()
      for (const proxy of this.#open) void proxy.cleanup()
      this.#open.clear()
    }
  }

  get visits(): Visits {
    return { proxies: this.#proxies, calls: this.#calls, answered: this.#answered }
  }

  private proxy(): void {
    const { upbit } = this.world
    const proxy = new WebSocketClientProxy(`visitor_${++this.#proxies}`, { upbit, keepAlive: true })
    this.#open.add(proxy)
    const code = this.code()
    // A code that nobody else wants, now and then: the set on the wire changes.
    const wanted = this.random() < 0.5 ? [code, `KRW-NEW${Math.floor(this.random() * 8)}`] : [code]
    if (this.isCalm()) wanted.splice(1)
    proxy.subscribeTrade(wanted, () => {})
    proxy.orderbook$(code, { units: 1 }).subscribe({ error: () => {} })
    after(this.world, 500 + 15_000 * this.random(), () => this.leave(proxy))
  }

  private leave(proxy: WebSocketClientProxy): void {
    if (!this.#open.has(proxy)) return
    if (this.isCalm()) return void after(this.world, againMs, () => this.leave(proxy))
    this.#open.delete(proxy)
    void proxy.cleanup()
  }

  private call(): void {
    const beganMs = this.world.environment.now()
    const code = this.code()
    this.#calls++
    const settled = (): void => {
      const tookMs = this.world.environment.now() - beganMs
      if (tookMs > timeoutMs + lateMs) {
        this.violations.add(
          'C2.4',
          `getTickerSnapshot took ${Math.round(tookMs)} ms with timeoutMs: ${timeoutMs}`,
        )
      }
    }
    this.world.upbit.getTickerSnapshot(code, { timeoutMs }).then(
      (event) => {
        settled()
        this.#answered++
        if (event.code !== code) this.violations.add('C2.4', `asked for ${code}, got ${event.code}`)
      },
      (error: unknown) => {
        settled()
        if (!(error instanceof UpbitError)) this.violations.add('C2.4', `an untyped error: ${String(error)}`)
      },
    )
  }

  private code(): string {
    return codes[Math.floor(this.random() * codes.length)] as string
  }
}
