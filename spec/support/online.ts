/** A connection on a network made by hand, in virtual time. */
import type { ConnectionConfig } from '../../src/connection/connection'
import { aTicker } from '../../src/testing'
import { Connected } from './connected'
import type { FakeDial, FakeNetworkOptions } from './fake-network'
import { FakeNetwork } from './fake-network'
import type { VirtualTime } from './virtual-time'
import { virtualTime } from './virtual-time'

export interface Offline {
  readonly time: VirtualTime
  readonly network: FakeNetwork
  readonly connected: Connected
  /** Another connection of the same process to the same host. */
  another(): Connected
}

export interface Online extends Offline {
  /** The socket that is open. */
  readonly dial: FakeDial
}

type Options = Partial<ConnectionConfig> & FakeNetworkOptions & { readonly seed?: number | string }

/** Nobody listens yet. */
export function offline({ browser, answersPings, seed, ...config }: Options = {}): Offline {
  const time = virtualTime(seed)
  const network = new FakeNetwork(time, { browser: browser === true, answersPings: answersPings !== false })
  const another = (): Connected =>
    new Connected({ environment: time.environment, openSocket: network.openSocket }, config)
  return { time, network, another, connected: another() }
}

/** Somebody listens to these codes of `ticker`, and the first socket is open. */
export function online(codes: readonly string[] = ['KRW-BTC'], options: Options = {}): Online {
  const made = offline(options)
  made.connected.want(...codes)
  made.connected.listen()
  made.network.newest.open()
  return { ...made, dial: made.network.newest }
}

/** The codes of `ticker` that a message asks for. */
export function codesOf(text: string): readonly string[] {
  const parts = JSON.parse(text) as readonly { type?: string; codes?: readonly string[] }[]
  return parts.find(({ type }) => type === 'ticker')?.codes ?? []
}

/** A frame of a code that the newest message added, so that the message is accepted. */
export function accept(dial: FakeDial): void {
  const [previous = '[]', newest = '[]'] = ['[]', ...dial.sent.map(({ text }) => text)].slice(-2)
  const known = new Set(codesOf(previous))
  const fresh = codesOf(newest).find((code) => !known.has(code))
  if (fresh !== undefined) dial.frame(aTicker({ code: fresh }))
}

/** When the messages of a socket went out, and what codes of `ticker` each asked for. */
export function messagesOf(dial: FakeDial): readonly (readonly [number, readonly string[]])[] {
  return dial.sent.map(({ atMs, text }) => [atMs, codesOf(text)] as const)
}
