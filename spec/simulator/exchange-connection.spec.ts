import { aTicker, virtualStartMs } from '../../src/testing'
import type { VirtualExchangeOptions } from '../../src/testing'
import { accounts } from './support/private-client'
import { bearer } from './support/token'
import { runVirtually, subscribeTo } from './support/virtual-client'

const since = (atMs: number | undefined): number => (atMs ?? NaN) - virtualStartMs
const subscribe = subscribeTo('ticker', ['KRW-BTC'])

/** The error names that a client got. */
const errorNames = (json: readonly Record<string, unknown>[]): string[] =>
  json.flatMap((frame) => (frame.error === undefined ? [] : [(frame.error as { name: string }).name]))

describe('refused messages', () => {
  it('40 55 56 get an error frame, lose every stream, and are closed with 1000 after 150 to 180 ms', () => {
    runVirtually(1_000, {}, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribe))
      at(100, () => one.send([{ ticket: 't' }, { type: 'nope', codes: ['KRW-BTC'] }]))
      at(101, () => {
        expect(one.json).toEqual([
          { error: { name: 'INVALID_PARAM', message: 'nope 은 지원하지 않는 타입입니다.' } },
        ])
        expect(exchange.emit(aTicker())).toBe(0)
        // Nothing is listened to any more.
        one.send(subscribe)
        expect(exchange.subscribed('ticker', 'KRW-BTC')).toBe(false)
      })
      at(900, () => {
        expect(one.failure).toMatchObject({ phase: 'open', closeCode: 1000 })
        expect(since(one.failure?.atMs)).toBeGreaterThanOrEqual(250)
        expect(since(one.failure?.atMs)).toBeLessThanOrEqual(280)
        expect(exchange.received.map(({ kind }) => kind)).toEqual(['subscribe', 'invalid', 'subscribe'])
      })
    })
  })

  it('56 may still let data of the old set through until the close', () => {
    runVirtually(1_000, { switches: { dataAfterError: true } }, ({ exchange, client, at }) => {
      const one = client()
      at(1, () => one.send(subscribe))
      at(100, () => one.send('nonsense'))
      at(101, () => expect(exchange.emit(aTicker())).toBe(1))
      at(900, () => expect(exchange.emit(aTicker())).toBe(0))
    })
  })

  it('31 close the connection with 1009 beyond 1 MiB', () => {
    runVirtually(1_000, {}, ({ client, at }) => {
      const one = client()
      at(1, () => one.send('x'.repeat(1_048_577)))
      at(10, () => expect(one.failure?.closeCode).toBe(1009))
    })
  })
})

describe('message limits', () => {
  const sendAt = (options: VirtualExchangeOptions, times: readonly number[], message = subscribe) => {
    const seen: { names: string[]; closedAtMs: number }[] = []
    runVirtually(200_000, options, ({ client, at }) => {
      const one = client()
      for (const ms of times) at(ms, () => one.send(message))
      at(199_000, () => seen.push({ names: errorNames(one.json), closedAtMs: since(one.failure?.atMs) }))
    })
    return seen[0] as { names: string[]; closedAtMs: number }
  }

  it('57 refuse the sixth message of a second and close', () => {
    const { names, closedAtMs } = sendAt({}, [100, 200, 300, 400, 500, 999])
    expect(names).toEqual(['TOO_MANY_REQUEST'])
    expect(closedAtMs).toBeLessThan(1_200)
  })

  it('57 allow five in the next second of the clock, unless the window slides', () => {
    const times = [995, 996, 997, 998, 999, 1_001]
    expect(sendAt({}, times).names).toEqual([])
    expect(sendAt({ switches: { limitWindow: 'sliding' } }, times).names).toEqual(['TOO_MANY_REQUEST'])
  })

  it('57 refuse the 101st message of a minute', () => {
    const times = Array.from({ length: 101 }, (_, i) => 100 + i * 400)
    expect(sendAt({}, times).names).toEqual(['TOO_MANY_REQUEST'])
    expect(sendAt({}, times.slice(1)).names).toEqual([])
    expect(sendAt({ limits: false }, times).names).toEqual([])
  })

  it('57 count a text PING, unless told not to', () => {
    const times = [100, 200, 300, 400, 500, 600]
    expect(sendAt({}, times, 'PING').names).toEqual(['TOO_MANY_REQUEST'])
    expect(sendAt({ switches: { textPingCounts: false } }, times, 'PING').names).toEqual([])
  })

  it('57 can keep the connection open and refuse until the window has passed', () => {
    const switches = { limitViolation: 'stay-open', limitName: 'Too Many Requests' } as const
    const { names } = sendAt({ switches }, [0, 1, 2, 3, 4, 5, 6, 1_000])
    expect(names).toEqual(['Too Many Requests', "I'm a teapot"])
  })

  it('58 count towards the block of new connects', () => {
    runVirtually(10_000, {}, ({ exchange, client, at }) => {
      for (const start of [0, 3_000]) {
        at(start, () => {
          const one = client()
          for (let i = 0; i < 6; i++) at(start + 10 + i, () => one.send(subscribe))
        })
      }
      at(5_000, () => client())
      at(6_000, () => expect(exchange.dials.at(-1)).toMatchObject({ outcome: 'refused', status: 418 }))
    })
  })
})

