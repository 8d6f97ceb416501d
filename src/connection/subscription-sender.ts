/**
 * Decides what goes out on a connection and when: the whole wanted set at every change and at every new session.
 * Knows which message is unresolved, so that an error frame is laid to the message that caused it (C9.1, C9.5).
 */
import type { Subscription } from 'rxjs'
import type { ServerError } from '../protocol/control'
import type { DesiredState } from '../registry/desired-state'
import { Acceptance } from './acceptance'
import type { Due } from './pacing'
import { PendingChanges } from './pending-changes'
import type { SenderPorts } from './sender-ports'
import { isAuthError, isLimitError } from './server-error'
import { SessionMessages } from './session-messages'
import type { Prepared, SessionSocket } from './session-socket'
import { steadyClock } from '../base/steady-clock'
import type { WantedRequest } from './wanted-request'
import { WantedRequests } from './wanted-request'
import type { WireState } from './wire-state'

/** After a refusal the exchange closes within 180 ms (seen 2026-09); when it does not, we do. */
const closeAfterErrorMs = 1000

const none: ReadonlySet<string> = new Set()

export class SubscriptionSender {
  /** Also told of what goes out and comes in beside subscriptions. */
  readonly messages: SessionMessages
  private readonly now: () => number
  private readonly requests: WantedRequests
  private socket: SessionSocket | undefined
  /** What was sent last in this session; `undefined` when a limit came in its place and it has to be sent again. */
  private sentIds: ReadonlySet<string> | undefined = none
  private readonly acceptance = new Acceptance()
  private readonly changes = new PendingChanges()
  private timer: Subscription | undefined

  constructor(private readonly ports: SenderPorts) {
    this.now = steadyClock(ports.environment)
    this.requests = new WantedRequests(ports)
    this.messages = new SessionMessages(ports, this.now)
  }

  /** A session opened: the wanted set goes in this very turn, unless it is empty or a limit of before lasts. */
  opened(socket: SessionSocket): void {
    const { limits, desired } = this.ports
    const { prepared } = socket
    const hasPings = socket.ping !== undefined
    this.socket = socket
    this.sentIds = none
    this.acceptance.opened(hasPings)
    this.messages.opened(hasPings, () => this.schedule(), prepared)
    if (prepared !== undefined && prepared.request.ids.size > 0) return this.takeOver(prepared, hasPings)
    if (limits.leftMs === 0 || desired.entries.size === 0) return this.send()
    this.changes.add('added', this.now())
    this.schedule()
  }

  /** The session is over. */
  closed(): void {
    this.socket = undefined
    this.acceptance.closed(this.now())
    this.changes.clear()
    this.timer?.unsubscribe()
    this.messages.closed()
  }

  /** The wanted set changed. Constant time while a message is due anyway. */
  changed(change: DesiredState['change']): void {
    if (this.socket !== undefined && this.changes.add(change, this.now())) this.schedule()
  }

  /** Whether `received` has to be told of events at all; false on most of them. */
  get isUnresolved(): boolean {
    return this.acceptance.isWatching
  }

  /** What is wanted now, and may go out. */
  get wanted(): WantedRequest {
    return this.requests.present
  }

  get wire(): WireState {
    const { sentIds = none, acceptance } = this
    const { accepted, unresolved, unresolvedIds } = acceptance
    return {
      sent: [...sentIds],
      accepted: [...accepted],
      ...(unresolved === undefined
        ? {}
        : { unresolved: { added: unresolvedIds, sent_at_ms: unresolved.sentAtMs } }),
    }
  }

  /** An event of this entry came. */
  received(id: string): void {
    const proof = this.acceptance.received(id, this.now())
    if (proof === undefined) return
    this.messages.caused(proof.payload)
    if (proof.ids !== undefined) this.accepted(proof.ids)
  }

  /** A pong came, with what its ping carried. */
  ponged(payload: string | undefined): void {
    this.messages.ponged(payload)
    if (this.acceptance.ponged(payload, this.now())) this.schedule()
  }

  /** Whether a message can be spared for a question, and none is due or unresolved. */
  get isAtRest(): boolean {
    const { acceptance, changes, messages } = this
    return acceptance.unresolved === undefined && !changes.isPending && messages.isPlenty()
  }

  /** Sends a question, which counts like a subscription. */
  ask(text: string, ticket: string): void {
    const { socket } = this
    if (socket === undefined) return
    const payload = this.messages.asked(ticket)
    this.schedule()
    socket.send(text)
    socket.ping?.(payload)
  }

