/** The way to the exchange: its name, a connection, and TLS over it. */
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { Socket } from 'node:net'
import { connect, isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { connect as connectTls } from 'node:tls'
import { from, Observable } from 'rxjs'
import type { Examination } from './examination'

export interface Target {
  readonly url: URL
  readonly host: string
  readonly port: number
  readonly isSecure: boolean
}

export function targetOf(text: string): Target {
  const url = new URL(text)
  const isSecure = url.protocol === 'wss:'
  return {
    url,
    // IPv6 in a url stands in brackets.
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    isSecure,
  }
}

/** Resolves with whether the exchange can be reached. */
export async function examineNetwork(
  examination: Examination,
  { host, port, isSecure }: Target,
): Promise<boolean> {
  const addresses = await examineName(examination, host)
  if (addresses === undefined) {
    for (const step of ['tcp', 'tls'] as const) examination.skip(step, 'There is no address.')
    return false
  }
  const socket = await examination.connecting('tcp', async () => {
    const opened = await examination.first(connection$(host, addresses, port), 'A connection')
    return [`${opened.remoteAddress ?? host} port ${port} takes connections.`, opened]
  })
  if (!isSecure || socket === undefined) {
    examination.skip('tls', isSecure ? 'There is no connection.' : 'The url asks for none (ws://).')
    socket?.destroy()
    return socket !== undefined
  }
  const isTrusted = await examination.step('tls', async () => {
    const secure = await examination.first(tls$(socket, host), 'The TLS handshake')
    const { valid_to } = secure.getPeerCertificate()
    return [`${secure.getProtocol() ?? 'TLS'}, certificate good until ${valid_to}.`, true]
  })
  socket.destroy()
  return isTrusted === true
}

async function examineName(
  examination: Examination,
  host: string,
): Promise<readonly LookupAddress[] | undefined> {
  if (isIP(host) !== 0) {
    examination.skip('dns', `${host} is an address already.`)
    return [{ address: host, family: isIP(host) }]
  }
  return examination.step('dns', async () => {
    const found = await examination.first(from(lookup(host, { all: true })), 'An answer')
    const [first, ...others] = found as readonly LookupAddress[]
    const more = others.length === 0 ? '' : ` and ${others.length} more`
    return [`${host} is ${first?.address ?? ''}${more}.`, found]
  })
}

/**
 * Emits the socket when it is open, and leaves it to whoever gets it. Several addresses are tried one after another, as
 * Node does for the client: a name with an IPv6 address may well be served over IPv4 alone.
 */
export function connection$(
  host: string,
  addresses: readonly LookupAddress[],
  port: number,
): Observable<Socket> {
  return new Observable((subscriber) => {
    const socket = connect({
      host,
      port,
      autoSelectFamily: true,
      // They are known already; an address by itself is not looked up.
      lookup: (_host, _options, tell) => tell(null, [...addresses]),
    })
    let isOpen = false
    socket.on('error', (error) => subscriber.error(error))
    socket.once('connect', () => {
      isOpen = true
      subscriber.next(socket)
    })
    return () => {
      if (!isOpen) socket.destroy()
    }
  })
}

function tls$(socket: Socket, host: string): Observable<TLSSocket> {
  return new Observable((subscriber) => {
    const secure = connectTls({ socket, ...(isIP(host) === 0 ? { servername: host } : { host }) })
    secure.on('error', (error) => subscriber.error(error))
    secure.once('secureConnect', () => subscriber.next(secure))
    secure.once('close', () => subscriber.error(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
  })
}
