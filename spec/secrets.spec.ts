/**
 * C8.3 on everything that can speak. A client of an account meets servers, adapters and providers that put its keys and
 * tokens into whatever they say; then all that the library has said, shown and written is searched for them.
 */
import { format, inspect } from 'node:util'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { of, throwError } from 'rxjs'
import { jwtSigner } from '../src/auth/jwt-signer'
import type { UpbitOptions } from '../src/index'
import { createUpbit } from '../src/index'
import { record } from '../src/record'
import type { HttpFailure, HttpRequest, SendHttp, VirtualExchange } from '../src/testing'
import { aMyAsset, aMyOrder, createVirtualExchange, startExchange } from '../src/testing'
import type { OpenSocket, SocketFailure, SocketRequest } from '../src/transport/socket'
import { ask, listen, shownBy } from './support/account-talk'
import { Overheard, SentTokens } from './support/overheard'
import { pathsTo } from './support/paths-to'
import { virtualTime } from './support/virtual-time'

const keys = { accessKey: 'Zq7wAccessKeyOfASpec81', secretKey: 'Vp3xSecretKeyOfASpec92' }
const accounts = [keys]
const directory = mkdtempSync(join(tmpdir(), 'secrets-'))
let files = 0

afterAll(() => rmSync(directory, { recursive: true }))

interface Trial {
  readonly credentials?: (sent: SentTokens) => UpbitOptions['credentials']
  readonly openSocket?: (request: SocketRequest, real: OpenSocket) => ReturnType<OpenSocket>
  readonly sendHttp?: (request: HttpRequest, real: SendHttp) => ReturnType<SendHttp>
  /** At 2 s, when what is subscribed is live. `echo`: what a server may say. */
  readonly play?: (exchange: VirtualExchange, echo: string) => void
  /** What must have been told, so that silence is no proof. */
  readonly told: RegExp
}

const echoOf = ({ headers = {} }: Pick<SocketRequest, 'headers'>): string =>
  `${headers.authorization} of ${keys.accessKey} and ${keys.secretKey}`

/** As an HTTP library's error, which holds the request. */
const withRequest = (request: SocketRequest): Error =>
  Object.assign(new Error(`refused: ${echoOf(request)}`, { cause: new Error(echoOf(request)) }), {
    code: 'ECONNREFUSED',
    config: { headers: request.headers },
  })

const refusedDial = (request: SocketRequest, failure: Partial<SocketFailure>): ReturnType<OpenSocket> =>
  throwError(() => ({ kind: 'socket-failure', phase: 'handshake', reason: echoOf(request), ...failure }))

const isPrivate = ({ url }: SocketRequest): boolean => url.endsWith('/private')

const answer =
  (status: number, body: (echo: string) => string): Trial['sendHttp'] =>
  (request, real) =>
    request.headers.authorization === undefined
      ? real(request)
      : of({ status, headers: {}, body: body(echoOf(request)) })

