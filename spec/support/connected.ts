/** A connection with everything that it says written down, on whatever network a spec puts it. */
import type { Subscription } from 'rxjs'
import type { Environment } from '../../src/base/environment'
import type { UpbitError } from '../../src/base/errors'
import type { Connection, ConnectionConfig } from '../../src/connection/connection'
import { createConnection } from '../../src/connection/connection'
import { publicEndpoint } from '../../src/connection/endpoint'
import type { ConnectionStatus } from '../../src/connection/status'
import type { DecodeError } from '../../src/protocol/decode-error'
import type { PublicEvent } from '../../src/protocol/events'
import type { Registry } from '../../src/registry/registry'
import { createRegistry } from '../../src/registry/registry'
import type { StreamKey } from '../../src/registry/stream-key'
import { streamKey } from '../../src/registry/stream-key'
import type { OpenSocket } from '../../src/transport/socket'

export interface Surroundings {
  readonly environment: Environment
  readonly openSocket: OpenSocket
  readonly url?: string
}

export class Connected {
  readonly registry: Registry = createRegistry()
  readonly connection: Connection
  readonly events: PublicEvent[] = []
  readonly statuses: ConnectionStatus[] = []
  readonly errors: UpbitError[] = []
  readonly openedEpochs: number[] = []
  readonly losses: { readonly epoch: number; readonly lastSignMs: number; readonly cause: string }[] = []
  readonly sentIds: string[][] = []
  readonly rejections: { readonly ids: string[]; readonly name: string }[] = []
  readonly failures: { readonly ids: string[]; readonly code: string }[] = []
  readonly undecodable: DecodeError[] = []
  readonly drift: string[] = []
  /** What the exchange was found to lack, or to have too much. */
  readonly drifts: (readonly string[])[] = []
  readonly silent: string[] = []
  ends = 0
  /** What ended the stream of events. */
  refusal: UpbitError | undefined
  /** Called with each event, inside its delivery. */
  received: (event: PublicEvent) => void = () => {}

  constructor(
    { environment, openSocket, url }: Surroundings,
    config: Omit<Partial<ConnectionConfig>, 'endpoint'> = {},
  ) {
    this.connection = createConnection({
      endpoint: publicEndpoint,
      environment,
      openSocket,
      url: `${url ?? 'ws://exchange.invalid'}/websocket/v1`,
      format: 'DEFAULT',
      lingerMs: 5000,
      registry: this.registry,
      reports: {
        opened: (epoch) => void this.openedEpochs.push(epoch),
        lost: (epoch, lastSignMs, cause) => void this.losses.push({ epoch, lastSignMs, cause }),
        ended: () => {
          this.ends++
        },
        sent: (ids) => void this.sentIds.push([...ids]),
        rejected: (keys, { name }) => {
          this.rejections.push({ ids: keys.map(({ id }) => id), name })
          // As their consumers do when they are failed.
          this.registry.remove(keys)
        },
        failed: (keys, error) => {
          this.failures.push({ ids: keys.map(({ id }) => id), code: error.code })
          this.registry.remove(keys)
        },
        undecodable: (error) => void this.undecodable.push(error),
        drift: (name) => void this.drift.push(name),
        drifted: (difference) => void this.drifts.push(difference),
        silent: ({ id }) => void this.silent.push(id),
        error: (error) => void this.errors.push(error),
      },
      ...config,
    })
    this.connection.status$.subscribe((status) => this.statuses.push(status))
  }

  /** Subscribes to the events, as a lane does. */
  listen(): Subscription {
    return this.connection.events$.subscribe({
      next: (event) => {
        this.events.push(event)
        this.received(event)
      },
      error: (error: UpbitError) => (this.refusal = error),
    })
  }

  /** One more consumer of these codes of `ticker`. */
  want(...codes: string[]): void {
    this.registry.add(tickers(codes))
  }

  /** One consumer less. */
  leave(...codes: string[]): void {
    this.registry.remove(tickers(codes))
  }

  /** The states of `status$` in order, the first one included. */
  get states(): readonly string[] {
    return this.statuses.map((status) =>
      status.state === 'waiting' ? `waiting: ${status.reason}` : status.state,
    )
  }
}

function tickers(codes: readonly string[]): StreamKey[] {
  return codes.map((code) => streamKey('ticker', code))
}
