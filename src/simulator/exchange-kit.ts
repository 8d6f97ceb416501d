/** The test kit over an exchange: `ExchangeControls`, in terms of what the core offers. */
import { checkNames } from '../base/check-names'
import { UpbitError } from '../base/errors'
import { checkAccessKey, checkCodes, checkEvents, checkGiven, checkMarketEvents } from './control-checks'
import type { ExchangeControls } from './controls'
import { DisturbKit } from './disturb-kit'
import type { EmitOptions } from './emit-options'
import type { ExchangeEvent, MarketEvent } from './encode'
import type { EndpointControls } from './endpoint-controls'
import { EndpointKit } from './endpoint-kit'
import type { Rejection } from './endpoint-side'
import type { Exchange } from './exchange'
import type { Fault } from './fault'
import { checkFaults } from './fault-checks'
import { emitOptionsOf, inflict } from './inflict'
import type { Wait, WaitOptions } from './limited-wait'
import { limitedWait } from './limited-wait'
import { list } from './list'
import { isOfAccount } from './key-holder'

const maxConditionLength = 120

export abstract class ExchangeKit extends DisturbKit implements ExchangeControls {
  readonly private: EndpointControls
  readonly info: EndpointControls

  protected constructor(exchange: Exchange) {
    super(exchange, 'public')
    this.private = new EndpointKit(exchange, 'private')
    this.info = new EndpointKit(exchange, 'info')
  }

  emit(events: ExchangeEvent | readonly ExchangeEvent[], options: EmitOptions = {}): number {
    checkEvents(events)
    const pocketId = this.pocketIdFor(events, options)
    return list(events).reduce(
      (sent, event) => sent + this.exchange.publishEvent(event, 'direct', ownerOf(event, pocketId)),
      0,
    )
  }

  snapshot(events: MarketEvent | readonly MarketEvent[]): void {
    checkMarketEvents(events)
    for (const event of list(events)) {
      this.exchange.snapshots.set(event)
      this.exchange.history.note(event)
    }
  }

  silence(codes: string | readonly string[]): () => void {
    checkCodes(codes)
    const silenced = typeof codes === 'string' ? [codes] : codes
    for (const code of silenced) this.exchange.audience.silent.add(code)
    return () => {
      for (const code of silenced) this.exchange.audience.silent.delete(code)
    }
  }

  async idle(options: WaitOptions = {}): Promise<void> {
    // Without a limit: what is due fires by itself, and virtual time can pass faster than a promise hears of it.
    await this.exchange.timers.idle()
    await this.wait(options, 'idle()', (done, fail) => {
      this.flushed().then(done, fail)
      return () => {}
    })
  }

  until(condition: () => boolean, options: WaitOptions = {}): Promise<void> {
    return this.wait(options, `until(${textOf(condition)})`, (done, fail) => {
      checkGiven(typeof condition === 'function', 'condition', condition, 'a function')
      const look = (): void => {
        // A condition that throws must not end the client that has just done something.
        try {
          if (condition()) done()
          else if (this.exchange.isEnded) fail(this.endedError(condition))
        } catch (error) {
          fail(error)
        }
      }
      look()
      this.exchange.watchers.add(look)
      return () => this.exchange.watchers.delete(look)
    })
  }

  pauseMarket(): void {
    this.exchange.feed.pause()
  }

  resumeMarket(): void {
    this.exchange.feed.resume()
  }

  fault(script: readonly Fault[], options: { readonly from?: 'now' | 'subscribe' } = {}): () => void {
    checkFaults(script, options)
    for (const fault of script)
      if (fault.kind === 'emit') this.pocketIdFor(fault.events, emitOptionsOf(fault))
    const { from = 'now' } = options
    const cancels: (() => void)[] = []
    const start = (): void => {
      for (const fault of script) {
        const strike = (): void => void cancels.push(inflict(fault, this))
        cancels.push(this.exchange.timers.after(fault.atMs, strike))
      }
    }
    if (from === 'now') {
      start()
    } else {
      const { rejections } = this.exchange.sides.public
      // A rejection that rejects nothing: it sees every message in the turn in which it comes.
      const listen: Rejection = (request) => {
        if (request.kind !== 'subscribe') return undefined
        rejections.delete(listen)
        start()
        return undefined
      }
      rejections.add(listen)
      cancels.push(() => rejections.delete(listen))
    }
    return () => {
      for (const cancel of cancels) cancel()
    }
  }

  /** Resolves when every frame has left for the clients. */
  protected abstract flushed(): Promise<void>

  /** Whose connections frames of accounts go to. */
  private pocketIdFor(
    events: ExchangeEvent | readonly ExchangeEvent[],
    options: EmitOptions,
  ): string | undefined {
    checkNames(options, ['accessKey'])
    const { keys } = this.exchange.trading
    if (options.accessKey === undefined && !list(events).some(({ type }) => isOfAccount(type)))
      return undefined
    const [first] = keys.keys()
    const { accessKey = first } = options
    checkAccessKey(accessKey, keys)
    return keys.get(accessKey as string)?.pocket.id
  }

  private wait(options: WaitOptions, what: string, start: Wait['start']): Promise<void> {
    const present = (): string => {
      const kits = [this, this.private, this.info]
      const count = (of: (kit: EndpointControls) => number): number =>
        kits.reduce((sum, kit) => sum + of(kit), 0)
      const dials = count((kit) => kit.dials.length)
      const received = count((kit) => kit.received.length)
      return `connections: ${count((kit) => kit.connections)}, dials: ${dials}, messages received: ${received}`
    }
    return limitedWait({ what, present, start }, this.exchange.environment, options)
  }

  private endedError(condition: () => boolean): UpbitError {
    return new UpbitError('ABORTED', `until(${textOf(condition)}) was ended by the close of the exchange.`)
  }
}

function ownerOf({ type }: ExchangeEvent, pocketId: string | undefined): string | undefined {
  return isOfAccount(type) ? pocketId : undefined
}

/** The text of a condition, short enough for a message: it says what a failed test waited for. */
function textOf(condition: () => boolean): string {
  const text = String(condition).replace(/\s+/g, ' ')
  return text.length > maxConditionLength ? `${text.slice(0, maxConditionLength)}…` : text
}