describe('endpoints that need credentials', () => {
  const paths = ['/websocket/v1/private', '/websocket/v1/info']

  it.each(paths)('4 %s answers with INVALID_AUTH at once and closes with 1000', (path) => {
    runVirtually(1_000, {}, ({ client, at }) => {
      const one = client(path, { Authorization: 'Bearer token' })
      at(1, () =>
        expect(one.json).toEqual([
          { error: { name: 'INVALID_AUTH', message: '인증 정보가 올바르지 않습니다.' } },
        ]),
      )
      at(900, () => expect(one.failure?.closeCode).toBe(1000))
    })
  })

  it.each(paths)('4 %s answers to the first message when told to', (path) => {
    runVirtually(1_000, { switches: { authFailure: 'frame-on-message' } }, ({ client, at }) => {
      const one = client(path)
      at(100, () => expect(one.frames).toEqual([]))
      at(100, () => one.send([{ ticket: 't' }, { type: 'myOrder' }]))
      at(101, () => expect(errorNames(one.json)).toEqual(['INVALID_AUTH']))
    })
  })

  it('4 refuse the upgrade with 401 when told to, with the REST body or without', () => {
    for (const [authFailure, reason] of [
      ['http-401', '{"error":{"name":"no_authorization_token","message":"인증 토큰이 없습니다."}}'],
      ['http-401-empty', ''],
    ] as const) {
      runVirtually(1_000, { switches: { authFailure } }, ({ client, at }) => {
        const one = client('/websocket/v1/private')
        at(1, () => expect(one.failure).toMatchObject({ phase: 'handshake', status: 401, reason }))
      })
    }
  })

  it.each(paths)('3 %s serves a token that holds', (path) => {
    runVirtually(1_000, { accounts }, ({ exchange, client, at }) => {
      const one = client(path, bearer())
      at(10, () => one.send([{ ticket: 'L' }, { method: 'LIST_SUBSCRIPTIONS' }]))
      at(900, () => {
        expect(one.json).toEqual([{ method: 'LIST_SUBSCRIPTIONS', result: [], ticket: 'L' }])
        expect(one.open).toBe(true)
        expect(exchange.private.connections + exchange.info.connections).toBe(1)
      })
    })
  })

  it.each(paths)('5 %s answers a nonce that was used before with INVALID_AUTH', (path) => {
    runVirtually(1_000, { accounts }, ({ client, at }) => {
      const token = bearer()
      const [one, two] = [client(path, token), client(path, token)]
      at(900, () => {
        expect(one.open).toBe(true)
        expect(errorNames(two.json)).toEqual(['INVALID_AUTH'])
        expect(two.failure?.closeCode).toBe(1000)
      })
    })
  })
})
