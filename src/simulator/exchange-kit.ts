/** The test kit over an exchange: `ExchangeControls`, in terms of what the core offers. */
import { UpbitError } from '../base/errors'
import { publicTypes } from '../protocol/wire'
import {
  check,
  checkCodes,
  checkEvents,
  checkGiven,
  checkItemMatch,
  checkOneOf,
  isText,
} from './control-checks'
import { checkCut, checkError, checkRefuse, checkStall } from './control-options'
import type { CutOptions, ExchangeControls, ItemMatch, RefuseOptions } from './controls'
import { DisturbKit } from './disturb-kit'
import type { ExchangeEvent } from './encode'
import type { Exchange, Rejection } from './exchange'
import { snapshotKey } from './exchange'
import type { Fault } from './fault'
import { checkFaults } from './fault-checks'
import { inflict } from './inflict'
import { itemMatcher } from './item-match'
import type { Wait, WaitOptions } from './limited-wait'
import { limitedWait } from './limited-wait'
import { list } from './list'
import type { Dial, ReceivedMessage } from './received'
import { messageOf } from './refusal'
import type { SubscribedItem } from './subscription'
import { itemKey } from './subscription'

const maxConditionLength = 120

export abstract class ExchangeKit extends DisturbKit implements ExchangeControls {
  private stalledAll = false

  protected constructor(exchange: Exchange) {
    super(exchange)
    exchange.opened = (connection) => {
      connection.outbox.stalled = this.stalledAll
      this.connected(connection)
    }
  }

  get received(): readonly ReceivedMessage[] {
    return this.exchange.received
  }

  get dials(): readonly Dial[] {
    return this.exchange.dials
  }

  get connections(): number {
    return this.exchange.connections.size
  }

  emit(events: ExchangeEvent | readonly ExchangeEvent[]): number {
    checkEvents(events)
    return list(events).reduce((sent, event) => sent + this.exchange.publishEvent(event, 'direct'), 0)
  }

  snapshot(events: ExchangeEvent | readonly ExchangeEvent[]): void {
    checkEvents(events)
    for (const event of list(events)) {
      const level = event.type === 'orderbook' && 'level' in event ? (event.level ?? 0) : 0
      this.exchange.snapshots.set(snapshotKey(event.type, event.code, level), event)
      this.exchange.history.note(event)
    }
  }

  emitRaw(frame: string | Uint8Array): number {
    checkGiven(typeof frame === 'string' || ArrayBuffer.isView(frame), 'frame', frame, 'a text, bytes')
    for (const connection of this.exchange.connections) connection.outbox.raw(frame)
    return this.connections
  }

  cut(options: CutOptions = {}): void {
    checkCut(options)
    const { code, reason = '' } = options
    for (const connection of this.exchange.connections) {
      if (code === undefined || code === 1006) connection.drop()
      else connection.close(code, reason)
    }
  }

  refuse(answer: number | 'reset' | 'hang', options: RefuseOptions = {}): void {
    checkRefuse(answer, options)
    const { times = Infinity, retryAfterMs } = options
    this.exchange.gate.order({ answer, times, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
  }

  stall(options: { readonly all?: boolean } = {}): void {
    checkStall(options)
    const { all = false } = options
    this.stalledAll = all
    for (const { outbox } of this.exchange.connections) outbox.stalled = true
  }

  resume(): void {
    this.stalledAll = false
    for (const { outbox } of this.exchange.connections) outbox.stalled = false
  }

  sendError(name: string, message = messageOf(name)): void {
    checkError(name, message)
    for (const connection of this.exchange.connections) connection.fail({ name, message })
  }

  rejectItems(match: ItemMatch, name: string, message = messageOf(name)): () => void {
    checkItemMatch(match)
    checkError(name, message)
    const matches = itemMatcher(match)
    const rejection: Rejection = (request) =>
      request.kind === 'subscribe' && request.items.some(matches) ? { name, message } : undefined
    this.exchange.rejections.add(rejection)
    return () => void this.exchange.rejections.delete(rejection)
  }

  forget(match: ItemMatch): number {
    checkItemMatch(match)
    const matches = itemMatcher(match)
    const lost = ({ code, ...item }: SubscribedItem): boolean => matches({ ...item, codes: [code] })
    return [...this.exchange.connections].reduce(
      (count, { subscriber }) => count + subscriber.forget(lost),
      0,
    )
  }

  silence(codes: string | readonly string[]): () => void {
    checkCodes(codes)
    const silenced = typeof codes === 'string' ? [codes] : codes
    for (const code of silenced) this.exchange.audience.silent.add(code)
    return () => {
      for (const code of silenced) this.exchange.audience.silent.delete(code)
    }
  }

  subscribed(type: string, code: string, level?: number): boolean {
    checkOneOf('type', type, publicTypes)
    checkGiven(isText(code), 'code', code, 'a market code')
    check(Number.isFinite(level), 'level', level, 'a number')
    const items = [...this.exchange.connections].flatMap(
      ({ subscriber }) => subscriber.items.get(itemKey(type, code)) ?? [],
    )
    return items.some((item) => level === undefined || item.level === level)
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
      // A rejection that rejects nothing: it sees every message in the turn in which it comes.
      const listen: Rejection = (request) => {
        if (request.kind !== 'subscribe') return undefined
        this.exchange.rejections.delete(listen)
        start()
        return undefined
      }
      this.exchange.rejections.add(listen)
      cancels.push(() => this.exchange.rejections.delete(listen))
    }
    return () => {
      for (const cancel of cancels) cancel()
    }
  }

  /** Resolves when every frame has left for the clients. */
  protected abstract flushed(): Promise<void>

  private wait(options: WaitOptions, what: string, start: Wait['start']): Promise<void> {
    const present = (): string =>
      `connections: ${this.connections}, dials: ${this.dials.length}, messages received: ${this.received.length}`
    return limitedWait({ what, present, start }, this.exchange.environment, options)
  }

  private endedError(condition: () => boolean): UpbitError {
    return new UpbitError('ABORTED', `until(${textOf(condition)}) was ended by the close of the exchange.`)
  }
}

/** The text of a condition, short enough for a message: it says what a failed test waited for. */
function textOf(condition: () => boolean): string {
  const text = String(condition).replace(/\s+/g, ' ')
  return text.length > maxConditionLength ? `${text.slice(0, maxConditionLength)}…` : text
}
