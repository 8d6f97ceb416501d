/**
 * What the exchange has lost of a living subscription, and how it came back, by the exchange's own record. Whoever asked what
 * is subscribed was told of it; where another set was sent before anybody asked, it came back unseen.
 */
import type { ExchangeControls, ReceivedMessage } from '../../src/testing'

/** What is lost. */
export interface Entry {
  readonly type: string
  readonly code: string
  /** Of order books. */
  readonly level: number
}

export interface Loss extends Entry {
  /** Ms of the world's time. */
  readonly atMs: number
  outcome: 'lost' | 'told' | 'unseen'
}

interface Course extends Loss {
  readonly connection: number
  /** The set that it was in. */
  readonly set: ReceivedMessage
  /** What was received before is of no matter any more. */
  mark: ReceivedMessage | undefined
  /** Since it was lost it was asked what is subscribed. */
  isAsked: boolean
  /** The client knows of nothing any more that differs. */
  isOver: boolean
}

/** By then every entry of a session has spoken, whatever the network does. */
const settledMs = 3000

export class Forgotten {
  readonly #courses: Course[] = []

  constructor(
    private readonly exchange: Pick<ExchangeControls, 'received' | 'subscribed' | 'forget'>,
    private readonly now: () => number,
    /** Whether each answer comes in its time: where it may come too late, only what is done about it shows that it came. */
    private readonly isPrompt: boolean,
  ) {}

  /**
   * Loses an entry, one at a time, and the same one not before the client knows that it is there again: what is lost and
   * sent three times in a row is taken for how the exchange is (C9.7).
   */
  forget(entry: Entry): void {
    const { type, code, level } = entry
    const isTooSoon = this.courses.some(
      (loss) => loss.outcome === 'lost' || (!loss.isOver && isSameEntry(loss, entry)),
    )
    if (isTooSoon || !this.exchange.subscribed(type, code, level)) return
    const { received } = this.exchange
    const set = [...received].reverse().find((message) => isOf(message, entry))
    const first = received.find(({ connection }) => connection === set?.connection)
    const atMs = this.now()
    if (set === undefined || first === undefined || atMs - first.atMs < settledMs) return
    this.exchange.forget((item) => item.type === type && item.level === level && item.codes.includes(code))
    const mark = received.at(-1)
    const { connection } = set
    this.#courses.push({
      ...entry,
      atMs,
      connection,
      set,
      mark,
      outcome: 'lost',
      isAsked: false,
      isOver: false,
    })
  }

  /** By which loss nothing of this entry is sent now. */
  lossOf(type: string, code: string): Loss | undefined {
    return this.courses.find((loss) => loss.outcome === 'lost' && loss.type === type && loss.code === code)
  }

  /** Whether anything is still lost. */
  get isAny(): boolean {
    return this.courses.some(({ outcome }) => outcome === 'lost')
  }

  get all(): readonly Loss[] {
    return this.courses
  }

  /** As far as the exchange has heard of them. */
  private get courses(): readonly Course[] {
    for (const loss of this.#courses) {
      if (loss.isOver) continue
      for (const message of this.since(loss.mark)) {
        loss.mark = message
        this.follow(loss, message)
      }
    }
    return this.#courses
  }

  private since(mark: ReceivedMessage | undefined): readonly ReceivedMessage[] {
    const { received } = this.exchange
    return received.slice(mark === undefined ? 0 : received.lastIndexOf(mark) + 1)
  }

  private follow(loss: Course, message: ReceivedMessage): void {
    const { kind, connection } = message
    const isLost = loss.outcome === 'lost'
    if (connection !== loss.connection) {
      // A session after it: what was lost ended with the one that it was lost of.
      if (connection < loss.connection || !isOf(message, loss)) return
      if (isLost) loss.outcome = 'unseen'
      loss.isOver = true
    } else if (kind === 'list') {
      loss.isAsked = true
      loss.isOver = !isLost
    } else if (kind === 'subscribe' && isLost) {
      // The same set once more is the answer's doing; another one may have been sent without it.
      const isHeard = loss.isAsked && (this.isPrompt || isSame(message, loss.set))
      loss.outcome = isHeard ? 'told' : 'unseen'
      loss.isOver = loss.outcome === 'unseen'
    }
  }
}

function isSameEntry(one: Entry, other: Entry): boolean {
  return one.type === other.type && one.code === other.code && one.level === other.level
}

function isOf({ kind, items }: ReceivedMessage, { type, code, level }: Entry): boolean {
  return (
    kind === 'subscribe' &&
    items.some((item) => item.type === type && item.level === level && item.codes.some(isNamed(code)))
  )
}

/** Books may be asked for with how many lines they are to have behind the code. */
function isNamed(code: string): (name: string) => boolean {
  return (name) => name === code || name.startsWith(`${code}.`)
}

function isSame({ items }: ReceivedMessage, { items: others }: ReceivedMessage): boolean {
  return JSON.stringify(items) === JSON.stringify(others)
}
