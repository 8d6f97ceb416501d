/**
 * Decides what goes out on a connection and when: the whole wanted set at every change and at every new session.
 * Knows which message is unresolved, so that an error frame is laid to the message that caused it (C9.1, C9.5).
 *
 * A message is *accepted* when a frame of a key that it added comes, or a second after it was sent without an error
 * frame. The set accepted last outlives the session: it is what the next session starts from after a refusal.
 */
import type { Subscription } from 'rxjs'
import type { Environment } from '../base/environment'
import type { ServerError } from '../protocol/control'
import { encodeSubscribe } from '../protocol/request'
import type { WireFormat } from '../protocol/wire'
import type { DesiredState } from '../registry/desired-state'
import { mergedItems } from '../registry/merged-request'
import type { StreamKey } from '../registry/stream-key'
import type { Socket } from '../transport/socket'
import { acceptanceMs, dueAtMs } from './pacing'
import { isLimitError } from './server-error'

export interface SenderPorts {
  readonly environment: Environment
  readonly format: WireFormat
  readonly desired: DesiredState
  /** A message with these entries is about to go out; `fresh` were not on this session's wire before. */
  sent(ids: ReadonlySet<string>, fresh: readonly StreamKey[]): void
  /** The message that put these entries on this session's wire is accepted. */
  accepted(): void
  /** The exchange refused the message that added these entries; their consumers must go. */
  rejected(added: readonly StreamKey[], error: ServerError): void
  /** Nothing may be sent before `retryAtMs`, because the budget of the minute is spent; `undefined`: again free. */
  limited(retryAtMs: number | undefined): void
}

interface Message {
  readonly ids: ReadonlySet<string>
  /** Not on this session's wire before: a frame of one of them proves that the message was accepted. */
  readonly fresh: ReadonlyMap<string, StreamKey>
  /** Never accepted before, in any session: an error frame can only mean these. */
  readonly added: readonly StreamKey[]
  readonly untilMs: number
}

/** A limit that named no time: a second, doubling with every limit in a row up to a minute. */
const firstLimitWaitMs = 1000
const maxLimitWaitMs = 60_000
/** After a refusal the exchange closes within 180 ms (seen 2026-09); when it does not, we do. */
const closeAfterErrorMs = 1000

export class SubscriptionSender {
  private socket: Socket | undefined
  private sentIds: ReadonlySet<string> = new Set()
  private acceptedIds: ReadonlySet<string> = new Set()
  private unresolved: Message | undefined
  private sentAtMs: number[] = []
  private addedAtMs: number | undefined
  private removedAtMs: number | undefined
  private timer: Subscription | undefined
  private limits = 0

  constructor(private readonly ports: SenderPorts) {}

  /** A session opened: the wanted set goes in this very turn, unless it is empty. */
  opened(socket: Socket): void {
    this.socket = socket
    this.sentIds = new Set()
    this.sentAtMs = []
    this.send()
  }

  /** The session is over. What it left unresolved was neither accepted nor refused. */
  closed(): void {
    this.socket = undefined
    this.unresolved = undefined
    this.addedAtMs = this.removedAtMs = undefined
    this.timer?.unsubscribe()
    this.timer = undefined
  }

  /** The wanted set changed. Constant time while a message is due anyway. */
  changed(change: DesiredState['change']): void {
    if (this.socket === undefined) return
    if (change === 'added') {
      if (this.addedAtMs !== undefined) return
      this.addedAtMs = this.ports.environment.now()
    } else {
      if (this.removedAtMs !== undefined) return
      this.removedAtMs = this.ports.environment.now()
    }
    this.schedule()
  }

  /** Whether `received` has to be told of events at all; false on most of them. */
  get isUnresolved(): boolean {
    return this.unresolved !== undefined
  }

  /** An event of this entry came. */
  received(id: string): void {
    if (this.unresolved?.fresh.has(id) === true) this.accept()
  }

  /** An error frame came; it can only mean the message that is unresolved, or the last one. */
  refused(error: ServerError): void {
    const { socket, unresolved } = this
    this.unresolved = undefined
    this.timer?.unsubscribe()
    if (socket === undefined) return
    if (isLimitError(error)) {
      // The exchange may close or refuse for a while (both readings exist): resend here if it stays open.
      this.sentIds = new Set()
      const waitMs = Math.min(maxLimitWaitMs, firstLimitWaitMs * 2 ** this.limits++)
      this.timer = this.after(waitMs, () => this.send())
      this.ports.limited(this.ports.environment.now() + waitMs)
      return
    }
    // Nothing is sent to a session that is ending; the next one starts from what is wanted then.
    this.timer = this.after(closeAfterErrorMs, () => socket.close())
    if (unresolved !== undefined && unresolved.added.length > 0) this.ports.rejected(unresolved.added, error)
    this.socket = undefined
  }

  private accept(): void {
    const message = this.unresolved
    if (message === undefined) return
    this.unresolved = undefined
    this.acceptedIds = message.ids
    this.limits = 0
    this.ports.accepted()
    this.schedule()
  }

  private schedule(): void {
    this.timer?.unsubscribe()
    this.timer = undefined
    if (this.socket === undefined) return
    const nowMs = this.ports.environment.now()
    const untilMs = this.unresolved?.untilMs
    if (untilMs !== undefined && untilMs <= nowMs) return this.accept()
    const due = dueAtMs(
      {
        addedAtMs: this.addedAtMs,
        removedAtMs: this.removedAtMs,
        sentAtMs: this.sentAtMs,
        unresolvedUntilMs: untilMs,
      },
      nowMs,
    )
    if (due?.limited === true) this.ports.limited(due.atMs)
    const atMs = untilMs ?? due?.atMs
    if (atMs === undefined) return
    this.timer = this.after(Math.max(0, atMs - nowMs), () =>
      this.unresolved === undefined ? this.send() : this.schedule(),
    )
  }

  /** Sends the wanted set if it differs from the set that the exchange was sent last. */
  private send(): void {
    const { socket } = this
    const { environment, format, desired } = this.ports
    this.addedAtMs = this.removedAtMs = undefined
    if (socket === undefined) return
    const ids = new Set(desired.entries.keys())
    if (ids.size === 0 || isSameSet(ids, this.sentIds)) return
    const keys = [...desired.entries.values()].map((entry) => entry.key)
    const fresh = keys.filter((key) => !this.sentIds.has(key.id))
    const nowMs = environment.now()
    this.unresolved = {
      ids,
      fresh: new Map(fresh.map((key) => [key.id, key])),
      added: keys.filter((key) => !this.acceptedIds.has(key.id)),
      untilMs: nowMs + acceptanceMs,
    }
    this.sentIds = ids
    this.sentAtMs = [...this.sentAtMs.slice(-99), nowMs]
    this.ports.limited(undefined)
    this.ports.sent(ids, fresh)
    this.schedule()
    socket.send(encodeSubscribe(environment.newId(), mergedItems(keys), format))
  }

  private after(delayMs: number, work: () => void): Subscription {
    return this.ports.environment.timer$(delayMs, { referenced: false }).subscribe(work)
  }
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false
  for (const id of a) if (!b.has(id)) return false
  return true
}
