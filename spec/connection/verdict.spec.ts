import type { Verdict } from '../../src/connection/verdict'
import { verdictOn } from '../../src/connection/verdict'
import type { ServerError } from '../../src/protocol/control'
import type { SocketFailure } from '../../src/transport/socket'

const closed = (closeCode?: number): Omit<SocketFailure, 'kind'> => ({
  phase: 'open',
  ...(closeCode === undefined ? {} : { closeCode }),
})
const refused = (status: number, retryAfterMs?: number): Omit<SocketFailure, 'kind'> => ({
  phase: 'handshake',
  status,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
})
const unopened = (cause: unknown, reason?: string): Omit<SocketFailure, 'kind'> => ({
  phase: 'handshake',
  cause,
  ...(reason === undefined ? {} : { reason }),
})
const said = (name: string): ServerError => ({ name, message: '' })

const retry = (reason: string, minDelayMs = 0): Verdict => ({ kind: 'retry', reason, minDelayMs })
const auth = (reason: string): Verdict => ({ kind: 'auth', reason })
const blocked = (blockMs?: number): Verdict => ({
  kind: 'blocked',
  reason: 'HTTP 418: blocked',
  blockMs,
})

describe('verdictOn', () => {
  it.each<[string, Omit<SocketFailure, 'kind'>, ServerError | undefined, Verdict]>([
    ['an idle cut or a lost network', closed(1006), undefined, retry('closed with 1006')],
    ['a close with 1000 that follows no error', closed(1000), undefined, retry('closed with 1000')],
    ['a close with 1001', closed(1001), undefined, retry('closed with 1001')],
    ['a close without a code', closed(), undefined, retry('closed with no code')],
    [
      'a refused port',
      unopened(new Error('connect ECONNREFUSED')),
      undefined,
      retry('not opened: connect ECONNREFUSED'),
    ],
    [
      'a failed TLS handshake',
      unopened(new Error('certificate has expired')),
      undefined,
      retry('not opened: certificate has expired'),
    ],
    [
      'a dial that took too long',
      unopened(undefined, 'not open within 10 s'),
      undefined,
      retry('not opened: not open within 10 s'),
    ],
    [
      'a dial that a browser does not explain',
      unopened(undefined),
      undefined,
      retry('not opened: no answer'),
    ],
    ['a server in trouble', refused(503), undefined, retry('HTTP 503')],
    ['a path that is not there', refused(404), undefined, retry('HTTP 404')],
    ['a redirect', refused(302), undefined, retry('HTTP 302')],
    ['credentials refused with 401', refused(401), undefined, auth('HTTP 401')],
    ['credentials refused with 403', refused(403), undefined, auth('HTTP 403')],
    ['too many connects', refused(429), undefined, retry('HTTP 429: too many connects', 1000)],
    [
      'too many connects, with a longer time',
      refused(429, 7000),
      undefined,
      retry('HTTP 429: too many connects', 7000),
    ],
    [
      'too many connects, with a shorter time',
      refused(429, 0),
      undefined,
      retry('HTTP 429: too many connects', 1000),
    ],
    ['a block for a stated time', refused(418, 30_000), undefined, blocked(30_000)],
    ['a block without a time', refused(418), undefined, blocked()],
    [
      'a message too large to take',
      { ...closed(1006), cause: new RangeError('Max payload size exceeded') },
      undefined,
      retry('closed with 1006 (Max payload size exceeded)'),
    ],
    ['a credentials error frame', closed(1000), said('INVALID_AUTH'), auth('INVALID_AUTH')],
    ['a credentials error frame, cut', closed(1006), said('invalid auth'), auth('invalid auth')],
    ['a limit error frame', closed(1000), said('TOO_MANY_REQUEST'), retry('TOO_MANY_REQUEST')],
    ['a block error frame', closed(1000), said("I'm a teapot"), retry("I'm a teapot")],
    ['a request fault', closed(1000), said('WRONG_FORMAT'), retry('request refused: WRONG_FORMAT')],
  ])('C10.2 knows what follows %s', (_case, failure, serverError, verdict) => {
    expect(verdictOn({ kind: 'socket-failure', ...failure }, serverError)).toEqual(verdict)
  })
})
