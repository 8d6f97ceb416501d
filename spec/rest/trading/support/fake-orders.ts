/**
 * An exchange of orders in virtual time whose line breaks as a spec says. It knows what really happened: which orders it
 * has taken, whatever was answered. As the real one it takes an identifier and a nonce once.
 */
import { Observable, of, Subject } from 'rxjs'
import { createRestCaller } from '../../../../src/rest/rest-caller'
import type { TradingCalls } from '../../../../src/rest/trading/trading-calls'
import { createTradingCalls } from '../../../../src/rest/trading/trading-calls'
import type { HttpAnswer, HttpRequest, SendHttp } from '../../../../src/transport/http'
import type { VirtualTime } from '../../../support/virtual-time'
import { virtualTime } from '../../../support/virtual-time'

/** What happens to one request that orders or cancels. */
export type Fate =
  | 'fine'
  | 'lost before'
  | 'lost after'
  | '503 before'
  | '503 after'
  | 'silent before'
  | 'silent after'
  | 'unreadable after'
  | 'of another order after'
  | 'twice'
  | '429'
  | '429 after'
  | '303 before'
  | '303 after'
  | '408 before'
  | '408 after'
  | '499 before'
  | '499 after'
  | '400'
  | { readonly takenAfterMs: number }

/** What happens to one look. */
export type LookFate = 'fine' | 'lost' | '503' | '429' | 'silent' | 'unreadable' | 'not allowed'

export interface Fates {
  readonly writes?: readonly Fate[]
  readonly looks?: readonly LookFate[]
  /** From its being taken until a look shows it. */
  readonly lagMs?: number
  /** By how much the clock of this machine is set at the moment. */
  readonly localStepMs?: () => number
  /** From the acceptance of a cancel until it is done: the order is shown as before, and there is none to cancel. */
  readonly cancelMs?: number
  /** What the exchange's clock is ahead of the client's. */
  readonly aheadMs?: number
  /** Whether its answers tell by `Date` what time it is there. Default `true`. */
  readonly isDated?: boolean
}

export interface FakeOrder {
  readonly uuid: string
  readonly identifier: string | undefined
  readonly row: Record<string, unknown>
  readonly takenAtMs: number
}

export interface FakeOrders {
  readonly time: VirtualTime
  readonly trading: TradingCalls
  /** What it has really taken. */
  readonly orders: FakeOrder[]
  readonly asked: (HttpRequest & { readonly atMs: number; readonly query: string | undefined })[]
  readonly writes: () => (HttpRequest & { readonly atMs: number })[]
  readonly looks: () => (HttpRequest & { readonly atMs: number })[]
  /** `group priority` of each. */
  readonly permits: string[]
  readonly endSubject: Subject<void>
}

const latencyMs = 20
const broken = { kind: 'http-failure', cause: new Error('read ECONNRESET') } as const

