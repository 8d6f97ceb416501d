/**
 * One chaos on a given world: the cast plays, the market trades, faults fire as planned, and what everybody saw is judged
 * by what the exchange did. Who runs it lets time pass; nothing here waits.
 */
import { seededRandom } from '../../src/base/seeded-random'
import type { GapEvent, GlobalWebSocketManager, Tally, UpbitError } from '../../src/index'
import { AccountRun } from './account/account-run'
import { stateRoles, tradeRoles } from './cast'
import type { StateRole, TradeDelivery, TradeRole } from './cast'
import { Deliveries } from './deliveries'
import { codes, faultKind } from './fault-kinds'
import { Forgotten } from './forgotten'
import type { Stage } from './inflict'
import type { PlannedFault } from './fault-plan'
import { heal, inflict } from './inflict'
import { judgeAccounting, judgeTally } from './judge-accounts'
import { judgeForgotten } from './judge-forgotten'
import { judgeLimits } from './judge-limits'
import { judgeUntouched, touchedSoFar } from './judge-untouched'
import type { Touched } from './judge-untouched'
import type { Round, Side } from './rounds'
import type { TradeJudgement } from './judge-trades'
import { judgeTrades } from './judge-trades'
import type { Evidence } from './judge-trades'
import { judgeInBand, judgeLastStates, judgeLastTrades } from './judge-last'
import type { ChaosReport } from './chaos-report'
import { KnownGaps } from './known-gaps'
import type { ExecutedTrade } from './ledger'
import { Ledger } from './ledger'
import { ChaosMarket } from './market'
import { Player } from './player'
import type { StateEvent } from './state-book'
import { StateBook } from './state-book'
import { TradeBook } from './trade-book'
import { Violations } from './violations'
import { Visitors } from './visitors'
import type { World } from './world'
import { after, every } from './world'

export interface ChaosSettings {
  readonly seed: number
  /** Mean of the market's events a second. */
  readonly perSecond: number
  /** Whether an event that is sent arrives in the same turn, so that it can be asked for at once. */
  readonly isSynchronous: boolean
}

type TradePlayer = Player<TradeDelivery, TradeBook>
type StatePlayer = Player<StateEvent | GapEvent, StateBook>

const sampleMs = 1000
/** What was asked while it was broken has its answer, or none, by then. */
const answersAgainMs = 30_000
/** What was lost may have been on its way for a little longer than all that came. */
const aroundMs = 1000

export class ChaosRun {
  readonly stage: Stage
  readonly account: AccountRun
  readonly violations: Violations
  readonly #ledger = new Ledger()
  readonly #gaps = new KnownGaps()
  readonly #deliveries: Deliveries
  readonly #manager: GlobalWebSocketManager
  readonly #tradePlayers: readonly TradePlayer[]
  readonly #statePlayers: readonly StatePlayer[]
  readonly #visitors: Visitors
  readonly #ends: (() => void)[] = []
  readonly #errors: Record<string, number> = {}
  readonly #tallies = new Map<string, Tally>()
  readonly #startMs: number
  #samples = 0
  #live = 0
  readonly #inflicted: PlannedFault[] = []
  /** Of the session whose line went dead: as long as there is no other one, what is sent does not arrive. */
  #blindEpoch = -1
  /** Until then REST may not have answered as it should. */
  #disturbedUntilMs = -Infinity
  #touched: Touched | undefined
  /** What is broken between the two in this round. */
  #side: Side | undefined
  #countsAtHeal: ReadonlyMap<object, number> = new Map()

  constructor(
    private readonly world: World,
    private readonly settings: ChaosSettings,
    extras: Pick<Stage, 'proxy' | 'link' | 'block'>,
  ) {
    const { seed, perSecond } = settings
    this.#startMs = world.environment.now()
    this.violations = new Violations(() => Math.round(this.now))
    this.#deliveries = new Deliveries(() => this.now)
    this.#manager = world.upbit.manager
    const forgotten = new Forgotten(world.exchange, () => world.environment.now(), world.slackMs === 0)
    const market = new ChaosMarket(world, this.#ledger, forgotten, seed, perSecond)
    this.account = new AccountRun(world, {
      seed,
      violations: this.violations,
      delivered: (name, event) => this.#deliveries.add(name, event),
      isDisturbedSince: (sinceMs) => this.#disturbedUntilMs > sinceMs,
    })
    const random = seededRandom(`${seed}/faults`)
    this.stage = { ...extras, world, market, account: this.account, forgotten, random }
    // Each set that is sent would put off the question that finds what was lost.
    this.#visitors = new Visitors(
      world,
      seededRandom(`${seed}/visitors`),
      this.violations,
      () => forgotten.isAny,
    )
    this.#tradePlayers = tradeRoles().map((role) => this.tradePlayer(role))
    this.#statePlayers = stateRoles.map((role) => this.statePlayer(role))
  }

