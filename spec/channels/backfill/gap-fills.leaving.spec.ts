/** C7: whoever leaves from inside `gaps$` when its own loss is told is fetched for no more. */
import type { GapEvent } from '../../../src/channels/gap-event'
import { Hub } from '../../../src/channels/hub'
import { streamKey } from '../../../src/registry/stream-key'
import { aTrade, virtualStartMs } from '../../../src/testing'
import { ManualWork } from '../../operators/support'
import { laneWorld, recordingTarget } from '../support/lane-world'
import { ModelHistory } from './support/model-history'

/** One with room for one trade, for whom `told` is called with each gap. */
function overflowing(told: (gap: GapEvent, world: { leave(): void; end(): void }) => void) {
  const world = laneWorld()
  const { ports, exchange, pass } = world
  const past = new ModelHistory({ environment: ports.environment })
  const works: ManualWork[] = []
  const hub = new Hub({
    ...ports,
    gap: (gap) => {
      world.gaps.push(gap)
      told(gap, { leave: () => consumer.unsubscribe(), end: () => hub.end() })
    },
    backfill: past,
  })
  const { got, log, target } = recordingTarget((event) =>
    event.type === 'gap' ? undefined : (works[works.length] = new ManualWork()),
  )
  const consumer = hub.enrol({
    kind: 'trade',
    keys: [streamKey('trade', 'KRW-BTC')],
    options: { backfill: 'ordered', gaps: true, buffer: { capacity: 1 } },
    owner: {},
    target,
  })
  consumer.enter()
  pass(11_000)
  for (let n = 0; n < 4; n++) {
    const timestamp = virtualStartMs + 11_000 + n
    exchange.emit(aTrade({ timestamp, trade_timestamp: timestamp, sequential_id: String(n) }))
  }
  for (let n = 0; n < 100; n++) {
    for (const work of works.splice(0)) work.succeed()
    pass(100)
  }
  return { ...world, past, got, log, consumer }
}

describe('a loss that is told on gaps$', () => {
  it('C7 is fetched for whoever stays', () => {
    const { past, gaps } = overflowing(() => {})
    expect(gaps[0]).toMatchObject({ phase: 'opened', cause: 'overflow' })
    expect(past.asked.length).toBeGreaterThan(0)
  })

  it.each(['leave', 'end'] as const)('C7 nothing is fetched for a consumer that it makes %s', (how) => {
    const { past, gaps, consumer, log } = overflowing((gap, world) => {
      if (gap.phase === 'opened') world[how]()
    })
    expect(gaps.map(({ phase }) => phase)).toEqual(['opened'])
    expect(consumer.isOver).toBe(true)
    expect(log).toEqual(how === 'leave' ? [] : ['complete'])
    expect(past.asked).toEqual([])
  })

  it('C6.2 what waited is discarded', () => {
    const { consumer } = overflowing((gap, world) => {
      if (gap.phase === 'opened') world.leave()
    })
    const { offered, delivered, dropped, discarded, pending } = consumer.tally
    expect(pending).toBe(0)
    expect(offered).toBe(delivered + dropped + discarded)
  })
})
