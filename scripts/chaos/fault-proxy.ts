/**
 * A TCP proxy on loopback between a client and the exchange, which does what networks do: bytes late, few, lost, wrong,
 * connections cut, refused, half-open. It counts who connected, for the limits are counted where dials arrive.
 */
import type { Server, Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import type { Environment } from '../../src/base/environment'
import { endAbruptly } from '../../src/simulator/end-abruptly'
import { Passage } from './passage'
import type { NetworkConditions } from './passage'

interface Pair {
  readonly near: Socket
  readonly far: Socket
  readonly passages: readonly Passage[]
}

export class FaultProxy {
  readonly conditions: NetworkConditions = {
    delayMs: 0,
    jitterMs: 0,
    bytesPerSecond: Infinity,
    corruptBytes: 0,
    corruptChunks: 0,
  }
  /** When each connection came that then asked for a WebSocket, ms of the environment's clock. */
  readonly connectedAtMs: number[] = []
  #server: Server | undefined
  #port = 0
  #refusals = 0
  readonly #pairs = new Set<Pair>()

  private constructor(
    private readonly targetPort: number,
    private readonly environment: Environment,
    private readonly random: () => number,
  ) {}

  static async start(targetUrl: string, environment: Environment, random: () => number): Promise<FaultProxy> {
    const proxy = new FaultProxy(Number(new URL(targetUrl).port), environment, random)
    await proxy.#listen()
    return proxy
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`
  }

  get connections(): number {
    return this.#pairs.size
  }

  /** Ends every connection with a RST. */
  reset(): void {
    for (const { near, far } of this.#pairs) {
      endAbruptly(near)
      endAbruptly(far)
    }
  }

  /** The open connections pass nothing on any more, either way, and nobody is told; later ones are well. */
  halfOpen(): void {
    for (const { passages } of this.#pairs) for (const passage of passages) passage.swallow()
  }

  /** New connections are refused by the system for so long. */
  refuse(forMs: number): void {
    this.#refusals++
    this.#server?.close()
    this.#server = undefined
    this.environment.timer$(forMs).subscribe(() => {
      if (--this.#refusals === 0) void this.#listen()
    })
  }

  /** The next chunks that the exchange sends have a run of bytes that no text and no frame has. */
  corrupt(bytes: number, chunks: number): void {
    Object.assign(this.conditions, { corruptBytes: bytes, corruptChunks: chunks })
  }

  /** From now on it only passes on. */
  heal(): void {
    Object.assign(this.conditions, { delayMs: 0, jitterMs: 0, bytesPerSecond: Infinity, corruptChunks: 0 })
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    this.#refusals = Infinity
    for (const { near, far } of this.#pairs) {
      near.destroy()
      far.destroy()
    }
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()))
  }

  #listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (near) => this.#pass(near))
    this.#server = server
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, '127.0.0.1', () => {
        this.#port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  }

  #pass(near: Socket): void {
    const atMs = this.environment.now()
    near.once('data', (head: Buffer) => {
      // A plain request is no dial.
      if (/^upgrade: *websocket/im.test(head.toString('latin1'))) this.connectedAtMs.push(atMs)
    })
    const far = connect({ port: this.targetPort, host: '127.0.0.1', allowHalfOpen: true })
    const ports = { environment: this.environment, random: this.random, conditions: this.conditions }
    const passages = [
      new Passage(near, far, { ...ports, corrupts: false }),
      new Passage(far, near, { ...ports, corrupts: true }),
    ]
    const pair: Pair = { near, far, passages }
    this.#pairs.add(pair)
    const gone = (): void => {
      this.#pairs.delete(pair)
      for (const passage of passages) passage.end()
    }
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      // A reset of one side is one of the other: as if there were no proxy.
      one.on('error', () => endAbruptly(other))
      one.on('close', () => {
        gone()
        other.destroy()
      })
    }
  }
}
