/** When an order has what it asked for. */
import { isOrderFilled } from '../../src/protocol/is-order-filled'

describe('isOrderFilled', () => {
  it.each<[string, Parameters<typeof isOrderFilled>[0], boolean]>([
    ['done', { state: 'done', order_type: 'limit', executed_volume: '1' }, true],
    [
      'the fill that leaves nothing',
      { state: 'trade', order_type: 'limit', executed_volume: '1', remaining_volume: '0' },
      true,
    ],
    [
      'a fill that leaves something',
      { state: 'trade', order_type: 'limit', executed_volume: '1', remaining_volume: '0.5' },
      false,
    ],
    ...['price', 'best'].map((order_type): [string, Parameters<typeof isOrderFilled>[0], boolean] => [
      `a fill of a buy for an amount (${order_type}), of which no volume says what is left`,
      { state: 'trade', order_type, ask_bid: 'BID', executed_volume: '1', remaining_volume: '0' },
      false,
    ]),
    [
      'the fill that leaves nothing of a sale at the best price',
      { state: 'trade', ord_type: 'best', side: 'ask', executed_volume: '1', remaining_volume: '0' },
      true,
    ],
    [
      'a market buy that ended in cancel after fills',
      { state: 'cancel', order_type: 'price', executed_volume: '0.00009713' },
      true,
    ],
    ['its row of REST', { state: 'cancel', ord_type: 'price', executed_volume: '0.00009713' }, true],
    [
      'a market buy that was cancelled without any',
      { state: 'cancel', order_type: 'price', executed_volume: '0' },
      false,
    ],
    [
      'a limit order that was cancelled after some',
      { state: 'cancel', order_type: 'limit', executed_volume: '0.5' },
      false,
    ],
    ['one that waits', { state: 'wait', order_type: 'limit', executed_volume: '0' }, false],
  ])('%s', (_, order, isFilled) => {
    expect(isOrderFilled(order)).toBe(isFilled)
  })
})
