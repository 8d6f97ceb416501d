/** What a ledger says of frames and rows, rule by rule, with numbers. */
import { Ledger } from '../../../src/private/ledger/ledger'
import type { RestOrder } from '../../../src/rest/rows/order-row'
import { account, assetFrame, createdMs, fillFrame, orderFrame, orderRow, rowFill } from '../support/given'

/** One that has begun: REST told once that there is nothing. */
function begun(): Ledger {
  const ledger = new Ledger()
  ledger.takeAccounts([], 0, 0)
  ledger.knowOrders(0, true)
  ledger.knowBalances()
  return ledger
}

function shown(ledger: Ledger): string[] {
  return (ledger.openOrders.value ?? []).map(
    ({ uuid, state, executed_volume, remaining_volume }) =>
      `${uuid} ${state} ${executed_volume}/${remaining_volume}`,
  )
}

function held(ledger: Ledger): string[] {
  return (ledger.balances.value ?? []).map(
    ({ currency, balance, locked }) => `${currency} ${balance} ${locked}`,
  )
}

const at = 77
/** REST is not behind the frames of the spec any more. */
const later = at + 10_000

describe('frames of orders', () => {
  it('C12.1 the same frame of two sessions is told once, whatever its state', () => {
    const ledger = begun()
    const frames = [
      orderFrame(),
      fillFrame('f1', 4, 4),
      orderFrame({ state: 'cancel', executed_volume: '4', timestamp: createdMs + 9 }),
      orderFrame({ uuid: 'b', state: 'watch' }),
      orderFrame({ uuid: 'c', state: 'prevented', prevented_volume: '2' }),
    ]
    expect(frames.map((frame) => ledger.judge(frame))).toEqual(Array(5).fill('pass'))
    expect(frames.map((frame) => ledger.judge({ ...frame, epoch: 2 }))).toEqual(Array(5).fill('duplicate'))
  })

  it('C12.1 two fills of one volume and one moment are two, and a fill between two orders of the account is one of each', () => {
    const ledger = begun()
    const one = fillFrame('f1', 4, 4, { timestamp: createdMs })
    expect(ledger.judge(one)).toBe('pass')
    expect(ledger.judge({ ...one, trade_uuid: 'f2' })).toBe('pass')
    expect(ledger.judge({ ...one, uuid: 'b' })).toBe('pass')
  })

  it('a late frame of a closed order is told and opens nothing', () => {
    const ledger = begun()
    ledger.judge(
      orderFrame({ state: 'cancel', executed_volume: '4', remaining_volume: '6', timestamp: createdMs + 9 }),
    )
    expect(shown(ledger)).toEqual([])
    expect(ledger.judge(fillFrame('f1', 4, 4))).toBe('pass')
    expect(ledger.judge(orderFrame())).toBe('pass')
    expect(shown(ledger)).toEqual([])
  })

  it('the executed volume never falls: fills in the order 3, 1, 2', () => {
    const ledger = begun()
    ledger.judge(fillFrame('f3', 1, 7))
    expect(shown(ledger)).toEqual(['a wait 7/3'])
    expect(ledger.judge(fillFrame('f1', 2, 2))).toBe('pass')
    expect(ledger.judge(fillFrame('f2', 4, 6))).toBe('pass')
    expect(shown(ledger)).toEqual(['a wait 7/3'])
  })

  it('price and volume of an order are its own, not those of its fills, and come with a frame that is late', () => {
    const ledger = begun()
    ledger.judge(fillFrame('f1', 4, 4, { price: '99' }))
    expect(ledger.openOrders.value?.[0]).toMatchObject({ price: null, volume: '10' })
    ledger.judge(orderFrame())
    expect(ledger.openOrders.value?.[0]).toMatchObject({ price: '100', volume: '10', executed_volume: '4' })
    ledger.judge(fillFrame('f2', 1, 5, { price: '98' }))
    expect(ledger.openOrders.value?.[0]).toMatchObject({ price: '100', volume: '10', executed_volume: '5' })
  })

  it('an order with nothing left is not open, though its end was not told; that is still to come', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    ledger.judge(fillFrame('f1', 10, 10))
    expect(shown(ledger)).toEqual([])
    expect([...ledger.orders.unended]).toEqual(['a'])
    expect(ledger.judge(orderFrame({ state: 'done', executed_volume: '10', remaining_volume: '0' }))).toBe(
      'pass',
    )
    expect([...ledger.orders.unended]).toEqual([])
  })

  it('C5.4 a trigger, and what self-match prevention takes off, count whatever the clock of the exchange says', () => {
    const ledger = begun()
    ledger.judge(orderFrame({ state: 'watch', timestamp: createdMs * 1000, received_at: createdMs }))
    ledger.judge(orderFrame({ timestamp: createdMs - 60_000 }))
    expect(shown(ledger)).toEqual(['a wait 0/10'])
    ledger.judge(
      orderFrame({
        state: 'prevented',
        smp_type: 'reduce',
        prevented_volume: '3',
        remaining_volume: '7',
        timestamp: createdMs - 59_000,
      }),
    )
    expect(shown(ledger)).toEqual(['a wait 0/7'])
  })

  it('an order of which REST says that nothing is left is not open, though it still calls it open', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    ledger.takeOrders([orderRow(10)], 1, at)
    expect(shown(ledger)).toEqual([])
    expect([...ledger.orders.unended]).toEqual(['a'])
  })

  it('a trigger is not taken back by the word that it is waited for', () => {
    const ledger = begun()
    ledger.judge(orderFrame({ timestamp: createdMs + 2 }))
    expect(ledger.judge(orderFrame({ state: 'watch', timestamp: createdMs + 3 }))).toBe('pass')
    expect(shown(ledger)).toEqual(['a wait 0/10'])
  })

  it.each([
    ['leaves what is left', 'reduce', '7', ['a wait 0/7']],
    ['leaves what is left by the rule of the other order', 'cancel_maker', '7', ['a wait 0/7']],
    ['leaves what is left of an order without a rule', null, '7', ['a wait 0/7']],
    ['leaves nothing', 'cancel_taker', '0', []],
  ])('self-match prevention that %s', (_, smp_type, remaining_volume, open) => {
    const ledger = begun()
    ledger.judge(orderFrame())
    ledger.judge(orderFrame({ state: 'prevented', smp_type, remaining_volume, timestamp: createdMs + 5 }))
    expect(shown(ledger)).toEqual(open)
  })

  it('C12.1 two preventions of one moment are two, and the same one again is none', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    const first = orderFrame({ state: 'prevented', prevented_volume: '1', remaining_volume: '9' })
    const second = { ...first, prevented_volume: '2', remaining_volume: '8' }
    expect([first, second, first].map((frame) => ledger.judge(frame))).toEqual(['pass', 'pass', 'duplicate'])
  })

  it('remembers a bounded number of orders that ended, and all that are open', () => {
    const ledger = begun()
    for (let index = 0; index < 100; index++) ledger.judge(orderFrame({ uuid: `open-${index}` }))
    for (let index = 0; index < 12_000; index++) {
      ledger.judge(orderFrame({ uuid: `ended-${index}`, state: 'cancel', timestamp: createdMs + index }))
    }
    expect(ledger.orders.size).toBe(10_100)
    expect(ledger.orders.openCount).toBe(100)
    expect(
      ledger.judge(orderFrame({ uuid: 'ended-11999', state: 'cancel', timestamp: createdMs + 11_999 })),
    ).toBe('duplicate')
  })

  it('forgets an order ten minutes of the exchange after its end', () => {
    const ledger = begun()
    ledger.judge(orderFrame({ state: 'cancel' }))
    ledger.judge(orderFrame({ uuid: 'b', state: 'cancel', timestamp: createdMs + 600_001 }))
    expect(ledger.orders.size).toBe(2)
    ledger.judge(orderFrame({ uuid: 'c', state: 'cancel', timestamp: createdMs + 600_002 }))
    expect(ledger.orders.size).toBe(2)
  })

  it('C12.2 C5.4 takes an unknown order for new whose time is one of which all are remembered, and no other', () => {
    const ledger = begun()
    const last = { state: 'cancel', order_timestamp: createdMs + 3600_000 }
    ledger.judge(orderFrame({ state: 'cancel' }))
    for (const [uuid, atMs] of [
      ['b', 3600_000],
      ['c', 3600_001],
    ] as const)
      ledger.judge(orderFrame({ ...last, uuid, timestamp: createdMs + atMs }))
    expect(ledger.orders.size).toBe(2)
    const { sinceMs } = ledger.orders.seek()
    const made = (uuid: string, second: number): ReturnType<typeof orderRow> =>
      orderRow(0, { uuid, state: 'done', created_at: new Date(createdMs + second * 1000).toISOString() })
    const rows = [made('b', 3600), made('x', 1), made('a', 0), made('y', 0), made('z', -1)]
    expect(ledger.orders.relevantOf(rows, sinceMs).map(({ uuid }) => uuid)).toEqual(['b', 'x'])
    // Of a page that is full those of the last minute are read on for, and none that was forgotten.
    expect(sinceMs - ledger.orders.reachMs(sinceMs)).toBe(60_000)
    expect(ledger.orders.reachMs(createdMs + 10_000)).toBe(createdMs)
    expect(ledger.orders.reachMs(createdMs - 10_000)).toBe(createdMs - 10_000)
  })

  it('C12.1 tells no end again in the answer by which it has become old', () => {
    const ledger = begun()
    for (const uuid of ['a', 'b']) ledger.judge(orderFrame({ uuid, state: 'cancel' }))
    const { sinceMs } = ledger.orders.seek()
    const later = orderRow(0, { uuid: 'c', created_at: '2026-11-23T09:20:00+09:00' })
    const ended = ['a', 'b'].map((uuid) => orderRow(0, { uuid, state: 'cancel' }))
    const rows = ledger.orders.relevantOf([later, ...ended], sinceMs)
    const { missed } = ledger.takeOrders(rows, ledger.revision, at)
    expect(missed.map((event) => event.type === 'myOrder' && event.uuid)).toEqual(['c'])
  })

  it('C12.1 keeps what a search finds, though a frame that comes meanwhile makes it old', () => {
    const ledger = begun()
    ledger.judge(orderFrame({ state: 'cancel' }))
    const { sinceMs } = ledger.orders.seek()
    for (const uuid of ['b', 'c']) ledger.judge(orderFrame({ uuid, timestamp: createdMs + 1_200_000 }))
    const rows = ledger.orders.relevantOf([orderRow(0, { state: 'cancel' })], sinceMs)
    expect(ledger.takeOrders(rows, ledger.revision, at).missed).toEqual([])
    ledger.knowOrders(createdMs + 1_200_000, true)
    ledger.judge(orderFrame({ uuid: 'd', timestamp: createdMs + 1_200_001 }))
    expect(ledger.orders.size).toBe(3)
  })
})

