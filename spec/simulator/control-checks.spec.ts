import type { AccountOrder, ExchangeControls, VirtualExchange } from '../../src/testing'
import { aTicker, aTrade, createVirtualExchange, startExchange } from '../../src/testing'

type Loose = Readonly<Record<keyof ExchangeControls, (...args: readonly unknown[]) => unknown>>

const accessKey = 'key'

function exchange(): VirtualExchange {
  return createVirtualExchange(undefined, { accounts: [{ accessKey, secretKey: 'secret' }] })
}

/** As a program in plain JavaScript calls it. */
function loose(): Loose {
  return exchange() as unknown as Loose
}

const { sequential_id: _, ...tradeWithoutId } = aTrade()
const balance = { currency: 'KRW', balance: '1', locked: '0', avg_buy_price: '0', unit_currency: 'KRW' }

describe('what a test tells the exchange', () => {
  it.each<[keyof ExchangeControls, readonly unknown[], string]>([
    ['refuse', ['foo'], 'answer'],
    ['refuse', [99], 'answer'],
    ['refuse', [101], 'answer'],
    ['refuse', [503, { tiems: 1 }], 'tiems'],
    ['refuse', [503, { times: 0 }], 'times'],
    ['refuse', [503, { retryAfterMs: -1 }], 'retryAfterMs'],
    ['refuseRest', ['foo'], 'fault'],
    ['refuseRest', [99], 'fault'],
    ['refuseRest', [NaN], 'fault'],
    ['refuseRest', [undefined], 'fault'],
    ['refuseRest', [503, { pth: 'x' }], 'pth'],
    ['refuseRest', [503, { path: 'v1' }], 'path'],
    ['refuseRest', [503, { times: -1 }], 'times'],
    ['refuseRest', [503, { body: {} }], 'body'],
    ['delayRest', [NaN], 'delayMs'],
    ['delayRest', [], 'delayMs'],
    ['delayRest', [Infinity], 'delayMs'],
    ['setOrders', [accessKey, [{ uuid: 'u' }]], 'orders.market'],
    ['setOrders', [accessKey, {}], 'orders'],
    ['setBalances', [accessKey, [null]], 'balances.currency'],
    ['setBalances', [accessKey, [balance]], 'balances.avg_buy_price_modified'],
    ['execute', [null], 'trades'],
    ['execute', [{}], 'trades'],
    ['execute', [aTicker()], 'trades'],
    ['execute', [tradeWithoutId], 'trades.sequential_id'],
    ['emit', [undefined], 'events'],
    ['emit', [[{ type: 'ticker' }]], 'events'],
    ['snapshot', [{}], 'events'],
    ['emitRaw', [{}], 'frame'],
    ['cut', [{ cod: 1001 }], 'cod'],
    ['cut', [{ code: 42 }], 'code'],
    ['cut', [{ code: 1001, reason: 'x'.repeat(124) }], 'reason'],
    ['stall', [{ all: 'yes' }], 'all'],
    ['sendError', [''], 'name'],
    ['rejectItems', [{ code: 'KRW-BTC' }, 'NO_CODES'], 'match.code'],
    ['rejectItems', [{ type: 'tikcer' }, 'NO_CODES'], 'match.type'],
    ['rejectItems', [{ codes: 'KRW-BTC' }, 'NO_CODES'], 'match.codes'],
    ['rejectItems', [{ type: 'ticker' }], 'name'],
    ['forget', [undefined], 'match'],
    ['silence', [[]], 'codes'],
    ['delist', [undefined], 'codes'],
    ['subscribed', ['tikcer', 'KRW-BTC'], 'type'],
    ['acceptThenClose', [{ after: 1 }], 'after'],
    ['disturb', [{ doubled: 3 }], 'doubled'],
    ['disturb', [{ dobuled: 1 }], 'dobuled'],
    ['disturb', [], 'options'],
    ['stepClock', [NaN], 'byMs'],
    ['flipFormat', ['SIMPEL'], 'format'],
    ['fault', [[{ kind: 'nope', atMs: 0 }]], 'kind'],
    ['fault', [[{ kind: 'cut' }]], 'atMs'],
    ['fault', [[{ kind: 'cut', atMs: 0, cod: 1 }]], 'cod'],
    ['fault', [[{ kind: 'refuse', atMs: 0, answer: 'foo' }]], 'answer'],
    ['fault', [[{ kind: 'malformed', atMs: 0, shape: 'odd' }]], 'shape'],
    ['fault', [[{ kind: 'burst', atMs: 0, frames: 0, make: aTicker }]], 'frames'],
    ['fault', [[{ kind: 'execute', atMs: 0, trades: [{}] }]], 'trades'],
    ['fault', [[], { from: 'then' }], 'from'],
    ['fault', [undefined], 'script'],
  ])('%s(%j) is refused at the call, and the option named', (control, args, option) => {
    const controls = loose()
    expect(() => controls[control](...args)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error,
    )
  })

  it('proposes what was probably meant', () => {
    expect(() => loose().refuse('rest')).toThrow(
      expect.objectContaining({ nextStep: "Did you mean 'reset'?" }) as Error,
    )
    expect(() => loose().fault([{ kind: 'cutt', atMs: 0 }])).toThrow(
      expect.objectContaining({ nextStep: "Did you mean 'cut'?" }) as Error,
    )
    expect(() => loose().disturb({ dobuled: 1 })).toThrow(
      expect.objectContaining({ nextStep: 'Did you mean `doubled`?' }) as Error,
    )
  })

  it.each<[string, (controls: Loose) => unknown, string]>([
    ['until with a misspelt option', (controls) => controls.until(() => true, { timeout: 1 }), 'timeout'],
    ['until without a condition', (controls) => controls.until(true), 'condition'],
    ['idle with a misspelt option', (controls) => controls.idle({ timeout: 1 }), 'timeout'],
  ])('%s rejects', async (_what, wait, option) => {
    await expect(wait(loose())).rejects.toMatchObject({ code: 'INVALID_OPTION', option })
  })

  it('leaves what was told before as it is when the next order is refused', () => {
    const controls = exchange()
    const told = controls.disturb({ doubled: 1 })
    expect(() => (controls as unknown as Loose).disturb({ doubled: -1 })).toThrow('share')
    const order = { uuid: 'u' } as AccountOrder
    expect(() => controls.setOrders(accessKey, [order])).toThrow('orders.market')
    told()
  })

  it('checks the rows of accounts as the controls do', () => {
    const orders = [{ uuid: 'u' } as AccountOrder]
    expect(() =>
      createVirtualExchange(undefined, { accounts: [{ accessKey, secretKey: 's', orders }] }),
    ).toThrow('orders.market')
  })

  it('takes every status that HTTP lets an answer have, and serves on after it', async () => {
    await using server = await startExchange({ market: false })
    for (const status of [200, 404, 599]) {
      server.refuseRest(status, { times: 1 })
      expect((await fetch(`${server.restUrl}/v1/market/all`)).status).toBe(status)
    }
  })
})
