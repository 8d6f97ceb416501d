/**
 * A connection's life signs: the drop after quiet time, and the `UP` beat that one text `PING` starts.
 * Observed 2026-09: 60.5 s without a frame either way, then the TCP connection ended without a close frame; the first
 * `UP` came 5.8 s and 7.5 s after a `PING`, on the server's own beat of 10 s.
 */
import type { ExchangeSwitches } from './switches'
import type { Timers } from './timers'

export const upText = JSON.stringify({ status: 'UP' })
const beatMs = 10_000

export interface KeepAlivePort {
  /** Sends the status frame. */
  up(): void
  /** Ends the connection without a close frame. */
  drop(): void
  /** `false` while quiet connections are kept, as a replay does. */
  dropsWhenQuiet(): boolean
}

export class KeepAlive {
  private lastActivityMs: number
  private lastDataMs = -Infinity
  private cancelQuiet: () => void
  private cancelBeat: (() => void) | undefined
  private readonly phaseMs: number

  constructor(
    private readonly timers: Timers,
    private readonly switches: Pick<
      ExchangeSwitches,
      'idleCloseMs' | 'pingFrameIsActivity' | 'upWhileDataFlows'
    >,
    private readonly port: KeepAlivePort,
    random: () => number,
  ) {
    this.phaseMs = Math.floor(random() * beatMs)
    this.lastActivityMs = timers.now()
    this.cancelQuiet = this.watch(switches.idleCloseMs)
  }

  /** A frame went either way. */
  activity(): void {
    this.lastActivityMs = this.timers.now()
  }

  /** A data frame went out. */
  data(): void {
    this.activity()
    this.lastDataMs = this.lastActivityMs
  }

  pingFrame(): void {
    if (this.switches.pingFrameIsActivity) this.activity()
  }

  /** Starts the beat; a second one does not double it. */
  textPing(): void {
    this.cancelBeat ??= this.nextBeat()
  }

  end(): void {
    this.cancelQuiet()
    this.cancelBeat?.()
  }

  /** One timer for the whole connection, set again for what is left: frames only note the time. */
  private watch(delayMs: number): () => void {
    return this.timers.after(delayMs, () => {
      const quietMs = this.timers.now() - this.lastActivityMs
      if (quietMs < this.switches.idleCloseMs) {
        this.cancelQuiet = this.watch(this.switches.idleCloseMs - quietMs)
      } else if (this.port.dropsWhenQuiet()) {
        this.port.drop()
      } else {
        this.cancelQuiet = this.watch(this.switches.idleCloseMs)
      }
    })
  }

  private nextBeat(): () => void {
    const sinceBeatMs = (((this.timers.now() - this.phaseMs) % beatMs) + beatMs) % beatMs
    return this.timers.after(beatMs - sinceBeatMs, () => {
      const dataFlows = this.timers.now() - this.lastDataMs < beatMs
      if (this.switches.upWhileDataFlows || !dataFlows) this.port.up()
      this.cancelBeat = this.nextBeat()
    })
  }
}