describe('the open orders', () => {
  it('are the newest first, in one list a change, whatever their number and however many changed since it was looked at', () => {
    const ledger = begun()
    const at = (index: number): number => createdMs + ((index * 37) % 101) * 1000
    const expected = (uuids: readonly number[]): string[] =>
      [...uuids].sort((a, b) => at(b) - at(a)).map((index) => `order-${index}`)
    const all = Array.from({ length: 101 }, (_, index) => index)
    const open = new Set<number>()
    const seen = new Set<unknown>()
    for (const index of all) {
      ledger.judge(orderFrame({ uuid: `order-${index}`, order_timestamp: at(index) }))
      open.add(index)
      if (index % 3 === 0 && index > 40) {
        ledger.judge(
          orderFrame({ uuid: `order-${index - 5}`, state: 'cancel', order_timestamp: at(index - 5) }),
        )
        open.delete(index - 5)
      }
      // Now and then after one change, now and then after many.
      if (index % 30 > 20) {
        expect(ledger.openOrders.value?.map(({ uuid }) => uuid)).toEqual(expected([...open]))
        expect(ledger.openOrders.value).toBe(ledger.openOrders.value)
        seen.add(ledger.openOrders.value)
      }
    }
    expect(seen.size).toBe(27)
  })
})

describe('rows of orders', () => {
  it('C12.2 what nobody told is told in the order in which it happened, with what REST knows', () => {
    const ledger = begun()
    const row = orderRow(10, { state: 'done', trades: [rowFill('f2', 6, 3), rowFill('f1', 4, 2, 90)] })
    const { missed } = ledger.takeOrders([row], 0, at)
    expect(missed).toMatchObject([
      {
        state: 'wait',
        executed_volume: '0',
        remaining_volume: '10',
        avg_price: '0',
        trade_uuid: null,
        locked: null,
      },
      {
        state: 'trade',
        trade_uuid: 'f1',
        price: '90',
        volume: '4',
        executed_volume: '4',
        remaining_volume: '6',
        avg_price: '90',
        executed_funds: '360',
        trades_count: 1,
        trade_timestamp: createdMs + 2000,
      },
      {
        state: 'trade',
        trade_uuid: 'f2',
        price: '100',
        volume: '6',
        executed_volume: '10',
        remaining_volume: '0',
        avg_price: '96',
        executed_funds: '960',
        trades_count: 2,
        is_maker: null,
        trade_fee: null,
      },
      { state: 'done', price: '100', volume: '10', executed_volume: '10' },
    ])
    for (const event of missed) {
      expect(event).toMatchObject({
        type: 'myOrder',
        source: 'rest',
        epoch: 0,
        received_at: at,
        timestamp: null,
        order_timestamp: createdMs,
        ask_bid: 'BID',
      })
    }
    expect(ledger.takeOrders([row], 0, at).missed).toEqual([])
  })

  it('C12.1 what REST told is a duplicate when its frame comes late, and what it did not tell is none', () => {
    const ledger = begun()
    ledger.takeOrders([orderRow(4, { state: 'cancel', trades: [rowFill('f1', 4, 2)] })], 0, at)
    expect(ledger.judge(orderFrame())).toBe('duplicate')
    expect(ledger.judge(fillFrame('f1', 4, 4))).toBe('duplicate')
    expect(ledger.judge(orderFrame({ state: 'cancel', executed_volume: '4' }))).toBe('duplicate')
    expect(ledger.judge(fillFrame('f2', 2, 6))).toBe('pass')
    // REST told of one wait: another one is another frame.
    ledger.takeOrders([orderRow(0, { uuid: 'b' })], 0, at)
    expect(ledger.judge(orderFrame({ uuid: 'b' }))).toBe('duplicate')
    const another = orderFrame({ uuid: 'b', remaining_volume: '8', timestamp: createdMs + 50 })
    expect(ledger.judge(another)).toBe('pass')
  })

  it('an end waits for its fills, which the row of a list does not have', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    expect(ledger.takeOrders([orderRow(4, { state: 'cancel' })], 1, at).missed).toEqual([])
    expect(shown(ledger)).toEqual([])
    expect([...ledger.orders.incomplete]).toEqual(['a'])
    const { missed } = ledger.takeOrders(
      [orderRow(4, { state: 'cancel', trades: [rowFill('f1', 4, 1)] })],
      1,
      at,
    )
    expect(missed.map(({ type, ...event }) => 'state' in event && event.state)).toEqual(['trade', 'cancel'])
    expect([...ledger.orders.incomplete]).toEqual([])
  })

  it('is not asked for ever for fills that REST does not list', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    ledger.takeOrders([orderRow(4)], 1, at)
    const short = orderRow(4, { trades: [rowFill('f1', 3, 1)] })
    expect(ledger.takeOrders([short], 1, at).missed).toHaveLength(1)
    expect([...ledger.orders.incomplete]).toEqual([])
    ledger.takeOrders([orderRow(5)], 1, at)
    expect([...ledger.orders.incomplete]).toEqual(['a'])
  })

  it('C12.2 an order that a frame touched since the call keeps what the frame said', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    const since = ledger.revision
    ledger.judge(fillFrame('f1', 4, 4, { locked: '600.3' }))
    const { touched } = ledger.takeOrders([orderRow(4, { locked: '999' })], since, at)
    expect(touched).toEqual(['a'])
    expect(ledger.openOrders.value?.[0]).toMatchObject({ locked: '600.3' })
    expect(ledger.takeOrders([orderRow(4, { locked: '601' })], ledger.revision, at).touched).toEqual([])
    expect(ledger.openOrders.value?.[0]).toMatchObject({ locked: '601' })
  })

  it('a row of before a fill does not take it back, touched or not', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    ledger.judge(fillFrame('f1', 4, 4))
    ledger.takeOrders([orderRow(0)], ledger.revision, at)
    expect(shown(ledger)).toEqual(['a wait 4/6'])
  })

  it('what was before the beginning is shown and not told; what happens later is told', () => {
    const ledger = new Ledger()
    expect(ledger.takeOrders([orderRow(4)], 0, at).missed).toEqual([])
    expect(ledger.openOrders.value).toBeUndefined()
    ledger.knowOrders(createdMs, true)
    expect(shown(ledger)).toEqual(['a wait 4/6'])
    expect([...ledger.orders.incomplete]).toEqual([])
    const trades = [rowFill('f1', 3, 1), rowFill('f2', 1, 1), rowFill('f3', 2, 1)]
    const { missed } = ledger.takeOrders([orderRow(6, { trades })], 0, at)
    expect(missed).toMatchObject([{ trade_uuid: 'f3' }])
    // Its frame was on its way when REST told the volume.
    expect(ledger.judge(fillFrame('f2', 1, 4))).toBe('pass')
  })

  it('an order that the application made is followed from the beginning on, though no frame tells of it', () => {
    const ledger = new Ledger()
    ledger.expect(orderRow(0))
    ledger.expect(orderRow(0))
    expect([...ledger.orders.unended]).toEqual(['a'])
    const row = orderRow(10, { state: 'done', trades: [rowFill('f1', 10, 1)] })
    const { missed } = ledger.takeOrders([row], 0, at)
    expect(missed).toMatchObject([{ state: 'wait' }, { trade_uuid: 'f1' }, { state: 'done' }])
  })

  it.each([
    ['nothing was', [], ['wait', 'f1', 'f2', 'cancel']],
    // Whoever follows the order by its last event would see it open again.
    ['a fill was', [fillFrame('f2', 1, 5)], ['f1', 'cancel']],
    ['a fill of before was', [fillFrame('f1', 4, 4)], ['f2', 'cancel']],
    ['its end was', [orderFrame({ state: 'cancel', executed_volume: '4' })], ['f1', 'f2']],
  ])(
    'an order that the application made is not taken for one of before the beginning; told is what was not, where %s',
    (_, frames, expected) => {
      const ledger = new Ledger()
      ledger.takeOrders([orderRow(4)], 0, at)
      ledger.knowOrders(createdMs + 60_000, true)
      frames.forEach((frame) => ledger.judge(frame))
      ledger.expect(orderRow(0))
      const trades = [rowFill('f1', 4, 1), rowFill('f2', 1, 2)]
      const row = orderRow(5, { state: 'cancel', trades })
      const { missed } = ledger.takeOrders([row], ledger.revision, at)
      expect(
        missed.map((event) => (event.type === 'myOrder' ? (event.trade_uuid ?? event.state) : '')),
      ).toEqual(expected)
      expect(ledger.takeOrders([row], ledger.revision, at).missed).toEqual([])
      expect(ledger.isUntold('a')).toBe(false)
    },
  )

  it('the silent end of an order that the application made is told, once it is known to be its', () => {
    const ledger = new Ledger()
    const row = orderRow(4, { state: 'cancel', trades: [rowFill('f1', 4, 1)] })
    expect(ledger.takeOrders([row], 0, at).missed).toEqual([])
    ledger.knowOrders(createdMs + 60_000, true)
    ledger.expect(orderRow(0))
    const { missed } = ledger.takeOrders([row], 0, at)
    expect(missed).toMatchObject([{ state: 'wait' }, { trade_uuid: 'f1' }, { state: 'cancel' }])
    ledger.expect(orderRow(0))
    expect(ledger.takeOrders([row], 0, at).missed).toEqual([])
    expect(ledger.openOrders.value).toEqual([])
  })

  it('C12.2 that an order was opened in an outage is told once, though a prevention is the first heard of it', () => {
    const ledger = begun()
    ledger.lineLost()
    const row = orderRow(0)
    expect(ledger.judge(orderFrame({ state: 'prevented', smp_type: 'reduce' }))).toBe('pass')
    expect(ledger.takeOrders([row], ledger.revision, at).missed).toMatchObject([
      { state: 'wait', executed_volume: '0', source: 'rest' },
    ])
    expect(ledger.takeOrders([row], ledger.revision, at).missed).toEqual([])
    // Its frame was late, and not lost.
    expect(ledger.judge(orderFrame())).toBe('duplicate')
  })

  it('C12.2 C5.4 so it is of one that was made while the clock of the exchange had gone back', () => {
    for (const [second, opened] of [
      [0, []],
      [1, [{ uuid: 'x', state: 'wait', source: 'rest' }]],
    ] as const) {
      const ledger = begun()
      ledger.judge(orderFrame({ state: 'cancel' }))
      for (const [uuid, atMs] of [
        ['b', 3600_000],
        ['c', 3600_001],
      ] as const) {
        const order_timestamp = createdMs + 3600_000
        ledger.judge(orderFrame({ uuid, state: 'cancel', order_timestamp, timestamp: createdMs + atMs }))
      }
      ledger.lineLost()
      // From here on every order is remembered, that one was not heard of, and it seems to be an hour old.
      const madeMs = createdMs + second * 1000
      const x = { uuid: 'x', order_timestamp: madeMs, timestamp: madeMs + 1 }
      expect(ledger.judge(orderFrame({ ...x, state: 'prevented', smp_type: 'reduce' }))).toBe('pass')
      const row = orderRow(0, { uuid: 'x', created_at: new Date(madeMs).toISOString() })
      expect(ledger.takeOrders([row], ledger.revision, at).missed).toMatchObject(opened)
    }
  })

  it('C12.2 an opening tells nothing of what self-match prevention took off later', () => {
    const row = orderRow(0, {
      ...{ remaining_volume: '6', remaining_fee: '0.3', locked: '600.3' },
      ...{ prevented_volume: '4', prevented_locked: '400.2' },
    })
    const [opening] = begun().takeOrders([row], 0, at).missed
    expect(opening).toMatchObject({
      ...{ state: 'wait', remaining_volume: '10', remaining_fee: '0.5', locked: null },
      ...{ prevented_volume: '0', prevented_locked: '0' },
    })
    const { prevented_volume: _volume, prevented_locked: _locked, ...untold } = orderRow(0)
    expect(begun().takeOrders([untold as RestOrder], 0, at).missed[0]).not.toHaveProperty('prevented_volume')
  })

  it.each([
    ['a fill', fillFrame('f1', 4, 4), orderRow(4)],
    ['its end', orderFrame({ state: 'cancel' }), orderRow(0, { state: 'cancel' })],
  ])('C12.2 that an order was opened, or triggered, in an outage is not told after %s', (_, frame, row) => {
    for (const isWatched of [false, true]) {
      const ledger = begun()
      if (isWatched) ledger.judge(orderFrame({ state: 'watch' }))
      ledger.lineLost()
      ledger.judge(frame)
      expect(ledger.takeOrders([row], ledger.revision, at).missed).toEqual([])
    }
  })

  it.each(['watch', 'wait'] as const)(
    'C12.2 a frame that says it is opened (%s), and comes after REST has told its end, is told nobody',
    (state) => {
      const ledger = begun()
      const { missed } = ledger.takeOrders([orderRow(0, { state: 'cancel' })], 0, at)
      expect(missed).toMatchObject([{ state: 'wait' }, { state: 'cancel' }])
      expect(ledger.judge(orderFrame({ state }))).toBe('duplicate')
      expect(ledger.judge(orderFrame({ state, timestamp: createdMs + 2 }))).toBe('duplicate')
    },
  )

  it('C12.2 nor is that it waits for its trigger, after REST has told that it is in the book', () => {
    const ledger = begun()
    expect(ledger.takeOrders([orderRow(0)], 0, at).missed).toMatchObject([{ state: 'wait' }])
    expect(ledger.judge(orderFrame({ state: 'watch' }))).toBe('duplicate')
    expect(shown(ledger)).toEqual(['a wait 0/10'])
  })

  it('C12.2 what remains after a fill is what was neither executed nor prevented', () => {
    const row = orderRow(6, { state: 'done', remaining_volume: '0', prevented_volume: '4' })
    const trades = [rowFill('f1', 2, 1), rowFill('f2', 4, 2)]
    expect(begun().takeOrders([{ ...row, trades }], 0, at).missed).toMatchObject([
      { state: 'wait', remaining_volume: '10' },
      { trade_uuid: 'f1', remaining_volume: '4', executed_volume: '2' },
      { trade_uuid: 'f2', remaining_volume: '0', executed_volume: '6' },
      { state: 'done', remaining_volume: '0' },
    ])
  })

  it('an order of which REST says that nothing remains is not open, though it says of no end', () => {
    const ledger = begun()
    ledger.takeOrders([orderRow(4)], 0, at)
    expect(ledger.openOrders.value).toHaveLength(1)
    ledger.takeOrders([orderRow(4, { remaining_volume: '0', prevented_volume: '6' })], 0, at)
    expect(ledger.openOrders.value).toEqual([])
    expect([...ledger.orders.unended]).toEqual(['a'])
  })

  it('an order that was not made in an outage is not opened by REST, though no frame told of it', () => {
    const ledger = begun()
    // Not each order is opened by a frame.
    ledger.judge(fillFrame('f1', 4, 4))
    ledger.lineLost()
    ledger.judge(fillFrame('f2', 2, 6))
    const old = { uuid: 'b', order_timestamp: createdMs - 60_000 }
    ledger.judge(fillFrame('g1', 4, 4, old))
    const rows = [orderRow(6), orderRow(4, { uuid: 'b', created_at: '2026-11-23T08:59:00+09:00' })]
    expect(ledger.takeOrders(rows, ledger.revision, at).missed).toEqual([])
  })

  it('tells a trigger that was missed, and none of an order that was cancelled while it waited for it', () => {
    const ledger = begun()
    for (const uuid of ['a', 'b']) ledger.judge(orderFrame({ uuid, state: 'watch' }))
    expect(ledger.takeOrders([orderRow(0)], 9, at).missed).toMatchObject([{ uuid: 'a', state: 'wait' }])
    const { missed } = ledger.takeOrders([orderRow(0, { uuid: 'b', state: 'cancel' })], 9, at)
    expect(missed).toMatchObject([{ uuid: 'b', state: 'cancel' }])
  })

  it('a market buy that ends in cancel: no volume, the amount as price, its average from its funds', () => {
    const {
      volume: _v,
      remaining_volume: _r,
      prevented_volume: _p,
      executed_funds: _e,
      ...row
    } = orderRow(0, {
      ord_type: 'price',
      price: '10000',
      state: 'cancel',
      executed_volume: '0.00009713',
      trades: [{ ...rowFill('f1', 0, 1), price: '102945000', volume: '0.00009713', funds: '9999.04785' }],
    })
    expect(begun().takeOrders([row], 0, at).missed).toMatchObject([
      { state: 'wait', price: '10000', volume: null },
      {
        state: 'trade',
        price: '102945000',
        volume: '0.00009713',
        remaining_volume: null,
        avg_price: '102945000',
      },
      { state: 'cancel', volume: null, executed_funds: '9999.04785', avg_price: '102945000' },
    ])
  })

  it('C12.5 a row of before self-match prevention does not take it back', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    ledger.judge(
      orderFrame({
        state: 'prevented',
        prevented_volume: '4',
        remaining_volume: '6',
        timestamp: createdMs + 2,
      }),
    )
    expect(shown(ledger)).toEqual(['a wait 0/6'])
    ledger.takeOrders([orderRow(0, { prevented_volume: '0' })], ledger.revision, at)
    expect(shown(ledger)).toEqual(['a wait 0/6'])
    ledger.takeOrders([orderRow(0, { prevented_volume: '5', remaining_volume: '5' })], ledger.revision, at)
    expect(shown(ledger)).toEqual(['a wait 0/5'])
  })

  it('an order of which something was heard just before is not given up, however often REST denies it', () => {
    let clockMs = 1000
    const ledger = new Ledger(() => clockMs)
    ledger.knowOrders(0, true)
    ledger.judge(orderFrame())
    for (let look = 0; look < 5; look++) expect(ledger.takeAbsences(['a'], 5999)).toEqual([])
    clockMs = 6000
    expect([1, 2, 3].map(() => ledger.takeAbsences(['a'], 6000))).toEqual([[], [], ['a']])
  })

  it('an order that REST denies three times in a row is given up', () => {
    const ledger = begun()
    ledger.judge(orderFrame())
    expect(ledger.takeAbsences(['a'])).toEqual([])
    expect(ledger.takeAbsences(['a'])).toEqual([])
    expect(shown(ledger)).toEqual(['a wait 0/10'])
    expect(ledger.takeAbsences(['a', 'unknown'])).toEqual(['a'])
    expect(shown(ledger)).toEqual([])
  })
})

