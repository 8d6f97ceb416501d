/**
 * The wanted set as it goes out. Made anew only when it is another set, so that a session which opens has its text at
 * hand: of 2,565 entries it takes some milliseconds to make, and a reconnect asks for what was asked for before.
 */
import type { WireFormat } from '../protocol/wire'
import type { DesiredState } from '../registry/desired-state'
import type { StreamKey } from '../registry/stream-key'
import type { Endpoint } from './endpoint'

export interface WantedRequest {
  readonly keys: readonly StreamKey[]
  /** The same object as long as it is the same set. */
  readonly ids: ReadonlySet<string>
  /** The message, with this ticket. */
  text(ticket: string): string
}

export interface WantedRequestPorts {
  readonly endpoint: Pick<Endpoint, 'subscribeText'>
  readonly format: WireFormat
  readonly desired: DesiredState
  /** The wanted entries that may go out; the same object when all of them may. */
  sift(keys: readonly StreamKey[]): readonly StreamKey[]
}

export class WantedRequests {
  private version: number | undefined
  private wanted: readonly StreamKey[] = []
  private newest: WantedRequest | undefined

  constructor(private readonly ports: WantedRequestPorts) {}

  /** Of what is wanted now and may go out. */
  get present(): WantedRequest {
    const { desired, endpoint, format } = this.ports
    if (this.version !== desired.version) {
      this.version = desired.version
      this.wanted = [...desired.entries.values()].map(({ key }) => key)
    }
    const keys = this.ports.sift(this.wanted)
    if (this.newest?.keys !== keys) this.newest = requestFor(keys, endpoint, format)
    return this.newest
  }
}

function requestFor(
  keys: readonly StreamKey[],
  endpoint: WantedRequestPorts['endpoint'],
  format: WireFormat,
): WantedRequest {
  let text: WantedRequest['text'] | undefined
  return {
    keys,
    ids: new Set(keys.map(({ id }) => id)),
    // At the first sending: what is on the wire already is not sent.
    text: (ticket) => (text ??= endpoint.subscribeText(keys, format))(ticket),
  }
}