const trials: Readonly<Record<string, Trial>> = {
  'an exchange that takes them': { told: /"type":"myOrder"/ },
  'a dial refused with HTTP 401': {
    openSocket: (request, real) =>
      isPrivate(request) ? refusedDial(request, { status: 401 }) : real(request),
    told: /AUTH_REFUSED/,
  },
  'a dial and calls refused with HTTP 401': {
    openSocket: (request, real) =>
      isPrivate(request) ? refusedDial(request, { status: 401 }) : real(request),
    sendHttp: answer(401, (echo) => JSON.stringify({ error: { name: 'jwt_verification', message: echo } })),
    told: /AUTH_REFUSED/,
  },
  'a dial refused with HTTP 503': {
    openSocket: (request, real) =>
      isPrivate(request) ? refusedDial(request, { status: 503 }) : real(request),
    told: /CONNECT_FAILED/,
  },
  'a dial that fails with its request': {
    openSocket: (request, real) =>
      isPrivate(request) ? throwError(() => withRequest(request)) : real(request),
    told: /CONNECT_FAILED/,
  },
  'a dialer that throws': {
    openSocket: (request, real) => {
      if (isPrivate(request)) throw withRequest(request)
      return real(request)
    },
    told: /CONNECT_FAILED/,
  },
  'a session refused by a frame': {
    play: (exchange, echo) => exchange.private.sendError('INVALID_AUTH', echo),
    told: /AUTH_REFUSED/,
  },
  'an error frame with a name of its own': {
    play: (exchange, echo) => exchange.private.sendError(`NEW ${echo}`, echo),
    told: /SERVER_ERROR|REJECTED/,
  },
  'a frame that cannot be read': {
    play: (exchange, echo) => {
      exchange.private.emitRaw(JSON.stringify({ type: 'myOrder', code: 'KRW-BTC', uuid: 1, [echo]: echo }))
      exchange.private.emitRaw(echo)
      exchange.private.emitRaw(new TextEncoder().encode(JSON.stringify({ type: echo })))
    },
    told: /UNDECODABLE/,
  },
  'a close that says why': {
    play: (exchange) => exchange.private.cut({ code: 1008, reason: Object.values(keys).join(' ') }),
    told: /gap/,
  },
  'calls that are refused': {
    sendHttp: answer(400, (echo) => JSON.stringify({ error: { name: echo, message: echo } })),
    told: /REST_REFUSED/,
  },
  'calls that are blocked': { sendHttp: answer(418, (echo) => echo), told: /RATE_LIMITED/ },
  'calls that fail on the way': {
    sendHttp: answer(502, (echo) => `<html>${echo}</html>`),
    told: /REST_FAILED/,
  },
  'answers of another shape': {
    sendHttp: answer(200, (echo) => JSON.stringify([{ currency: 5, [echo]: echo }])),
    told: /UNDECODABLE/,
  },
  'answers that are no JSON': { sendHttp: answer(200, (echo) => echo), told: /UNDECODABLE/ },
  'calls without an answer': {
    sendHttp: (request) =>
      throwError(() => ({ kind: 'http-failure', cause: withRequest(request) }) satisfies HttpFailure),
    told: /REST_FAILED/,
  },
  'a provider that gives what is no token': {
    credentials: () => ({ tokenProvider: () => ({ token: `${keys.secretKey} ${keys.accessKey}` }) }),
    told: /AUTH_REFUSED/,
  },
  'a provider that fails after a token': {
    credentials: (sent) => {
      const made = ['a.tokenThatWasGivenOnce.bySomebody']
      return {
        tokenProvider: () => {
          const token = made.pop()
          if (token === undefined) throw new Error(`gone: ${sent.last}`)
          return { token }
        },
      }
    },
    told: /AUTH_REFUSED/,
  },
}

/** Three clients: one whose errors are heard, one with a logger, and one with the process's warnings alone. */
async function play(trial: Trial): Promise<{ overheard: Overheard; sent: SentTokens }> {
  const { scheduler, pass } = virtualTime()
  const exchange = createVirtualExchange(scheduler, { accounts })
  const [sent, session, overheard] = [new SentTokens(), new SentTokens(), new Overheard()]
  const { hear } = overheard
  const { openSocket, sendHttp } = exchange.options
  const options = {
    ...exchange.options,
    credentials: keys,
    trading: true,
    openSocket: (request: SocketRequest) => {
      for (const tokens of [sent, session]) tokens.note(request.headers)
      return trial.openSocket?.(request, openSocket) ?? openSocket(request)
    },
    sendHttp: (request: HttpRequest) => {
      sent.note(request.headers)
      return trial.sendHttp?.(request, sendHttp) ?? sendHttp(request)
    },
  }
  const client = (more: UpbitOptions = {}) =>
    createUpbit({ ...options, ...(trial.credentials && { credentials: trial.credentials(sent) }), ...more })
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(hear)
  try {
    const [upbit, logging, warning] = [client(), client({ logger: { warn: hear } }), client()]
    const file = join(directory, `${++files}.jsonl`)
    const recording = record(upbit, file)
    listen(upbit, hear)
    // What a server repeats is of the dial that it answers: then there is one of them.
    for (const other of trial.play ? [] : [logging, warning]) other.myOrder$().subscribe({ error: hear })
    const asked = ask(upbit, hear)
    for (let turn = 0; turn < 30; turn++) {
      pass(100)
      // What is a promise inside goes on in a turn of its own.
      await new Promise(setImmediate)
      if (turn === 20) exchange.emit([aMyOrder(), aMyAsset()], { accessKey: keys.accessKey })
      if (turn === 20) trial.play?.(exchange, `${session.last} of ${keys.accessKey} and ${keys.secretKey}`)
    }
    pass(30_000)
    await asked
    hear(...shownBy(upbit), recording)
    await recording.stop()
    overheard.texts.add(readFileSync(file, 'utf8'))
    for (const each of [upbit, logging, warning]) void each.shutdown()
    pass(10_000)
    return { overheard, sent }
  } finally {
    warn.mockRestore()
  }
}