describe('balances', () => {
  it('C12.1 an asset frame is told once, by its id; a frame clears no other currency', () => {
    const ledger = begun()
    expect(ledger.judge(assetFrame('x', 1, ['KRW', '500', '20'], ['BTC', '1.5']))).toBe('pass')
    expect(ledger.judge(assetFrame('x', 1, ['KRW', '500', '20'], ['BTC', '1.5']))).toBe('duplicate')
    ledger.judge(assetFrame('y', 2, ['KRW', '400']))
    expect(held(ledger)).toEqual(['BTC 1.5 0', 'KRW 400 0'])
  })

  it('the newest by the time of the change stands, and a late one is told all the same', () => {
    const ledger = begun()
    ledger.judge(assetFrame('y', 20, ['KRW', '400']))
    expect(ledger.judge(assetFrame('x', 10, ['KRW', '500'], ['BTC', '1']))).toBe('pass')
    expect(held(ledger)).toEqual(['BTC 1 0', 'KRW 400 0'])
  })

  it('C12.2 REST has the word on what no frame touched; what was held and is not named any more is nothing', () => {
    const ledger = begun()
    ledger.judge(assetFrame('x', 10, ['KRW', '500'], ['BTC', '1'], ['ETH', '3']))
    const since = ledger.revision
    ledger.judge(assetFrame('y', 20, ['KRW', '450']))
    const { touched, missed } = ledger.takeAccounts(
      [account('KRW', '499'), account('BTC', '2', '0.5', '90')],
      since,
      later,
    )
    expect(touched).toEqual(['KRW'])
    expect(held(ledger)).toEqual(['BTC 2 0.5', 'KRW 450 0'])
    expect(missed).toEqual([
      {
        type: 'myAsset',
        asset_uuid: null,
        assets: [
          { currency: 'BTC', balance: '2', locked: '0.5' },
          { currency: 'ETH', balance: '0', locked: '0' },
        ],
        asset_timestamp: null,
        timestamp: null,
        epoch: 0,
        received_at: later,
        source: 'rest',
      },
    ])
    expect(ledger.balances.value?.[0]).toMatchObject({ avg_buy_price: '90', unit_currency: 'KRW' })
    expect(
      ledger.takeAccounts([account('KRW', '450'), account('BTC', '2', '0.5', '90')], ledger.revision, later)
        .missed,
    ).toEqual([])
  })

  it('C5.4 a clock that goes back and stays back makes balances deaf to two frames, and says that it is unsure', () => {
    const ledger = begun()
    const atMs = 100_000
    ledger.judge(assetFrame('x', atMs, ['KRW', '1']))
    let unsure = 0
    ledger.unsure$.subscribe(() => unsure++)
    const shownAfter = [2, 3, 4].map((amount) => {
      const frame = assetFrame(`${amount}`, atMs - 60_000 + amount, ['KRW', String(amount)])
      ledger.judge({ ...frame, received_at: atMs + amount })
      return held(ledger)[0]
    })
    expect(shownAfter).toEqual(['KRW 1 0', 'KRW 1 0', 'KRW 4 0'])
    expect(unsure).toBe(2)
  })

  it('C12.2 an answer that differs from a frame of just before is old until it still does five seconds later', () => {
    const ledger = begun()
    const frame = assetFrame('x', 100_000, ['KRW', '5'])
    ledger.judge(frame)
    const take = (balance: string, afterMs: number) =>
      ledger.takeAccounts([account('KRW', balance)], ledger.revision, frame.received_at + afterMs)
    expect(take('4', 1000)).toMatchObject({ touched: ['KRW'], settlesInMs: 4000, missed: [] })
    expect(held(ledger)).toEqual(['KRW 5 0'])
    expect(take('5', 1000)).toMatchObject({ touched: [], settlesInMs: 0, missed: [] })
    // The clock of this machine was set back by an hour.
    expect(take('4', -3_600_000)).toMatchObject({ touched: ['KRW'], settlesInMs: 5000 })
    expect(take('4', 5000)).toMatchObject({ touched: [], missed: [{ assets: [{ balance: '4' }] }] })
    expect(held(ledger)).toEqual(['KRW 4 0'])
  })

  it('C12.2 how long an answer took, and a clock that was set, say nothing of how old it is', () => {
    let clockMs = 0
    const ledger = new Ledger(() => clockMs)
    ledger.takeAccounts([], 0, 0)
    ledger.knowBalances()
    const frame = assetFrame('x', 100_000, ['KRW', '5'])
    ledger.judge(frame)
    const take = (sentMs: number, nowMs: number, receivedAt: number) => {
      clockMs = nowMs
      return ledger.takeAccounts([account('KRW', '4')], ledger.revision, receivedAt, sentMs)
    }
    expect(take(1000, 7000, frame.received_at + 7000)).toMatchObject({ touched: ['KRW'], missed: [] })
    expect(take(4999, 5999, frame.received_at - 3_600_000)).toMatchObject({ touched: ['KRW'] })
    expect(take(5000, 6000, frame.received_at - 3_600_000)).toMatchObject({ touched: [], missed: [{}] })
    expect(held(ledger)).toEqual(['KRW 4 0'])
  })

  it('what was held before the beginning is shown and not told', () => {
    const ledger = new Ledger()
    expect(ledger.takeAccounts([account('KRW', '499')], 0, at).missed).toEqual([])
    expect(ledger.balances.value).toBeUndefined()
    ledger.knowBalances()
    expect(held(ledger)).toEqual(['KRW 499 0'])
  })
})
