/** What the doctor finds of exchanges that are well and of such that are not, all on this machine. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { firstValueFrom } from 'rxjs'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { realEnvironment } from '../../../src/base/environment'
import { doctor } from '../../../src/cli/doctor/doctor'
import type { DoctorArguments } from '../../../src/cli/doctor/doctor-arguments'
import type { Finding, StepName } from '../../../src/cli/doctor/finding'
import { stepNames } from '../../../src/cli/doctor/finding'
import { connection$ } from '../../../src/cli/doctor/network'
import { main } from '../../../src/cli/main'
import type { ExchangeServer } from '../../../src/testing'
import { aTicker, startExchange } from '../../../src/testing'
import type { FakeHost } from '../support/fake-host'
import { fakeHost } from '../support/fake-host'
import { selfSigned } from './self-signed'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return (server.address() as AddressInfo).port
}

/** A REST side that answers as a function says. */
async function rest(answer: (response: ServerResponse, request: IncomingMessage) => void): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close')
    answer(response, request)
  })
  return `http://127.0.0.1:${await listening(server)}`
}

const wellRest = (response: ServerResponse): void => {
  response.writeHead(200, { 'remaining-req': 'group=market; min=573; sec=9' })
  response.end(JSON.stringify([{ market: 'KRW-BTC' }, { market: 'KRW-ETH' }]))
}

async function exchange(): Promise<ExchangeServer> {
  const server = await startExchange({ market: false })
  closing.push(() => server.close())
  server.snapshot(aTicker({ stream_type: 'SNAPSHOT' }))
  return server
}

/** A WebSocket server that does one thing with whoever connects. */
async function speaking(speak: (socket: WebSocket) => void): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(404, { connection: 'close' }).end())
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', speak)
  const port = await listening(server)
  closing.push(async () => {
    for (const socket of sockets.clients) socket.terminate()
  })
  return `ws://127.0.0.1:${port}`
}

interface Examined {
  readonly code: number
  readonly host: FakeHost
  readonly steps: Readonly<Partial<Record<StepName, Finding>>>
}

/** As JSON, without the pauses between connections. */
async function examined(
  url: string,
  restUrl: string | undefined,
  { host = fakeHost(), ...args }: Partial<DoctorArguments> & { host?: FakeHost } = {},
): Promise<Examined> {
  const before = process.env.UPBIT_REST_URL
  // The one way to another host for REST, as for a user.
  const asGiven = { url: process.env.UPBIT_URL, rest: before }
  process.env.UPBIT_URL = url
  if (restUrl !== undefined) process.env.UPBIT_REST_URL = restUrl
  try {
    const code = await doctor({ kind: 'doctor', json: true, ...args }, host, 0)
    const { steps } = JSON.parse(host.stdout.text) as { steps: readonly Finding[] }
    return { code, host, steps: Object.fromEntries(steps.map((finding) => [finding.step, finding])) }
  } finally {
    for (const [name, value] of [
      ['UPBIT_URL', asGiven.url],
      ['UPBIT_REST_URL', asGiven.rest],
    ] as const) {
      if (value === undefined) Reflect.deleteProperty(process.env, name)
      else process.env[name] = value
    }
  }
}

const outcomes = ({ steps }: Examined): Record<string, string> =>
  Object.fromEntries(Object.values(steps).map(({ step, outcome }) => [step, outcome]))

