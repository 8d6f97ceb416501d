/**
 * The chaos in virtual time: every promise kept through dozens of faults, the same to the bit for the same seed; and
 * proof that it is no empty one, by faults that are planted in the client and have to be found.
 */
import { filter, map, mergeMap, of } from 'rxjs'
import type { Observable } from 'rxjs'
import type { ChaosReport } from '../../scripts/chaos/chaos-report'
import { faultKinds } from '../../scripts/chaos/fault-kinds'
import type { PlannedFault } from '../../scripts/chaos/fault-plan'
import { roundsOf } from '../../scripts/chaos/rounds'
import { runVirtual } from '../../scripts/chaos/run-virtual'
import type { Codes, ConsumerOptions, TradeEvent, Upbit, WithGaps } from '../../src/index'
import { Lane } from '../../src/channels/lane'
import { SubscriptionCheck } from '../../src/connection/subscription-check'

const kinds = faultKinds.filter(
  ({ name, where }) => where !== 'network' && where !== 'link' && name !== 'blocked-loop',
)

/** Closer together than those of the long run. */
const perFaultMs = 2500

function chaos(seed: number, faults: number, client?: (upbit: Upbit) => Upbit): Promise<ChaosReport> {
  return runVirtual({
    seed,
    rounds: roundsOf({ seed, faults, durationMs: perFaultMs * faults, kinds }),
    perSecond: 8,
    progress: () => {},
    ...(client === undefined ? {} : { client }),
  })
}

describe('a chaos of 80 faults in virtual time', () => {
  let report: ChaosReport

  beforeAll(async () => {
    report = await chaos(20_261_126, 80)
  }, 60_000)

  it('C4 C5 C6.2 C7 C11 keeps every promise to every consumer', () => {
    expect(report.violations).toEqual([])
    expect(report.violationCount).toBe(0)
  })

  it('is no calm: connections were lost and replaced, consumers lost and were told, some were ended', () => {
    expect(report.epochs).toBeGreaterThan(15)
    expect(report.trades.delivered).toBeGreaterThan(1000)
    expect(report.trades.inGaps).toBeGreaterThan(200)
    expect(Object.keys(report.errors)).toEqual(expect.arrayContaining(['CONNECT_FAILED', 'UNDECODABLE']))
    expect(report.visits.answered).toBeGreaterThan(20)
  })

  it('C11.2 stays within the limits as the server counts them, though they come into play', () => {
    const { server } = report
    expect(server.dials).toBeGreaterThan(15)
    expect(server.dialsInTenSeconds).toBeLessThanOrEqual(6)
    expect(server.dialsInASecond).toBeLessThanOrEqual(5)
    expect(server.messagesInASecond).toBeLessThanOrEqual(5)
  })
})

it('C14.1 the same seed gives the same plan and the same deliveries to the bit, another seed others', async () => {
  const [first, again, other] = [await chaos(5, 6), await chaos(5, 6), await chaos(6, 6)]
  expect(again).toEqual(first)
  expect(other.digest).not.toBe(first.digest)
})

describe('a fault that is planted in the client is found', () => {
  it.each<[string, string, (trade$: Observable<TradeEvent>) => Observable<TradeEvent>]>([
    [
      'a trade that comes twice',
      'C5.3',
      mergeMap((trade, n) => (n % 50 === 49 ? of(trade, trade) : of(trade))),
    ],
    ['a trade that is withheld', 'C7', filter((_trade, n) => n % 50 !== 49)],
    [
      'a trade that nobody executed',
      'C3.1',
      map((trade, n) => (n % 50 === 49 ? { ...trade, sequential_id: '1' } : trade)),
    ],
    [
      'an epoch after a later one',
      'C4.5',
      map((trade, n) => (n % 50 === 49 ? { ...trade, epoch: trade.epoch - 1 } : trade)),
    ],
    ['a stream that falls silent', 'C4', filter((_trade, n) => n < 100)],
  ])('%s: %s', async (_what, promise, spoil) => {
    const { violations } = await chaos(3, 8, (upbit) => spoilt(upbit, spoil))
    expect(violations.map((violation) => violation.promise)).toContain(promise)
  })
})

describe('what the exchange loses of a living subscription', () => {
  const lost = (atMs: number, type: string, code: string): PlannedFault => ({
    atMs,
    kind: 'forgotten',
    parameters: { type, code },
  })
  const plan = [
    lost(10_000, 'trade', 'KRW-BTC'),
    lost(95_000, 'orderbook', 'KRW-ETH'),
    lost(180_000, 'ticker', 'KRW-SOL'),
  ]
  const run = (client: (upbit: Upbit) => Upbit = (upbit) => upbit): Promise<ChaosReport> =>
    runVirtual({
      seed: 1,
      rounds: [{ side: 'public', durationMs: 200_000, plan }],
      perSecond: 8,
      progress: () => {},
      client,
    })
  const found = async (client?: (upbit: Upbit) => Upbit): Promise<string> =>
    (await run(client)).violations.map(({ promise, what }) => `${promise} ${what}`).join('\n')

  afterEach(() => {
    jest.restoreAllMocks()
  })

  it('C7 C9.7 is told as a gap of one epoch, and fetched for who asked for that', async () => {
    const { violations, forgotten } = await run()
    expect(violations).toEqual([])
    expect(forgotten.told).toBeGreaterThan(1)
  })

  it('finds a client that sends it again and opens no gap', async () => {
    jest.spyOn(Lane.prototype as unknown as { drifted: () => void }, 'drifted').mockReturnValue()
    const lies = await found()
    expect(lies).toMatch(/^C7 trade stream\/1 misses .* in no gap$/m)
    expect(lies).toMatch(/^C9\.7 trade .* was lost at .* and no gap was told$/m)
  })

  it('finds a client that is told of it and does nothing', async () => {
    jest.spyOn(SubscriptionCheck.prototype, 'listed').mockReturnValue()
    expect(await found()).toMatch(/^C4 .*trade slow\/1.*: nothing came within 240 s/m)
  })
})

/** The client with another `trade$`. */
function spoilt(upbit: Upbit, spoil: (trade$: Observable<TradeEvent>) => Observable<TradeEvent>): Upbit {
  const trade$ = (codes: Codes, options?: ConsumerOptions & WithGaps<false>): Observable<TradeEvent> =>
    upbit.trade$(codes, options).pipe(spoil)
  return new Proxy(upbit, {
    get: (target, name): unknown => {
      if (name === 'trade$') return trade$
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value
    },
  })
}
