/**
 * What is known of the messages that were sent: which is unresolved, what was accepted, and what an error frame can mean
 * (C9.5). What was accepted last outlives the session: whatever is not in it can be what a later error frame means.
 *
 * A frame of an entry that was never on this session's wire before is a proof. Silence is one only where the pong of the
 * ping behind the message has shown that it was read, and nothing was refused since the last proof. Elsewhere, as in a
 * browser, silence lets the next message go and proves nothing: an error blames whatever was added since the last proof.
 * A set with nothing new that is refused twice in a row is taken for accepted no more: the third time it is to blame.
 */
import type { StreamKey } from '../registry/stream-key'
import type { WantedRequest } from './wanted-request'

interface Message {
  readonly keys: readonly StreamKey[]
  readonly ids: ReadonlySet<string>
  /** Not on this session's wire, as far as is known. */
  readonly fresh: ReadonlySet<string>
  /** Never on this session's wire before: a frame of one of them can have been caused by this message alone. */
  readonly first: ReadonlySet<string>
  readonly sentAtMs: number
  /** What the ping behind it carries. */
  readonly payload: string | undefined
  pongedAtMs: number | undefined
}

/** What an event shows. */
export interface Proof {
  /** The message that it was caused by, or one before: what the ping behind that carries. */
  readonly payload: string | undefined
  /** What the unresolved message asked for, if it is accepted by this. */
  readonly ids: ReadonlySet<string> | undefined
}

/** What an error frame means. */
export interface Refusal {
  readonly ids: ReadonlySet<string>
  /** Never accepted before, in any session: only these can be to blame. */
  readonly added: readonly StreamKey[]
  /** Whether all else in the message is accepted in this session. */
  readonly isAlone: boolean
}

/** Without an error frame for this long a message may be accepted. */
const silenceMs = 1000
/** An error is sent before the pong of what comes behind it, or in answer to a look-up right after: 100 ms seen 2026-09. */
const afterPongMs = 300
/** A peer that answers no ping for so long is treated like one without. */
const pongWithinMs = 10_000
/** An error that comes so late may mean the message still, though its pong has come. */
const lateMs = 5000
/** A browser has judged a dead line by then (`heartbeat.ts`: 30 s and 25 s): who lives was accepted. */
const provedAfterMs = 60_000
/** So often in a row an accepted set may be refused before it is to blame: once may be the exchange's own trouble. */
const toleratedRefusals = 2

const none: ReadonlySet<string> = new Set()

export class Acceptance {
  private acceptedIds = none
  /** What is accepted in this session. */
  private flowingIds = none
  /** Whatever was on this session's wire: a frame of any of it may have been under way. */
  private askedIds = none
  private newest: Message | undefined
  /** Accepted by silence. */
  private silent: Message | undefined
  private hasPings = false
  /** Refusals in a row that nobody could be blamed for. */
  private refusals = 0

  opened(hasPings: boolean): void {
    this.hasPings = hasPings
    this.flowingIds = this.askedIds = none
  }

  /** What it left unresolved was neither accepted nor refused. */
  closed(nowMs: number): void {
    this.settle(nowMs)
    this.newest = this.silent = undefined
  }

  /** A message goes out. At a session's first nothing is copied: whoever waits, waits for this one. */
  sent({ keys, ids }: WantedRequest, payload: string | undefined, sentAtMs: number): ReadonlySet<string> {
    const fresh = without(this.flowingIds, ids)
    const first = without(this.askedIds, fresh)
    this.askedIds = this.askedIds.size === 0 ? first : new Set([...this.askedIds, ...first])
    this.newest = { keys, ids, fresh, first, sentAtMs, payload, pongedAtMs: undefined }
    return fresh
  }

  /** The message that is neither accepted nor refused. */
  get unresolved(): Message | undefined {
    return this.newest
  }

  /** What the unresolved message added. */
  get unresolvedIds(): readonly string[] {
    return this.newest === undefined ? [] : this.addedBy(this.newest).map(({ id }) => id)
  }