export function fakeOrders({
  writes = [],
  looks = [],
  lagMs = 0,
  cancelMs = 0,
  aheadMs = 0,
  isDated = true,
  localStepMs = () => 0,
}: Fates = {}): FakeOrders {
  const time = virtualTime()
  const orders: FakeOrder[] = []
  const asked: FakeOrders['asked'] = []
  const permits: string[] = []
  const endSubject = new Subject<void>()
  const identifiers = new Set<unknown>()
  const nonces = new Set<string>()
  const cancelling = new Set<FakeOrder>()
  const queries = new Map<string, string | undefined>()
  let writeCount = 0
  let lookCount = 0
  const nowMs = (): number => time.environment.now() + aheadMs

  /** What the exchange does and says, once a request has reached it. */
  function handle({ method, url, headers, body }: HttpRequest): HttpAnswer {
    const nonce = headers.authorization ?? ''
    if (nonces.has(nonce)) return refusal(401, 'nonce_used')
    nonces.add(nonce)
    const { pathname, searchParams } = new URL(url)
    const members = body === undefined ? {} : (JSON.parse(body) as Record<string, unknown>)
    if (pathname === '/v1/orders') return place(members, members.identifier)
    if (pathname === '/v1/orders/cancel_and_new') {
      const old = orders.find(({ uuid }) => uuid === members.prev_order_uuid)
      if (old === undefined) return refusal(404, 'order_not_found')
      if (identifiers.has(members.new_identifier)) return refusal(400, 'duplicated_identifier')
      const previous = { ...old.row }
      old.row.state = 'cancel'
      const { market, side } = old.row
      const placed = place(
        {
          market,
          side,
          ord_type: members.new_ord_type,
          price: members.new_price,
          volume: members.new_volume === 'remain_only' ? old.row.volume : members.new_volume,
        },
        members.new_identifier,
      )
      const { uuid } = JSON.parse(placed.body) as { uuid: string }
      return good({ ...previous, new_order_uuid: uuid, new_order_identifier: members.new_identifier })
    }
    const found = orders.find(({ uuid, identifier }) => {
      const id = searchParams.get('uuid')
      return id === null ? identifier === searchParams.get('identifier') : id === uuid
    })
    if (method === 'GET') {
      const isShown = found !== undefined && time.nowMs >= found.takenAtMs + lagMs
      return isShown ? good(found.row) : refusal(404, 'order_not_found')
    }
    if (pathname === '/v1/orders/open') {
      const open = orders
        .filter(({ row }) => row.state === 'wait')
        .slice(0, Number(searchParams.get('count')))
      for (const { row } of open) row.state = 'cancel'
      return list(open, [])
    }
    if (pathname === '/v1/orders/uuids') {
      const wanted = searchParams.getAll('uuids[]')
      const open = orders.filter(({ uuid, row }) => wanted.includes(uuid) && row.state === 'wait')
      const others = orders.filter((order) => wanted.includes(order.uuid) && !open.includes(order))
      for (const { row } of open) row.state = 'cancel'
      return list(open, others)
    }
    if (found?.row.state !== 'wait' || cancelling.has(found)) return refusal(404, 'order_not_found')
    const answer = good(found.row)
    const done = (): void => {
      found.row.state = 'cancel'
    }
    if (cancelMs === 0) done()
    else {
      cancelling.add(found)
      time.at(time.nowMs + cancelMs, done)
    }
    return answer
  }

  function place(members: Record<string, unknown>, identifier: unknown): HttpAnswer {
    if (identifiers.has(identifier)) return refusal(400, 'duplicated_identifier')
    identifiers.add(identifier)
    const uuid = `order-${orders.length + 1}`
    const row = {
      uuid,
      state: 'wait',
      executed_volume: '0',
      created_at: koreanTime(nowMs()),
      ...members,
      identifier,
    }
    orders.push({ uuid, identifier: identifier as string, row, takenAtMs: time.nowMs })
    return good(row)
  }

  const sendHttp: SendHttp = (request) =>
    new Observable<HttpAnswer>((subscriber) => {
      asked.push({ ...request, atMs: time.nowMs, query: queries.get(request.headers.authorization ?? '') })
      const isLook = request.method === 'GET'
      const fate = (isLook ? looks[lookCount++] : writes[writeCount++]) ?? 'fine'
      const end = (answer: HttpAnswer | typeof broken): void => {
        if ('kind' in answer) return subscriber.error(answer)
        const date = new Date(nowMs()).toUTCString()
        subscriber.next(isDated ? { ...answer, headers: { ...answer.headers, date } } : answer)
        subscriber.complete()
      }
      const later = (afterMs: number, work: () => void): void => time.at(time.nowMs + afterMs, work)
      if (typeof fate === 'object') {
        // On its way through something that does not know of our giving up.
        return later(fate.takenAfterMs, () => end(handle(request)))
      }
      later(latencyMs, () => {
        switch (fate) {
          case 'fine':
            return end(handle(request))
          case 'twice':
            handle(request)
            return end(handle(request))
          case 'lost before':
          case 'lost':
            return end(broken)
          case 'lost after':
            handle(request)
            return end(broken)
          case '503 before':
          case '503':
            return end({ status: 503, headers: {}, body: '' })
          case '503 after':
            handle(request)
            return end({ status: 503, headers: {}, body: '' })
          case 'silent before':
          case 'silent':
            return
          case 'silent after':
            handle(request)
            return
          case 'unreadable after':
            handle(request)
            return end({ status: 201, headers: {}, body: '<html>' })
          case 'not allowed':
            return end(refusal(403, 'out_of_scope'))
          case 'unreadable':
            return end({ status: 200, headers: {}, body: '<html>' })
          case 'of another order after': {
            const { body } = handle(request)
            const row = JSON.parse(body) as Record<string, unknown>
            return end(good({ ...row, identifier: 'of-another', new_order_identifier: 'of-another' }))
          }
          case '429':
            return end({ status: 429, headers: {}, body: 'Too many API requests.' })
          case '429 after':
          case '303 after':
          case '408 after':
          case '499 after':
            handle(request)
            return end({ status: Number.parseInt(fate), headers: {}, body: '' })
          case '303 before':
          case '408 before':
          case '499 before':
            return end({ status: Number.parseInt(fate), headers: {}, body: '' })
          case '400':
            return end(refusal(400, 'insufficient_funds_bid'))
        }
      })
    })

  let tokens = 0
  const call$ = createRestCaller({
    environment: time.environment,
    sendHttp,
    restUrl: 'http://rest.invalid',
    limits: {
      run$: (group, answer$, { priority }) => {
        permits.push(`${group} ${priority}`)
        return answer$
      },
    },
    account: {
      scope: 'a',
      token$: (query) => {
        const token = `nonce-${++tokens}`
        queries.set(`Bearer ${token}`, query)
        return of({ token, expiresAtMs: Infinity })
      },
    },
    drift: () => {},
    ended$: endSubject,
  })
  return {
    time,
    trading: createTradingCalls(call$, {
      ...time.environment,
      now: () => time.environment.now() + localStepMs(),
    }),
    orders,
    asked,
    writes: () => asked.filter(({ method }) => method !== 'GET'),
    looks: () => asked.filter(({ method }) => method === 'GET'),
    permits,
    endSubject,
  }
}

/** As the exchange writes it, in whole seconds. */
function koreanTime(atMs: number): string {
  return `${new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`
}

function good(row: unknown): HttpAnswer {
  return { status: 201, headers: {}, body: JSON.stringify(row) }
}

function refusal(status: number, name: string): HttpAnswer {
  return { status, headers: {}, body: JSON.stringify({ error: { name, message: name } }) }
}

function list(success: readonly FakeOrder[], failed: readonly FakeOrder[]): HttpAnswer {
  const group = (orders: readonly FakeOrder[]): object => ({
    count: orders.length,
    orders: orders.map(({ uuid, row }) => ({ uuid, market: row.market })),
  })
  return good({ success: group(success), failed: group(failed) })
}