describe('C8.3 no key and no token is in anything that is said, shown or written', () => {
  it.each(Object.entries(trials))('with %s', async (_, trial) => {
    const { overheard, sent } = await play(trial)
    expect([...overheard.texts].some((text) => trial.told.test(text))).toBe(true)
    expect(overheard.telling([...Object.values(keys), ...sent.secrets])).toEqual([])
  })
})

describe('C8.3 nor is the access key that only the tokens of a provider name', () => {
  const sign = jwtSigner(keys)
  let nonces = 0
  const tokenProvider = (query?: string): { token: string } => ({ token: sign(`nonce ${++nonces}`, query) })
  const provided = Object.entries(trials).filter(([, { credentials }]) => credentials === undefined)

  it.each(provided)('with %s', async (_, trial) => {
    const { overheard, sent } = await play({ ...trial, credentials: () => ({ tokenProvider }) })
    expect([...overheard.texts].some((text) => trial.told.test(text))).toBe(true)
    expect(sent.tokens).not.toEqual([])
    // Whose secret key it is nobody here knows: servers that repeat it are their own matter.
    const parts = [keys.accessKey, keys.accessKey.slice(0, 12), keys.accessKey.slice(-12)]
    expect(overheard.telling([...parts, ...sent.secrets])).toEqual([])
  })
})

it('C8.3 no key and no token can be reached from what a user holds, over a real socket neither', async () => {
  await using exchange = await startExchange({ accounts, market: false })
  const upbit = createUpbit({ url: exchange.url, credentials: keys, trading: true, isolated: true })
  const held = listen(upbit, () => {})
  await ask(upbit, () => {})
  await exchange.until(() => exchange.private.subscribed('myOrder'))
  const sent = new SentTokens()
  for (const { headers } of exchange.private.dials) sent.note(headers)
  expect(sent.tokens).not.toEqual([])
  const secrets = [...Object.values(keys), ...sent.secrets]
  // It finds what is there.
  expect(pathsTo(secrets, [{ a: new Map([['b', keys.accessKey]]) }])).toEqual(['$.0.a.entry.1'])
  // The process has the exchange too, which keeps what it was sent.
  expect(pathsTo(secrets, [...held, ...shownBy(upbit)], [exchange, globalThis])).toEqual([])
  await upbit.shutdown()
  expect(pathsTo(secrets, held, [exchange, globalThis])).toEqual([])
})

it('C8.3 an inspector that looks behind proxies, as that of Node’s own prompt does, shows neither, and does not fail', () => {
  const { manager } = createUpbit({ credentials: keys, isolated: true })
  const text = inspect(manager.options, { showProxy: true, depth: 9 }) + format('%o', manager.options)
  expect(text).toContain('lingerMs')
  expect(text).not.toContain(keys.secretKey)
})
