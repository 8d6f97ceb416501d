/**
 * The way out of a connection: data as binary frames, control frames by the switch, several events in one frame
 * where a switch asks for it. A stalled outbox swallows everything, as a half-open connection seems to.
 */
import type { WireFormat } from '../protocol/wire'
import { isList } from './encode'
import type { KeepAlive } from './keep-alive'
import type { ExchangeSwitches } from './switches'
import type { OwnTimers } from './timers'

const encoder = new TextEncoder()

export class Outbox {
  stalled = false
  private batch: string[] = []

  constructor(
    private readonly timers: OwnTimers,
    private readonly switches: Pick<ExchangeSwitches, 'listFrames' | 'controlFrames'>,
    private readonly keepAlive: KeepAlive,
    private readonly frame: (data: Uint8Array | string) => void,
  ) {}

  /** One event's text, which is an array in the list formats. */
  data(text: string, format: WireFormat): void {
    if (this.stalled) return
    this.keepAlive.data()
    if (this.switches.listFrames === 'same-turn' && isList(format) && text.startsWith('[')) this.gather(text)
    else this.frame(encoder.encode(text))
  }

  /** Anything at all, as it is. */
  raw(data: Uint8Array | string): void {
    if (this.stalled) return
    this.keepAlive.data()
    this.frame(data)
  }

  /** Status, error and list frames; in a later turn, so that no answer comes inside the client's own `send`. */
  control(text: string): void {
    if (this.stalled) return
    this.keepAlive.activity()
    this.timers.after(0, () =>
      this.frame(this.switches.controlFrames === 'text' ? text : encoder.encode(text)),
    )
  }

  private gather(text: string): void {
    this.batch.push(text.slice(1, -1))
    if (this.batch.length > 1) return
    this.timers.after(0, () => {
      const ready = this.batch
      this.batch = []
      this.frame(encoder.encode(`[${ready.join(',')}]`))
    })
  }
}