  /** Since it began, ms of the world's time. */
  get now(): number {
    return this.world.environment.now() - this.#startMs
  }

  /** Faults that were done so far. */
  get done(): number {
    return this.#inflicted.length
  }

  begin(): void {
    const { upbit } = this.world
    const errors = upbit.errors$.subscribe((error) => this.failed(error))
    const gaps = upbit.gaps$.subscribe((gap) => this.#gaps.take(gap, this.world.environment.now()))
    this.#ends.push(
      () => errors.unsubscribe(),
      () => gaps.unsubscribe(),
    )
    if (this.settings.isSynchronous) this.stage.market.executed = (trade) => this.arrived(trade)
    for (const player of this.players) player.begin()
    this.account.begin()
    this.#ends.push(
      this.#visitors.begin(),
      every(this.world, sampleMs, () => this.sample()),
    )
    this.#ends.push(this.stage.market.open())
  }

  /** The account trades, and the faults of a round fire as planned. */
  storm({ plan, side }: Round): void {
    this.#side = side
    this.account.open()
    this.#touched = this.touched
    for (const fault of plan) {
      after(this.world, fault.atMs, () => {
        this.#inflicted.push({ ...fault, atMs: Math.round(this.now) })
        if (fault.kind === 'stall' && this.world.exchange.connections > 0) this.#blindEpoch = this.epoch
        if (mayKeepAnswersAway(fault.kind)) this.#disturbedUntilMs = Infinity
        inflict(this.stage, fault)
      })
    }
  }

  /** No fault any more: from here on everybody has to come back to life. */
  heal(): void {
    heal(this.stage)
    this.#disturbedUntilMs = Math.min(this.#disturbedUntilMs, this.world.environment.now() + answersAgainMs)
    this.#countsAtHeal = new Map(this.players.map((player) => [player, player.count]))
  }

  /** Whether everybody has received something since, and nothing is lost any more. */
  get isWell(): boolean {
    return this.silent.length === 0 && !this.stage.forgotten.isAny
  }

  /** Who has not. */
  get silent(): readonly string[] {
    return this.players
      .filter((player) => !player.isPlaying || player.count <= (this.#countsAtHeal.get(player) ?? 0))
      .map(({ lives }) => lives[lives.length - 1]?.name ?? '')
  }

  /** The end of a round, when all is calm: the account is as the books have it, and what was not broken has not noticed. */
  judge({ side }: Round): void {
    this.account.judge()
    if (this.#touched !== undefined) judgeUntouched(side, this.#touched, this.touched, this.violations)
  }

  /** The market closes with a last event of everything, and nobody comes any more. */
  close(): void {
    for (const end of this.#ends.splice(2)) end()
    this.#ends.push(every(this.world, sampleMs, () => this.sample()))
    for (const code of codes) {
      this.stage.market.everyState(code)
      this.stage.market.trade(code)
    }
  }

  /** Whether nothing waits for anybody. */
  get isQuiet(): boolean {
    return this.#manager.accounting().pending === 0
  }

  /** Everybody leaves, and what they have seen is judged. */
  end(): ChaosReport {
    this.sample()
    const evidence = this.evidence
    judgeLastStates(this.books(this.#statePlayers), evidence)
    judgeLastTrades(this.books(this.#tradePlayers), evidence)
    const trades: TradeJudgement = { owed: 0, delivered: 0, inGaps: 0, waiting: 0 }
    for (const player of this.players) player.leave()
    this.account.leave()
    for (const book of this.#tradePlayers.flatMap(({ lives }) => lives)) {
      const judged = judgeTrades(book, this.#tallies.get(book.name), evidence)
      for (const name of Object.keys(trades) as (keyof TradeJudgement)[]) trades[name] += judged[name]
      judgeInBand(book, evidence)
    }
    judgeForgotten(this.stage.forgotten, evidence)
    const { exchange } = this.world
    const server = judgeLimits(exchange, this.stage.proxy?.connectedAtMs ?? [], this.violations)
    judgeAccounting(this.#manager.accounting(), this.violations)
    for (const end of this.#ends.splice(0)) end()
    return {
      violations: this.violations.found,
      violationCount: this.violations.count,
      inflicted: this.#inflicted,
      digest: this.#deliveries.digest(),
      delivered: this.#deliveries.count,
      executed: this.#ledger.trades,
      trades,
      account: this.account.report,
      forgotten: countBy(this.stage.forgotten.all.map(({ outcome }) => outcome)),
      gaps: countBy(this.#gaps.all.map(({ cause, phase }) => `${cause} ${phase}`)),
      errors: this.#errors,
      epochs: this.#manager.accounting().epochs,
      lives: this.players.reduce((sum, { lives }) => sum + lives.length, 0),
      visits: this.#visitors.visits,
      server,
      samples: this.#samples,
      live: this.#live,
    }
  }

  /** Of the session that is there, or comes. */
  private get epoch(): number {
    const { status } = this.#manager
    return status.state === 'live' ? status.epoch : this.#manager.accounting().epochs + 1
  }

  private get touched(): Touched {
    return touchedSoFar(this.world, this.#gaps, this.account.report)
  }

  /** A machine with other work lets frames wait for longer than the plan does: what came was as late as what was lost. */
  private get slackMs(): number {
    const { slackMs } = this.world
    if (slackMs === 0) return 0
    const books = this.#tradePlayers.flatMap(({ lives }) => lives)
    return Math.max(slackMs, ...books.map(({ latenessMs }) => latenessMs + aroundMs))
  }

  private get evidence(): Evidence {
    return { ledger: this.#ledger, gaps: this.#gaps, violations: this.violations, slackMs: this.slackMs }
  }

  /** Of those who are playing. */
  private books<B>(players: readonly { readonly book: B | undefined }[]): readonly B[] {
    return players.flatMap(({ book }) => book ?? [])
  }

  private get players(): readonly (TradePlayer | StatePlayer)[] {
    return [...this.#tradePlayers, ...this.#statePlayers]
  }

  private tradePlayer(role: TradeRole): TradePlayer {
    const { world, violations } = this
    return new Player(
      role,
      world,
      seededRandom(`${this.settings.seed}/${role.name}`),
      (name) =>
        new TradeBook(
          name,
          role.codes,
          role.gaps === true,
          this.#ledger,
          violations,
          world.environment.now(),
          role.ordered,
        ),
      (name, event) => this.#deliveries.add(name, event),
    )
  }

  private statePlayer(role: StateRole): StatePlayer {
    const { world, violations } = this
    const isUnsteady = (): boolean | undefined => {
      const { unsteadyUntilMs } = this.stage.market
      return unsteadyUntilMs === -Infinity ? undefined : unsteadyUntilMs > world.environment.now()
    }
    return new Player(
      role,
      world,
      seededRandom(`${this.settings.seed}/${role.name}`),
      (name) => new StateBook(name, role.streams, violations, isUnsteady),
      (name, event) => this.#deliveries.add(name, event),
    )
  }

  private failed({ code, path, stream }: UpbitError): void {
    this.#errors[code] = (this.#errors[code] ?? 0) + 1
    // Only between the two is a frame spoilt so that it does not say any more whose it was, unless it was of the account.
    const isUnnamed = code === 'UNDECODABLE' && path === '$' && stream === undefined
    const isSpoilt = this.stage.proxy !== undefined && this.#side !== 'account'
    if (isUnnamed && isSpoilt) this.#gaps.unnamed(this.world.environment.now())
  }

  /** Where nothing takes time, what was sent on a sound connection has arrived when the sending returns. */
  private arrived(trade: ExecutedTrade): void {
    const [stream] = this.#tradePlayers
    const record = stream?.book?.records.get(trade.code)
    // By the session and not by its gaps: an older one may end while the line is dead, and one still open opens no other.
    const isBlind = this.epoch === this.#blindEpoch
    if (isBlind || stream?.isPlaying !== true || record === undefined) return
    if (record.from > (trade.index ?? 0) || record.seen.has(trade)) return
    this.violations.add('C4', `${stream.book?.name} was not given ${trade.code} ${trade.id} that was sent`)
  }

  private sample(): void {
    this.#samples++
    if (this.#manager.status.state === 'live') this.#live++
    for (const player of this.players) {
      player.look()
      const { tally, book } = player
      if (tally === undefined || book === undefined) continue
      judgeTally(book.name, tally, this.violations)
      this.#tallies.set(book.name, tally)
    }
    for (const { name, ...tally } of this.#manager.consumers()) judgeTally(name, tally, this.violations)
    judgeAccounting(this.#manager.accounting(), this.violations)
  }
}

/** REST may keep an answer back until the fault is taken away; the network may as well. */
function mayKeepAnswersAway(kind: string): boolean {
  const { where, name } = faultKind(kind)
  return where === 'network' || where === 'link' || /rest|order|answer|blocked|418|burst/.test(name)
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