  /** The exchange does not have what it was sent. */
  resend(): void {
    if (this.socket === undefined) return
    this.sentIds = undefined
    this.changes.add('added', this.now())
    this.schedule()
  }

  /**
   * An error frame came; it means the message that is unresolved, if one is. Returns whether that explains it, or
   * whether its kind does, or an error before it.
   */
  refused(error: ServerError): boolean {
    const { socket, acceptance, ports } = this
    if (socket === undefined) return true
    if (isLimitError(error)) {
      // The exchange may close or refuse for a while (both readings exist): the same set again if it stays open.
      ports.limits.passed(error)
      acceptance.unread()
      this.resend()
      return true
    }
    const refusal = isAuthError(error) ? undefined : acceptance.refused(this.now())
    // Nothing is sent to a session that is ending; the next one starts from what is wanted then.
    this.closed()
    this.timer = this.after(closeAfterErrorMs, () => socket.close())
    if (isAuthError(error)) return true
    if (refusal === undefined) return false
    const { ids, added, isAlone } = refusal
    if (added.length > 0) {
      ports.blamed(added, error, isAlone)
      acceptance.blamed()
    } else {
      acceptance.refusedAgain()
      ports.refusedAgain([...ids], error)
    }
    return true
  }

  /** It was asked before it had the session, and the exchange has it; what has changed since goes out as ever. */
  private takeOver({ request }: Prepared, hasPings: boolean): void {
    const { acceptance, ports } = this
    const { ids, keys } = request
    const nowMs = this.now()
    const payload = hasPings ? 'asked before' : undefined
    this.sentIds = ids
    acceptance.sent(request, payload, nowMs)
    if (hasPings) acceptance.ponged(payload, nowMs)
    ports.carries(request, keys)
    if (!isSameSet(this.wanted.ids, ids)) this.changes.add('added', nowMs)
    this.accepted(acceptance.silenced(nowMs))
  }

  private accepted(ids: ReadonlySet<string>): void {
    this.ports.limits.accepted()
    this.ports.accepted(ids)
    this.schedule()
  }

  /** Sets the one timer to what comes next: the acceptance of the last message, or the next one. */
  private schedule(): void {
    this.timer?.unsubscribe()
    const { acceptance, ports } = this
    if (acceptance.unresolved !== undefined) {
      const leftMs = Math.max(0, acceptance.silenceAtMs - this.now())
      this.timer = this.after(leftMs, () => this.accepted(acceptance.silenced(this.now())))
      return
    }
    const due = this.due()
    const isLimited = due?.limited === true
    this.messages.waiting(isLimited)
    ports.limited(isLimited ? due.delayMs : 0)
    if (due !== undefined) this.timer = this.after(due.delayMs, () => this.sendIfDue())
    // Last, since a question that goes comes by here again.
    if (isLimited && this.messages.needsQuestion) ports.unproved()
  }

  private due(): Due | undefined {
    return this.changes.due(this.messages, this.now())
  }

  /** A permit whose message nothing proves yet does not return when it was expected to. */
  private sendIfDue(): void {
    if (this.due()?.delayMs === 0) this.send()
    else this.schedule()
  }

  /** Sends the wanted set if it differs from the set that the exchange was sent last. */
  private send(): void {
    const { socket, sentIds, ports } = this
    this.changes.clear()
    ports.limited(0)
    if (socket === undefined) return
    const request = this.wanted
    const { ids } = request
    if (ids.size === 0 || (sentIds !== undefined && isSameSet(ids, sentIds))) return
    this.messages.waiting(false)
    if (sentIds !== undefined && sentIds.size > 0 && this.messages.isPlenty(1)) {
      ports.changing()
      // A virtual exchange may have answered by closing.
      if (this.socket !== socket) return
    }
    const payload = this.messages.sent()
    this.sentIds = ids
    const fresh = this.acceptance.sent(request, payload, this.now())
    ports.sent()
    ports.carries(request, fresh === ids ? request.keys : request.keys.filter(({ id }) => fresh.has(id)))
    this.schedule()
    // Last, since a virtual exchange may answer, and even close, while it is being asked.
    socket.send(request.text(ports.environment.newId()))
    // Its pong proves that the message before it was counted (C11.1).
    socket.ping?.(payload)
  }

  private after(delayMs: number, work: () => void): Subscription {
    return this.ports.environment.timer$(delayMs).subscribe(work)
  }
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false
  for (const id of a) if (!b.has(id)) return false
  return true
}
