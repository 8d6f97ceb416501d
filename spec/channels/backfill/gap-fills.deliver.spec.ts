/** C7 `'ordered'`, whatever `deliver` says: what was missed comes before what came after it, wherever the consumer is. */
import { Subject } from 'rxjs'
import type { Deliver } from '../../../src/channels/consumer-options'
import { ManualWork } from '../../operators/support'
import { fillWorld } from './support/fill-world'

type World = ReturnType<typeof fillWorld>

const ways: Readonly<Record<string, (world: World, turns: Subject<void>) => Deliver>> = {
  sync: () => 'sync',
  task: () => 'task',
  'a scheduler': ({ time }) => time.scheduler,
  'a notifier': (_, turns) => turns,
}

const table = Object.keys(ways).flatMap((way) =>
  ['at once', 'a promise'].flatMap((handler) =>
    ['before', 'after'].map((fetch) => ({ way, handler, fetch })),
  ),
)

describe("'ordered', by deliver", () => {
  it.each(table)(
    '$way, a handler that answers $handler: the fetch ends $fetch the consumer is at the gap',
    ({ way, handler, fetch }) => {
      const turns = new Subject<void>()
      const world = fillWorld({ answerMs: () => (fetch === 'before' ? 0 : 3000) })
      const works: ManualWork[] = []
      const { words, consumer } = world.consumer(
        { backfill: 'ordered', gaps: true, deliver: ways[way]!(world, turns) },
        ['KRW-BTC'],
        () => (handler === 'at once' ? undefined : (works[works.length] = new ManualWork())),
      )
      const goOn = (): void => {
        turns.next()
        for (const work of works.splice(0)) work.succeed()
        world.pass(1)
      }
      world.pass(11_000)
      world.publish(1)
      world.pass(1)
      world.exchange.cut()
      world.publish(2)
      world.publish(3)
      world.pass(400)
      world.publish(4)
      if (fetch === 'after') for (let n = 0; n < 10; n++) goOn()
      world.pass(1000)
      world.publish(5)
      world.pass(20_000)
      for (let n = 0; n < 20; n++) goOn()
      expect(words()).toEqual(['1', 'opened', '(2)', 'closed', '3', '4', '5'])
      const { offered, delivered, pending } = consumer.tally
      expect([offered, delivered, pending]).toEqual([5, 5, 0])
    },
  )

  it('a notifier that releases all: one turn gives what was missed and what came after it', () => {
    const turns = new Subject<void>()
    const { consumer, publish, pass, exchange } = fillWorld()
    const { words } = consumer({ backfill: 'ordered', gaps: true, deliver: turns })
    pass(11_000)
    publish(1)
    pass(1)
    exchange.cut()
    publish(2)
    publish(3)
    pass(3000)
    publish(4)
    turns.next()
    expect(words()).toEqual(['1', 'opened', '(2)', 'closed', '3', '4'])
  })
})