  get accepted(): ReadonlySet<string> {
    return this.acceptedIds
  }

  /** Whether a frame may prove anything; false most of the time. */
  get isWatching(): boolean {
    return this.newest !== undefined || (this.silent !== undefined && !this.isProof(this.silent))
  }

  /** When the unresolved message is accepted, if no error frame comes. */
  get silenceAtMs(): number {
    const { sentAtMs, pongedAtMs } = this.newest as Message
    if (!this.hasPings) return sentAtMs + silenceMs
    if (pongedAtMs === undefined) return sentAtMs + pongWithinMs
    return Math.max(sentAtMs + silenceMs, pongedAtMs + afterPongMs)
  }

  /** A pong came; returns whether it changes when the unresolved message is accepted. */
  ponged(payload: string | undefined, nowMs: number): boolean {
    const { newest } = this
    // Pongs that do not say whose they are prove nothing.
    if (payload === undefined) this.hasPings = false
    else if (newest === undefined || newest.payload !== payload) return false
    else newest.pongedAtMs ??= nowMs
    return newest !== undefined
  }

  /** An event of this entry came; returns what that proves, if anything. */
  received(id: string, nowMs: number): Proof | undefined {
    const { newest, silent } = this
    if (newest?.first.has(id) === true) {
      this.newest = undefined
      this.flowingIds = newest.ids
      this.proved(newest)
      return newest
    }
    if (silent?.first.has(id) === true) {
      this.proved(silent)
      return { payload: silent.payload, ids: undefined }
    }
    this.settle(nowMs)
    return undefined
  }

  /** No error frame came for long enough; returns what the message asked for. */
  silenced(nowMs: number): ReadonlySet<string> {
    this.settle(nowMs)
    const newest = this.newest as Message
    this.newest = undefined
    this.silent = newest
    this.flowingIds = newest.ids
    if (this.isProof(newest)) this.acceptedIds = newest.ids
    return newest.ids
  }

  /** The exchange did not look at the unresolved message. */
  unread(): void {
    this.newest = undefined
  }

  /** An error frame came; `undefined` where no message explains it. */
  refused(nowMs: number): Refusal | undefined {
    this.settle(nowMs)
    const { newest, silent } = this
    this.newest = this.silent = undefined
    const message = newest ?? silent
    if (message === undefined) return undefined
    const added = this.addedBy(message)
    const isLate = silent !== undefined && nowMs - silent.sentAtMs < lateMs
    if (newest === undefined && added.length === 0) {
      if (isLate) this.refusedAgain()
      return undefined
    }
    const isAlone = newest !== undefined && added.length === newest.fresh.size
    return { ids: message.ids, added, isAlone }
  }

  /** Somebody is to blame for it, and is searched for. */
  blamed(): void {
    this.refusals = 0
  }

  /** Without an end to it, every session from here on would be refused, and nobody's stream would say so. */
  refusedAgain(): void {
    if (++this.refusals === toleratedRefusals) this.acceptedIds = none
  }

  private addedBy({ keys, ids }: Message): readonly StreamKey[] {
    const { acceptedIds } = this
    return acceptedIds === ids ? [] : keys.filter(({ id }) => !acceptedIds.has(id))
  }

  /** Whether its silence proves that it was accepted. */
  private isProof({ pongedAtMs }: Message): boolean {
    return pongedAtMs !== undefined && this.refusals === 0
  }

  private settle(nowMs: number): void {
    if (this.silent !== undefined && nowMs - this.silent.sentAtMs >= provedAfterMs) this.proved(this.silent)
  }

  private proved({ ids }: Message): void {
    this.acceptedIds = ids
    this.silent = undefined
    this.refusals = 0
  }
}

function without(some: ReadonlySet<string>, all: ReadonlySet<string>): ReadonlySet<string> {
  return some.size === 0 ? all : new Set([...all].filter((id) => !some.has(id)))
}
