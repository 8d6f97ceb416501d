/**
 * One direction of a proxied connection. Chunks keep their order whatever the delay; a narrow link is paid for by the
 * byte, and who sends more is held back as TCP holds back.
 */
import type { Socket } from 'node:net'
import type { Environment } from '../../src/base/environment'

/** What the network is like now; the proxy's, shared by all its connections. */
export interface NetworkConditions {
  delayMs: number
  jitterMs: number
  bytesPerSecond: number
  /** The length of the run of bytes that is spoilt in each of the next chunks. */
  corruptBytes: number
  corruptChunks: number
}

export interface PassagePorts {
  readonly environment: Environment
  readonly random: () => number
  readonly conditions: NetworkConditions
  /** Whether this direction is the one that is spoilt. */
  readonly corrupts: boolean
}

interface Waiting {
  readonly dueMs: number
  readonly bytes: number
  readonly work: () => void
}

/** A link holds so much before it holds its sender back. */
const heldBytes = 256 * 1024

export class Passage {
  #lastDueMs = 0
  readonly #waiting: Waiting[] = []
  #waitingBytes = 0
  #isSwallowing = false
  #isOver = false

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly ports: PassagePorts,
  ) {
    from.on('data', (chunk: Buffer) => this.#take(chunk))
    from.on('end', () => this.#inOrder(0, () => this.to.end()))
  }

  /** Whatever comes from now on is lost. The end of the sender is, too. */
  swallow(): void {
    this.#isSwallowing = true
  }

  end(): void {
    this.#isOver = true
  }

  #take(chunk: Buffer): void {
    if (this.#isSwallowing) return
    const { conditions } = this.ports
    const bytes = this.ports.corrupts && conditions.corruptChunks > 0 ? this.#spoilt(chunk) : chunk
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes > heldBytes) this.from.pause()
    this.#inOrder(bytes.length, () => {
      this.#waitingBytes -= bytes.length
      if (this.#waitingBytes <= heldBytes) this.from.resume()
      if (!this.to.writable) return
      if (!this.to.write(bytes)) {
        this.from.pause()
        this.to.once('drain', () => this.from.resume())
      }
    })
  }

  /** Does `work` when so many bytes have had their time on the way and on the link, never before what came earlier. */
  #inOrder(bytes: number, work: () => void): void {
    const { environment, random, conditions } = this.ports
    const { delayMs, jitterMs } = conditions
    const nowMs = environment.now()
    this.#lastDueMs = Math.max(this.#lastDueMs, nowMs + delayMs + jitterMs * random())
    const isWay = this.#lastDueMs > nowMs || conditions.bytesPerSecond !== Infinity
    if (this.#waiting.length === 0 && !isWay) return work()
    this.#waiting.push({ dueMs: this.#lastDueMs, bytes, work })
    if (this.#waiting.length === 1) this.#next()
  }

  /**
   * One timer at a time, since timers of different lengths may fire in another order than that of their ends. The width
   * of the link is that of the moment: what waited behind a narrow one goes fast when it is wide again.
   */
  #next(): void {
    const [first] = this.#waiting
    if (first === undefined) return
    const { environment, conditions } = this.ports
    const onLinkMs = (1000 * first.bytes) / conditions.bytesPerSecond
    environment.timer$(Math.max(0, first.dueMs - environment.now()) + onLinkMs).subscribe(() => {
      this.#waiting.shift()
      if (!this.#isOver && !this.#isSwallowing) first.work()
      this.#next()
    })
  }

  /** Zeros are in no JSON text, and break the head of a frame or of an answer; nobody can take them for data. */
  #spoilt(chunk: Buffer): Buffer {
    const { conditions, random } = this.ports
    conditions.corruptChunks--
    const bytes = Buffer.from(chunk)
    const length = Math.min(conditions.corruptBytes, bytes.length)
    const at = Math.floor(random() * (bytes.length - length + 1))
    return bytes.fill(0, at, at + length)
  }
}
