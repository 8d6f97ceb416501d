/** How a lost entry came back, by what the exchange was sent meanwhile. */
import { Forgotten } from '../../../scripts/chaos/forgotten'
import type { ReceivedMessage } from '../../../src/testing'

const entry = { type: 'trade', code: 'KRW-BTC', level: 0 }

class Case {
  readonly received: ReceivedMessage[] = []
  losses = 0
  nowMs = 0
  isSubscribed = true
  readonly forgotten: Forgotten

  constructor(isPrompt = false) {
    const forget = (): number => ++this.losses
    const exchange = { received: this.received, subscribed: () => this.isSubscribed, forget }
    this.forgotten = new Forgotten(exchange, () => this.nowMs, isPrompt)
  }

  subscribe(connection: number, ...codes: string[]): this {
    const item = { type: 'trade', codes, level: 0, onlySnapshot: false, onlyRealtime: false }
    return this.receive('subscribe', connection, [item])
  }

  list(connection: number): this {
    return this.receive('list', connection)
  }

  forget(): this {
    this.forgotten.forget(entry)
    return this
  }

  get outcomes(): readonly string[] {
    return this.forgotten.all.map(({ outcome }) => outcome)
  }

  private receive(
    kind: ReceivedMessage['kind'],
    connection: number,
    items: ReceivedMessage['items'] = [],
  ): this {
    this.received.push({ kind, connection, items, atMs: this.nowMs, text: '' })
    this.nowMs += 5000
    return this
  }
}

const lost = (isPrompt?: boolean): Case => new Case(isPrompt).subscribe(1, 'KRW-BTC', 'KRW-ETH').forget()

it('is lost until its set is sent again: told, where it was asked for what is subscribed', () => {
  expect(lost().outcomes).toEqual(['lost'])
  expect(lost().forgotten.isAny).toBe(true)
  expect(lost().forgotten.lossOf('trade', 'KRW-BTC')).toMatchObject({ atMs: 5000 })
  expect(lost().forgotten.lossOf('trade', 'KRW-ETH')).toBeUndefined()
  expect(lost().list(1).outcomes).toEqual(['lost'])
  const back = lost().list(1).subscribe(1, 'KRW-BTC', 'KRW-ETH')
  expect(back.outcomes).toEqual(['told'])
  expect(back.forgotten.isAny).toBe(false)
})

it('is unseen where nobody asked, where another set was sent, and where its session has ended', () => {
  expect(lost().subscribe(1, 'KRW-BTC', 'KRW-ETH').outcomes).toEqual(['unseen'])
  expect(lost().list(1).subscribe(1, 'KRW-BTC').outcomes).toEqual(['unseen'])
  // Where no answer comes too late, it was told.
  expect(lost(true).list(1).subscribe(1, 'KRW-BTC').outcomes).toEqual(['told'])
  expect(lost().list(2).subscribe(1, 'KRW-BTC', 'KRW-ETH').outcomes).toEqual(['unseen'])
  expect(lost().list(1).subscribe(2, 'KRW-BTC', 'KRW-ETH').outcomes).toEqual(['unseen'])
  expect(lost().list(1).subscribe(2, 'KRW-ETH').outcomes).toEqual(['lost'])
})

it('is not lost again before the client has heard that it is there, nor where it is not there or just came', () => {
  const back = lost().list(1).subscribe(1, 'KRW-BTC', 'KRW-ETH')
  expect(back.forget().outcomes).toEqual(['told'])
  expect(back.list(1).forget().outcomes).toEqual(['told', 'lost'])
  expect(back.forget().losses).toBe(2)
  const young = new Case().subscribe(1, 'KRW-BTC')
  young.nowMs = 100
  expect(young.forget().outcomes).toEqual([])
  const away = new Case().subscribe(1, 'KRW-BTC')
  away.isSubscribed = false
  expect(away.forget().losses).toBe(0)
})
