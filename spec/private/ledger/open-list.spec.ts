/** The list of open orders against sorting all of them anew. */
import { OpenList } from '../../../src/private/ledger/open-list'
import { OrderRecord } from '../../../src/private/ledger/order-record'
import fc from '../../support/seeded-fast-check'
import { createdMs, orderFrame } from '../support/given'

const uuids = fc.integer({ min: 0, max: 29 }).map((index) => `o${String(index).padStart(2, '0')}`)

/** An order as it opens, moves or ends; `secondsOf` makes some of one second. */
const step = fc.record({
  uuid: uuids,
  executed: fc.integer({ min: 0, max: 10 }),
  isEnd: fc.boolean(),
  isForgotten: fc.boolean(),
  isLooked: fc.boolean(),
})
const secondsOf = (uuid: string): number => Number(uuid.slice(1)) % 7

describe('OpenList', () => {
  it('is what sorting all open orders gives, the newest first, however many changed between two looks', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const list = new OpenList()
        const open = new Map<string, OrderRecord>()
        for (const { uuid, executed, isEnd, isForgotten, isLooked } of steps) {
          const order_timestamp = createdMs + secondsOf(uuid) * 1000
          const frame = orderFrame({
            uuid,
            order_timestamp,
            state: isEnd ? 'cancel' : 'wait',
            executed_volume: String(executed),
          })
          const record = open.get(uuid) ?? OrderRecord.ofFrame(frame, false)
          record.learnFrame(frame, true, true)
          if (isForgotten) {
            list.delete(uuid)
            open.delete(uuid)
          } else {
            list.put(record)
            if (record.isOpen) open.set(uuid, record)
            else open.delete(uuid)
          }
          if (isLooked) list.snapshot()
        }
        const expected = [...open.values()]
          .map(({ order }) => order)
          .sort((a, b) => b.order_timestamp - a.order_timestamp || (a.uuid < b.uuid ? 1 : -1))
        expect(list.snapshot()).toEqual(expected)
        expect(list.size).toBe(open.size)
        expect(list.snapshot()).toBe(list.snapshot())
      }),
    )
  })
})
