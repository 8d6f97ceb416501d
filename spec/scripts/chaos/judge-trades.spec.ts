/** How a loss is judged: by what was published, by the epochs around it, and by the gaps that were told. */
import type { Loss } from '../../../scripts/chaos/forgotten'
import { judgeTrades } from '../../../scripts/chaos/judge-trades'
import { KnownGaps } from '../../../scripts/chaos/known-gaps'
import { Ledger } from '../../../scripts/chaos/ledger'
import { TradeBook } from '../../../scripts/chaos/trade-book'
import { Violations } from '../../../scripts/chaos/violations'
import type { GapEvent } from '../../../src/index'
import { aTrade } from '../../../src/testing'

const code = 'KRW-BTC'

class Case {
  readonly ledger = new Ledger()
  readonly gaps = new KnownGaps()
  readonly violations = new Violations(() => 0)
  readonly book = new TradeBook('somebody', [code], false, this.ledger, this.violations, 0)
  #atMs = 0

  /** Published to so many; every ten milliseconds one. */
  publish(
    id: string,
    {
      sent = 1,
      wanted = true,
      loss,
      stampMs,
    }: { sent?: number; wanted?: boolean; loss?: Loss; stampMs?: number } = {},
  ): this {
    this.#atMs += 10
    const trade = this.ledger.execute(code, id, stampMs ?? this.#atMs)
    this.ledger.publishTrade(trade, this.#atMs, wanted, loss)
    trade.sent = sent
    return this
  }

  take(id: string, epoch = 1): this {
    this.book.take({
      ...aTrade({ code, sequential_id: id }),
      epoch,
      received_at: 0,
      source: 'socket',
    })
    return this
  }

  told(gap: Partial<GapEvent>): this {
    const fields = {
      type: 'gap',
      id: '1',
      phase: 'abandoned',
      cause: 'disconnect',
      event: 'trade',
      code,
      epochs: [1, 2],
    }
    this.gaps.take({ ...fields, from_ms: 0, to_ms: 1000, ...gap } as GapEvent, 0)
    return this
  }

  get broken(): readonly string[] {
    const { ledger, gaps, violations } = this
    judgeTrades(this.book, undefined, { ledger, gaps, violations, slackMs: 0 })
    return this.violations.found.map(({ promise, what }) => `${promise} ${what}`)
  }
}

describe('a trade that did not come', () => {
  it('is nobody’s loss when all came', () => {
    expect(new Case().publish('1').publish('2').take('1').take('2').broken).toEqual([])
  })

  it('breaks C7 when no gap was told', () => {
    const { broken } = new Case().publish('1').publish('2').publish('3').take('1').take('3', 2)
    expect(broken).toEqual(['C7 somebody misses KRW-BTC 2, published at 20, in no gap'])
  })

  const lost = (): Case => new Case().publish('1').publish('2').publish('3').take('1').take('3', 2)

  it('is in a gap of its code and time', () => {
    expect(lost().told({}).broken).toEqual([])
    expect(lost().told({ from_ms: 20, to_ms: 20 }).broken).toEqual([])
    expect(lost().told({ to_ms: 19 }).broken).toHaveLength(1)
    expect(lost().told({ from_ms: 21 }).broken).toHaveLength(1)
    expect(lost().told({ code: 'KRW-ETH' }).broken).toHaveLength(1)
    expect(lost().told({ event: 'ticker' }).broken).toHaveLength(1)
  })

  it('is in no gap of another consumer, nor in one that was made good', () => {
    expect(lost().told({ consumer: 'another', cause: 'overflow' }).broken).toHaveLength(1)
    expect(lost().told({ phase: 'opened' }).told({ phase: 'closed' }).broken).toHaveLength(1)
    expect(lost().told({ phase: 'opened' }).told({ phase: 'abandoned' }).broken).toEqual([])
  })

  it('is nobody’s fault in a gap that was made good where its stamp says that it was there before', () => {
    const stepped = (stampMs: number): Case =>
      new Case().publish('1').publish('2', { stampMs }).publish('3').take('1').take('3', 2)
    expect(stepped(10 - 2001).told({ phase: 'closed' }).broken).toEqual([])
    expect(stepped(10 - 2000).told({ phase: 'closed' }).broken).toHaveLength(1)
    expect(stepped(10 - 2001).told({ phase: 'closed', cause: 'overflow' }).broken).toHaveLength(1)
    expect(stepped(10 - 2001).told({ phase: 'closed', to_ms: 19 }).broken).toHaveLength(1)
    expect(stepped(10 - 2001).broken).toHaveLength(1)
  })

  it('is not explained by a lost connection when what is around it came in one session', () => {
    const within = new Case().publish('1').publish('2').publish('3').take('1').take('3').told({})
    expect(within.broken).toHaveLength(1)
  })

  it('uses up a gap that counts', () => {
    const twice = (count: number): Case =>
      new Case()
        .publish('1')
        .publish('2')
        .publish('3')
        .publish('4')
        .take('1')
        .take('4')
        .told({ cause: 'overflow', consumer: 'somebody', count })
    expect(twice(1).broken).toHaveLength(1)
    expect(twice(2).broken).toEqual([])
  })

  it('is not owed before the first one that was sent, nor when the exchange kept silent about it', () => {
    const { broken } = new Case()
      .publish('0', { sent: 0, wanted: false })
      .publish('1')
      .publish('2', { sent: 0 })
      .publish('3')
      .take('1')
      .take('3')
    expect(broken).toEqual([])
  })

  it('is owed when nobody was connected, since a gap has to tell of it', () => {
    const away = new Case()
      .publish('1')
      .publish('2', { sent: 0, wanted: false })
      .publish('3')
      .take('1')
      .take('3', 2)
    expect(away.broken).toHaveLength(1)
  })
})

describe('a trade that was not sent, since the exchange had lost the subscription', () => {
  const lost = (outcome: Loss['outcome'], epochAfter = 1): Case => {
    const loss: Loss = { type: 'trade', code, level: 0, atMs: 15, outcome }
    return new Case()
      .publish('1')
      .publish('2', { sent: 0, wanted: false, loss })
      .publish('3')
      .take('1')
      .take('3', epochAfter)
  }

  it('has to be in a gap of one epoch, of that epoch, where the client has heard of it', () => {
    expect(lost('told').broken).toEqual(['C7 somebody misses KRW-BTC 2, published at 20, in no gap'])
    expect(lost('told').told({ epochs: [1, 1] }).broken).toEqual([])
    expect(lost('told').told({ epochs: [2, 2] }).broken).toHaveLength(1)
    expect(lost('told').told({ epochs: [1, 2] }).broken).toHaveLength(1)
    expect(lost('told').told({ epochs: [1, 1], to_ms: 19 }).broken).toHaveLength(1)
    expect(lost('told').told({ epochs: [1, 1], phase: 'closed' }).broken).toHaveLength(1)
  })

  it('may be in the gap of a connection that was lost before it came back', () => {
    expect(lost('told', 2).broken).toHaveLength(1)
    expect(lost('told', 2).told({ epochs: [1, 2] }).broken).toEqual([])
  })

  it('is not owed where it came back unseen', () => {
    expect(lost('unseen').broken).toEqual([])
  })

  it('is the only one that a gap of one epoch explains', () => {
    const sent = (epochAfter: number): Case =>
      new Case().publish('1').publish('2').publish('3').take('1').take('3', epochAfter)
    expect(sent(1).told({ epochs: [1, 1] }).broken).toHaveLength(1)
    expect(sent(2).told({ epochs: [1, 1] }).broken).toHaveLength(1)
  })
})

describe('a trade that came', () => {
  it('breaks C5.3 when it comes twice, C3.1 when nobody executed it, C4.5 when its epoch is over', () => {
    const seen = new Case().publish('1').publish('2').take('1', 2).take('1', 2).take('9').take('2', 1)
    expect(seen.broken.map((text) => text.split(' ')[0])).toEqual(['C5.3', 'C3.1', 'C4.5'])
  })
})