describe('doctor', () => {
  it('finds nothing wrong with an exchange that is well, and exits with 0', async () => {
    const { url } = await exchange()
    const found = await examined(url, await rest(wellRest))
    expect(found.code).toBe(0)
    expect(outcomes(found)).toEqual({
      ...Object.fromEntries(stepNames.map((name) => [name, 'ok'])),
      dns: 'skipped',
      tls: 'skipped',
    })
    expect(found.steps.rest?.found).toBe('2 markets are listed.')
    expect(found.steps.limits?.found).toBe('9 requests of group market are left in this second.')
    expect(found.steps.frame?.found).toMatch(/^ticker KRW-BTC has come, \d+ bytes\.$/)
    expect(found.steps.ping?.ms).toBeGreaterThanOrEqual(0)
  })

  it('finds nothing wrong with an embedded exchange of the test kit, REST included', async () => {
    const server = await startExchange({ seed: 1 })
    closing.push(() => server.close())
    const { code, steps } = await examined(server.url, undefined)
    expect({ code, faults: Object.values(steps).filter(({ outcome }) => outcome === 'fault') }).toEqual({
      code: 0,
      faults: [],
    })
    expect(steps.rest?.found).toBe('855 markets are listed.')
    expect(steps.limits?.outcome).toBe('ok')
  })

  it('tells it in lines, with a last one that says all', async () => {
    const { url } = await exchange()
    const host = fakeHost()
    await doctor({ kind: 'doctor', json: false, url }, host, 0)
    const [first, ...lines] = host.stdout.lines
    expect(first).toBe(`${url}/websocket/v1`)
    expect(lines[0]).toMatch(/^✓ node {6}Node v\d+/)
    expect(lines).toContainEqual(expect.stringMatching(/^– tls {7}The url asks for none/))
    expect(lines).toContainEqual(expect.stringMatching(/^✓ handshake The exchange .*\. \d+ ms$/))
    expect(host.stderr.lines).toHaveLength(1)
  })

  it('opens at most one connection a second', async () => {
    const server = await exchange()
    const connects: number[] = []
    const port = await listening(createTcpServer((socket) => socket.destroy()))
    // As they are begun: when a busy machine accepts them says less.
    const begun = (): void => void connects.push(performance.now())
    subscribe('net.client.socket', begun)
    closing.push(() => Promise.resolve(unsubscribe('net.client.socket', begun)))
    // Time goes ten times as fast.
    const environment = {
      ...realEnvironment,
      now: () => realEnvironment.now() * 10,
      timer$: (delayMs: number) => realEnvironment.timer$(delayMs / 10),
    }
    await doctor({ kind: 'doctor', json: true, url: `ws://127.0.0.1:${port}` }, fakeHost(environment))
    expect(connects.length).toBe(3)
    for (let i = 1; i < connects.length; i++)
      expect(connects[i]! - connects[i - 1]!).toBeGreaterThanOrEqual(98)
    expect(server.dials).toHaveLength(0)
  })

  it('DNS: a name that is not known', async () => {
    const found = await examined('ws://nowhere.invalid', undefined)
    expect(found.code).toBe(1)
    expect(found.steps.dns).toMatchObject({ outcome: 'fault', advice: expect.stringContaining('DNS') })
    expect(outcomes(found)).toMatchObject({ tcp: 'skipped', handshake: 'skipped', rest: 'skipped' })
  })

  it('TCP: a port where nothing listens', async () => {
    const port = await listening(createTcpServer())
    await closing.pop()?.()
    const found = await examined(`ws://127.0.0.1:${port}`, undefined)
    expect(found.code).toBe(1)
    expect(found.steps.tcp).toMatchObject({
      outcome: 'fault',
      found: 'Nothing listens there: the connection was refused. (ECONNREFUSED)',
      advice: expect.stringContaining('upbit-rx simulate'),
    })
  })

  it('TLS: a certificate that is signed by itself', async () => {
    const port = await listening(createTlsServer(selfSigned))
    const found = await examined(`wss://127.0.0.1:${port}`, undefined)
    expect(found.code).toBe(1)
    expect(found.steps.tls).toMatchObject({
      outcome: 'fault',
      found: expect.stringContaining('signed by itself'),
      advice: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    expect(outcomes(found)).toMatchObject({ tcp: 'ok', handshake: 'skipped' })
  })

  it('TLS: a server that speaks none', async () => {
    const port = await listening(createServer())
    const found = await examined(`wss://127.0.0.1:${port}`, undefined)
    expect(found.steps.tls?.outcome).toBe('fault')
  })

  it('handshake: a web server that is no exchange', async () => {
    const url = await rest((response) => response.writeHead(200).end('hello'))
    const found = await examined(url.replace('http', 'ws'), url)
    expect(found.code).toBe(1)
    expect(found.steps.handshake).toMatchObject({
      outcome: 'fault',
      found: 'The handshake was answered with HTTP 200, which no exchange does.',
    })
    expect(found.steps.rest?.found).toBe('What answers there sends no list of markets.')
    expect(outcomes(found)).toMatchObject({ ping: 'skipped', frame: 'skipped', limits: 'skipped' })
  })

  it.each([
    [429, 30_000, /HTTP 429: a limit of this address is used up/, /Wait 30 s/],
    [418, 120_000, /HTTP 418: this address is blocked/, /Wait 120 s/],
    [403, undefined, /HTTP 403: it was refused/, /region/],
    [503, undefined, /HTTP 503: the exchange has trouble/, /nothing is wrong here/],
  ])('handshake: HTTP %d', async (status, retryAfterMs, words, advice) => {
    const server = await exchange()
    server.refuse(status, retryAfterMs === undefined ? {} : { retryAfterMs })
    const { steps, code } = await examined(server.url, await rest(wellRest))
    expect(code).toBe(1)
    expect(steps.handshake?.found).toMatch(words)
    expect(steps.handshake?.advice).toMatch(advice)
    expect(steps.rest?.outcome).toBe('ok')
    expect(server.dials).toHaveLength(1)
  })

  it('handshake, ping and frame: an exchange that does not answer in time', async () => {
    const server = await exchange()
    server.refuse('hang', { times: 1 })
    const hanging = await examined(server.url, undefined, { timeoutMs: 150 })
    expect(hanging.steps.handshake?.found).toBe('The handshake has not come within 0.15 s.')
    server.stall({ all: true })
    const stalled = await examined(server.url, undefined, { timeoutMs: 150 })
    expect(stalled.steps.ping?.found).toBe('A pong has not come within 0.15 s.')
    expect(stalled.steps.frame?.found).toBe('A frame of ticker KRW-BTC has not come within 0.15 s.')
  })

  it('frame: a subscription that is refused', async () => {
    const server = await exchange()
    server.rejectItems({ type: 'ticker' }, 'WRONG_FORMAT', 'no \u001b[2J such')
    const { steps } = await examined(server.url, undefined)
    expect(steps.frame?.found).toBe('The exchange refused the subscription: WRONG_FORMAT no  [2J such.')
  })

  it.each([
    [429, 'retry-after', '7', /HTTP 429/, /Wait 7 s/],
    [418, 'x-none', '', /HTTP 418/, /Wait a while/],
  ])('REST: HTTP %d', async (status, name, value, words, advice) => {
    const server = await exchange()
    const restUrl = await rest((response) => response.writeHead(status, { [name]: value }).end('{}'))
    const { steps, code } = await examined(server.url, restUrl)
    expect(code).toBe(1)
    expect(steps.rest?.found).toMatch(words)
    expect(steps.rest?.advice).toMatch(advice)
    expect(steps.handshake?.outcome).toBe('ok')
  })

  it('limits: nothing left in this second', async () => {
    const server = await exchange()
    const restUrl = await rest((response) =>
      response
        .writeHead(200, { 'remaining-req': 'group=market; min=1; sec=0' })
        .end(JSON.stringify([{ market: 'KRW-BTC' }])),
    )
    const { steps } = await examined(server.url, restUrl)
    expect(steps.limits).toMatchObject({ outcome: 'fault', found: expect.stringContaining('group market') })
  })

  it.each([
    [3_600_000, 'fault', /is 3600 s ahead of/],
    [-90_000, 'fault', /is 90 s behind/],
    [0, 'ok', /goes as that/],
  ])('clock: %d ms off', async (shiftMs, outcome, words) => {
    const server = await exchange()
    const environment = { ...realEnvironment, now: () => realEnvironment.now() + shiftMs }
    const { steps } = await examined(server.url, await rest(wellRest), { host: fakeHost(environment) })
    expect(steps.clock?.outcome).toBe(outcome)
    expect(steps.clock?.found).toMatch(words)
  })

  it('sends no Origin', async () => {
    const server = await exchange()
    let origin: string | undefined = 'not asked'
    const restUrl = await rest((response, { headers }) => {
      origin = headers.origin
      wellRest(response)
    })
    await examined(server.url, restUrl)
    expect(origin).toBeUndefined()
  })

  it('node and proxy: an old Node, and variables that are not heeded, without their values', async () => {
    const server = await exchange()
    const host = {
      ...fakeHost(realEnvironment, { HTTPS_PROXY: 'http://me:secret@proxy' }),
      nodeVersion: 'v18.1.0',
    }
    const { steps, code } = await examined(server.url, await rest(wellRest), { host })
    expect(code).toBe(1)
    expect(steps.node).toMatchObject({ outcome: 'fault', advice: 'Install Node 20.19 or newer.' })
    expect(steps.proxy?.found).toContain('HTTPS_PROXY')
    expect(host.stdout.text).not.toContain('secret')
  })

  it('C8.3 shows no password and no token of the url', async () => {
    const server = await exchange()
    const { host } = await examined(
      `${server.url.replace('//', '//me:secret@')}/websocket/v1?token=hidden`,
      undefined,
    )
    expect(host.stdout.text).not.toMatch(/secret|hidden/)
  })

  it('takes no time for the wait between connections into that of a step', async () => {
    const { url } = await exchange()
    const host = fakeHost()
    await doctor({ kind: 'doctor', json: true, url }, host, 300)
    const { steps } = JSON.parse(host.stdout.text) as { steps: readonly Finding[] }
    expect(steps.find(({ step }) => step === 'handshake')?.ms).toBeLessThan(250)
  })

  it('TCP: tries every address of a name, as the client does', async () => {
    const port = await listening(createTcpServer((socket) => socket.destroy()))
    const addresses = [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ]
    const socket = await firstValueFrom(connection$('localhost', addresses, port))
    expect(socket.remoteAddress).toBe('127.0.0.1')
    socket.destroy()
  })

  it.each([
    ['{"status":"OK","data":1}'],
    ['[]'],
    ['null'],
    ['garbage'],
    ['{"type":"trade","code":"KRW-BTC"}'],
  ])('frame: %s is no ticker', async (frame) => {
    const { steps, code } = await examined(await speaking((socket) => socket.send(frame)), undefined, {
      timeoutMs: 300,
    })
    expect(code).toBe(1)
    if (frame.includes('status')) expect(steps.frame?.found).toMatch(/has not come within/)
    else expect(steps.frame?.found).toBe(`What came is no ticker of KRW-BTC: ${frame}`)
  })

  it('frame: an answer to a keep-alive is not taken for the ticker, nor for a fault', async () => {
    const url = await speaking((socket) => {
      socket.send('{"status":"UP"}')
      socket.send(JSON.stringify(aTicker()))
    })
    const { steps } = await examined(url, undefined)
    expect(steps.frame?.found).toMatch(/^ticker KRW-BTC has come/)
  })

  it('ping: a session that is closed at once is told with its code, not after the time that a step has', async () => {
    const url = await speaking((socket) => socket.close(1013))
    const { steps, code } = await examined(url, undefined, { timeoutMs: 60_000 })
    expect(code).toBe(1)
    expect(steps.ping?.found).toBe('The session was closed with 1013.')
    expect(steps.frame).toMatchObject({ outcome: 'skipped', found: 'The session is over.' })
  })

  it('REST: a list without markets', async () => {
    const server = await exchange()
    const { steps } = await examined(server.url, await rest((response) => response.writeHead(200).end('[]')))
    expect(steps.rest).toMatchObject({ outcome: 'fault', found: 'The list of markets is empty.' })
  })

  it('REST: redirects without end', async () => {
    const server = await exchange()
    const restUrl = await rest((response, { url = '' }) => response.writeHead(302, { location: url }).end())
    const { steps } = await examined(server.url, restUrl)
    expect(steps.rest).toMatchObject({
      outcome: 'fault',
      found: 'It leads from one url to the next without end.',
      advice: expect.stringContaining('url'),
    })
  })

  it('needs no keys, so half a pair in the environment is no matter', async () => {
    const { url } = await exchange()
    process.env.UPBIT_ACCESS_KEY = 'half'
    try {
      expect((await examined(url, await rest(wellRest))).code).toBe(0)
    } finally {
      Reflect.deleteProperty(process.env, 'UPBIT_ACCESS_KEY')
    }
  })

  it.each([true, false])(
    'says at Ctrl-C that it was interrupted, and not that all is well (json: %s)',
    async (json) => {
      const server = await exchange()
      server.refuse('hang')
      const host = fakeHost()
      const running = doctor({ kind: 'doctor', json, url: server.url }, host, 0)
      await server.until(() => server.dials.length === 1)
      host.press()
      await running
      if (json) expect(JSON.parse(host.stdout.text)).toMatchObject({ ok: false, interrupted: true })
      else expect(host.stderr.text).toContain('upbit-rx: Interrupted after 5 of 11 steps, no fault in them.')
    },
  )

  it('ends with 0 at Ctrl-C', async () => {
    const server = await exchange()
    server.refuse('hang')
    const host = fakeHost()
    const running = doctor({ kind: 'doctor', json: true, url: server.url }, host, 0)
    await server.until(() => server.dials.length === 1)
    host.press()
    expect(await running).toBe(0)
    expect(host.stdout.text).not.toContain('handshake')
  })
})

describe('C13 upbit-rx doctor', () => {
  it.each([
    ['doctor KRW-BTC', /'KRW-BTC' is nothing that doctor takes/],
    ['doctor --region mars', /`region` is 'mars'; allowed: 'kr'/],
    ['doctor --url 127.0.0.1:1', /did you mean ws:\/\/127\.0\.0\.1:1\?/],
    ['doctor --url ws://127.0.0.1:1 --region kr', /both say which exchange/],
    ['doctor --timeout soon', /--timeout is 'soon'; give a number of seconds/],
    ['doctor --jsn', /did you mean --json\?/],
  ])('C13 answers wrong usage, `upbit-rx %s`, with exit code 2', async (line, words) => {
    const host = fakeHost()
    expect(await main(line.split(' '), host)).toBe(2)
    expect(host.stderr.text).toMatch(words)
  })
})
