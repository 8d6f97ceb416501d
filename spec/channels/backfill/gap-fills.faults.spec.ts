/** A fault in a fill is told, its gap abandoned, and nobody else hears of it. */
import { of } from 'rxjs'
import type { BackfillSource } from '../../../src/channels/backfill-source'
import type { TrackedRoute } from '../../../src/channels/backfill/gap-fills'
import { GapFills } from '../../../src/channels/backfill/gap-fills'
import type { GapEvent } from '../../../src/channels/gap-event'
import { Hub } from '../../../src/channels/hub'
import type { CandleEvent, TradeEvent } from '../../../src/protocol/events'
import type { RestTradeEvent } from '../../../src/protocol/rest-event'
import { streamKey } from '../../../src/registry/stream-key'
import { aCandle, aTicker, aTrade, virtualStartMs } from '../../../src/testing'
import { laneWorld, recordingTarget } from '../support/lane-world'
import { fillWorld } from './support/fill-world'

describe('a fault in a fill', () => {
  it('C7 that is there before the fetch: the gap is abandoned, and nothing is thrown at the lane', () => {
    const world = fillWorld()
    const { consumer } = world.consumer({ backfill: 'late' }, ['KRW-BTC'], () => undefined, 'candle.1m')
    const told: GapEvent[] = []
    const faults: unknown[] = []
    const fills = new GapFills({
      source: world.past,
      environment: world.ports.environment,
      inTurn: (work) => work(),
      tell: (gap) => told.push(gap),
      fault: (_gap, cause) => faults.push(cause),
    })
    let note: (event: TradeEvent | CandleEvent) => void = () => {}
    const route: TrackedRoute = {
      key: streamKey('candle.1m', 'KRW-BTC'),
      seen: undefined,
      consumers: [consumer],
      watch: (watching) => (note = watching),
    }
    const stamp = { epoch: 1, received_at: virtualStartMs, source: 'socket' } as const
    const event: CandleEvent = {
      ...aCandle('1m', { timestamp: virtualStartMs, candle_date_time_utc: 'garbage' }),
      ...stamp,
    }
    const gap: GapEvent = {
      type: 'gap',
      id: '1',
      phase: 'abandoned',
      cause: 'disconnect',
      event: 'candle.1m',
      code: 'KRW-BTC',
      epochs: [1, 2],
      from_ms: virtualStartMs,
    }
    fills.joined(consumer, route)
    note(event)
    fills.opened(route)
    expect([...fills.resumed(gap, route, event)]).toEqual([consumer])
    expect(faults).toEqual([expect.any(RangeError)])
    expect(told).toMatchObject([{ phase: 'abandoned', reason: 'rest-failed', consumer: consumer.name }])
  })

  it.each(['ordered', 'late'] as const)(
    'C7 %j, in what is given: what came after it is, and others go on',
    (backfill) => {
      const { exchange, ports, errors, gaps, pass } = laneWorld()
      const missed = {
        ...aTrade({
          timestamp: virtualStartMs,
          trade_timestamp: virtualStartMs + 11_050,
          sequential_id: '2',
        }),
        epoch: 0,
        received_at: virtualStartMs,
        source: 'rest',
        get code(): string {
          throw new TypeError('a row that cannot be read')
        },
      } as unknown as RestTradeEvent
      const source: BackfillSource = { trades$: () => of([missed]), candles$: () => of([]) }
      const hub = new Hub({ ...ports, backfill: source })
      const filled = recordingTarget()
      const other = recordingTarget()
      const keys = [streamKey('trade', 'KRW-BTC')]
      hub.enrol({ kind: 'trade', keys, options: { backfill }, owner: {}, target: filled.target }).enter()
      hub
        .enrol({
          kind: 'ticker',
          keys: [streamKey('ticker', 'KRW-ETH')],
          options: {},
          owner: {},
          target: other.target,
        })
        .enter()
      const emit = (id: string, atMs: number): void => {
        exchange.emit(aTrade({ timestamp: atMs, trade_timestamp: atMs, sequential_id: id }))
        exchange.emit(aTicker({ code: 'KRW-ETH', timestamp: atMs }))
      }
      pass(11_000)
      emit('1', virtualStartMs + 11_000)
      exchange.cut()
      pass(1000)
      emit('3', virtualStartMs + 12_000)
      pass(20_000)
      emit('4', virtualStartMs + 32_000)
      pass(1000)
      expect(filled.got.map((event) => (event as TradeEvent).sequential_id)).toEqual(['1', '3', '4'])
      expect(other.got).toHaveLength(3)
      expect([...filled.log, ...other.log]).toEqual([])
      expect(gaps.filter(({ event }) => event === 'trade').at(-1)).toMatchObject({
        phase: 'abandoned',
        reason: 'rest-failed',
      })
      expect(errors.filter(({ code }) => code === 'BACKFILL_FAILED')).toMatchObject([
        { stream: 'trade KRW-BTC', cause: expect.any(TypeError) },
      ])
    },
  )
})
