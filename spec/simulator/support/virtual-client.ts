/** A client of an exchange in memory that notes what it gets and when, for specs under virtual time. */
import { TestScheduler } from 'rxjs/testing'
import type { RawFrame, Socket, SocketFailure } from '../../../src/transport/socket'
import type { VirtualExchange, VirtualExchangeOptions } from '../../../src/testing'
import { createVirtualExchange } from '../../../src/testing'

export interface Note {
  readonly atMs: number
  readonly raw: RawFrame
  readonly text: string
}

export class VirtualClient {
  socket: Socket | undefined
  failure: (SocketFailure & { readonly atMs: number }) | undefined
  readonly notes: Note[] = []
  readonly pongsAtMs: number[] = []
  private readonly subscription

  constructor(exchange: VirtualExchange, path = '/websocket/v1', headers: Record<string, string> = {}) {
    const { openSocket, url, environment } = exchange.options
    const now = (): number => environment.now()
    this.subscription = openSocket({ url: url + path, headers }).subscribe({
      next: (socket) => {
        this.socket = socket
        socket.frames$.subscribe((raw) => this.notes.push({ atMs: now(), raw, text: textOf(raw) }))
        socket.pongs$.subscribe(() => this.pongsAtMs.push(now()))
      },
      error: (failure: SocketFailure) => (this.failure = { ...failure, atMs: now() }),
    })
  }

  get frames(): readonly string[] {
    return this.notes.map((note) => note.text)
  }

  /** The frames parsed, as far as precision goes. */
  get json(): readonly Record<string, unknown>[] {
    return this.frames.map((text) => JSON.parse(text) as Record<string, unknown>)
  }

  get open(): boolean {
    return this.socket !== undefined && this.failure === undefined
  }

  /** Sends a request: what is no text is sent as JSON. */
  send(message: unknown): void {
    this.socket?.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  leave(): void {
    this.subscription.unsubscribe()
  }
}

export function textOf(raw: RawFrame): string {
  return typeof raw === 'string' ? raw : new TextDecoder().decode(raw)
}

export interface VirtualRun {
  readonly exchange: VirtualExchange
  /** Does something so many ms after the start of the run. */
  at(ms: number, work: () => void): void
  /** A client that dials at once. */
  client(path?: string, headers?: Record<string, string>): VirtualClient
}

/**
 * Runs a scenario under virtual time from 0 to `untilMs`, when every client leaves; nothing may be left then, or the
 * time would go on.
 */
export function runVirtually(
  untilMs: number,
  options: VirtualExchangeOptions,
  scenario: (run: VirtualRun) => void,
): void {
  const scheduler = new TestScheduler(() => {})
  const failures: unknown[] = []
  scheduler.run(() => {
    const exchange = createVirtualExchange(scheduler, options)
    const clients: VirtualClient[] = []
    const at = (ms: number, work: () => void): void => {
      scheduler.schedule(() => {
        try {
          work()
        } catch (error) {
          // An exception inside the scheduler would stop it half-way and leave the rest untold.
          failures.push(error)
        }
      }, ms - scheduler.now())
    }
    const client = (path?: string, headers?: Record<string, string>): VirtualClient => {
      const made = new VirtualClient(exchange, path, headers)
      clients.push(made)
      return made
    }
    scenario({ exchange, at, client })
    at(untilMs, () => clients.forEach((made) => made.leave()))
  })
  if (failures.length > 0) throw failures[0]
  expect(scheduler.now()).toBe(untilMs)
}

/** A subscribe message for one type. */
export function subscribeTo(
  type: string,
  codes: readonly string[],
  format = 'DEFAULT',
  options: object = {},
): string {
  return JSON.stringify([{ ticket: 't' }, { type, codes, ...options }, { format }])
}
