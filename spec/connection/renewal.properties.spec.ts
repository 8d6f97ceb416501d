import { aTicker } from '../../src/testing'
import type { FakeDial } from '../support/fake-network'
import { codesOf } from '../support/online'
import { renewing } from '../support/renewing'
import fc from '../support/seeded-fast-check'

/** How a server treats the renewal, and when the session before ends; all times from the renewal's dial on, ms. */
interface Plan {
  readonly seed: number
  readonly eventsAtMs: readonly number[]
  /** One way, of the session before and of all others. */
  readonly latencyMs: readonly [number, number]
  readonly opensAfterMs: number
  readonly answer: 'right' | 'never' | 'wrong' | 'wrong once'
  readonly answersAfterMs: number
  readonly end:
    | {
        readonly kind: 'closed' | 'reset' | 'silent'
        readonly atMs: number
        /** What was under way for so long is lost with it. */
        readonly takesMs: number
      }
    | undefined
}

const latencyArbitrary = fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 400 }))

const planArbitrary: fc.Arbitrary<Plan> = fc.record({
  seed: fc.nat(1000),
  eventsAtMs: fc.array(fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 20_000 })), {
    minLength: 20,
    maxLength: 80,
  }),
  latencyMs: fc.tuple(latencyArbitrary, latencyArbitrary),
  opensAfterMs: fc.integer({ min: 0, max: 1000 }),
  answer: fc.constantFrom('right', 'right', 'right', 'never', 'wrong', 'wrong once'),
  answersAfterMs: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 8000 })),
  end: fc.option(
    fc.record({
      kind: fc.constantFrom('closed', 'reset', 'silent'),
      atMs: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 500, max: 2000 }) },
        fc.integer({ min: 0, max: 15_000 }),
      ),
      takesMs: fc.integer({ min: 0, max: 400 }),
    }),
  ),
})

/** The server's end of one socket. */
interface Peer {
  readonly dial: FakeDial
  readonly latencyMs: number
  readonly isRenewal: boolean
  subscribedAtMs: number | undefined
  /** What it sends from then on reaches nobody. */
  silentFromMs: number
}

const lifeMs = 60_000

interface Session {
  readonly peer: Peer
  /** When it began. */
  readonly atMs: number
}

/** What came of a plan. */
interface Played {
  /** When the server sent each event, by its number, to whoever was subscribed. */
  readonly sentAtMs: readonly number[]
  /** What was delivered, in order. */
  readonly events: readonly { readonly number: number; readonly epoch: number }[]
  readonly losses: readonly { readonly epoch: number; readonly fromMs: number }[]
  /** The sockets that had the session. */
  readonly sessions: readonly Session[]
}

function play(plan: Plan): Played {
  const peers: Peer[] = []
  const sentAtMs: number[] = []
  const sessions: Session[] = []
  const made = renewing(['KRW-BTC'], {
    seed: plan.seed,
    answersPings: false,
    give: (nowMs) => ({ headers: {}, expiresAtMs: nowMs + lifeMs }),
    prepare({ time, network, connected }) {
      connected.connection.status$.subscribe((status) => {
        if (status.state !== 'live') return
        sessions.push({ peer: peers.at(-1)!, atMs: time.nowMs })
      })
      network.dialed = (dial) => {
        const isRenewal = network.dials.length === 2
        if (isRenewal) schedule()
        const latencyMs = plan.latencyMs[network.dials.length === 1 ? 0 : 1]
        // The first one is opened by hand.
        if (network.dials.length > 1)
          time.at(time.nowMs + (isRenewal ? plan.opensAfterMs : 50), () => dial.open())
        network.opens = (socket, opened) => {
          const peer: Peer = {
            dial: opened,
            latencyMs,
            isRenewal,
            subscribedAtMs: undefined,
            silentFromMs: Infinity,
          }
          peers.push(peer)
          return {
            ...socket,
            send(text) {
              socket.send(text)
              time.at(time.nowMs + latencyMs, () => takes(peer, text))
            },
            ping: (payload = '') =>
              time.at(time.nowMs + latencyMs, () => reach(peer, () => opened.pong(payload))),
          }
        }
      }
      const schedule = (): void => {
        for (const atMs of plan.eventsAtMs) time.at(time.nowMs + atMs, emit)
        if (plan.end === undefined) return
        const { kind, atMs, takesMs } = plan.end
        const first = peers[0]!
        time.at(time.nowMs + Math.max(0, atMs - takesMs), () => {
          if (kind !== 'closed') first.silentFromMs = time.nowMs
        })
        time.at(time.nowMs + Math.max(takesMs, atMs), () => {
          if (kind === 'closed') reach(first, () => first.dial.end(1000))
          if (kind === 'reset') time.at(time.nowMs + first.latencyMs, () => first.dial.end(1006))
          if (kind === 'closed') first.silentFromMs = time.nowMs
        })
      }
      const reach = ({ latencyMs, silentFromMs }: Peer, deliver: () => void): void => {
        if (time.nowMs < silentFromMs) time.at(time.nowMs + latencyMs, deliver)
      }
      const emit = (): void => {
        const trade_price = sentAtMs.push(time.nowMs)
        for (const peer of peers) {
          if (peer.subscribedAtMs !== undefined) reach(peer, () => peer.dial.frame(aTicker({ trade_price })))
        }
      }
      const takes = (peer: Peer, text: string): void => {
        const { dial, isRenewal, latencyMs } = peer
        const isWrong =
          isRenewal && (plan.answer === 'wrong' || (plan.answer === 'wrong once' && dial.sent.length === 1))
        if (!text.includes('LIST_SUBSCRIPTIONS')) {
          if (!isWrong) peer.subscribedAtMs ??= time.nowMs
          return
        }
        if (isRenewal && plan.answer === 'never') return
        const [{ ticket }] = JSON.parse(text) as [{ ticket: string }]
        const result = isWrong ? [] : [{ type: 'ticker', codes: codesOf(dial.sent.at(-1)!.text) }]
        // What is wrong and said too late is found by nobody before the switch.
        const answersAfterMs = Math.min(plan.answersAfterMs, isWrong ? 4999 - 2 * latencyMs : Infinity)
        time.at(time.nowMs + (isRenewal ? answersAfterMs : 0), () =>
          reach(peer, () => dial.frame({ method: 'LIST_SUBSCRIPTIONS', ticket, result })),
        )
      }
    },
  })
  const { time, connected, listening } = made
  const startMs = time.environment.now() - time.nowMs
  time.pass(110_000)
  listening.unsubscribe()
  return {
    sentAtMs,
    sessions,
    events: connected.events.map((event) => ({
      number: event.type === 'ticker' ? event.trade_price : 0,
      epoch: event.epoch,
    })),
    losses: connected.losses.map(({ epoch, lastSignMs }) => ({ epoch, fromMs: lastSignMs - startMs })),
  }
}

/** Whether a loss that was told covers what the server sent at that time. */
function isTold({ losses, sessions }: Played, atMs: number): boolean {
  return losses.some(({ epoch, fromMs }) => {
    const [lost, next] = [sessions[epoch - 1], sessions[epoch]]
    const isSince = lost !== undefined && atMs + lost.peer.latencyMs >= fromMs
    return isSince && atMs <= (next?.peer.subscribedAtMs ?? Infinity)
  })
}

describe('renewed$', () => {
  it('C12.1 loses no event and tells none twice to who knows them by themselves, whenever which socket speaks, stalls or ends', () => {
    let seamless = 0
    let tookOverAtEnd = 0
    let told = 0
    let doubled = 0
    fc.assert(
      fc.property(planArbitrary, (plan) => {
        const played = play(plan)
        const { sentAtMs, events, losses, sessions } = played
        const got = new Set(events.map(({ number }) => number))
        const missing = sentAtMs.filter((atMs, index) => !got.has(index + 1) && !isTold(played, atMs))
        expect(missing).toEqual([])
        // Of each epoch in the server's order, and no epoch before another one again.
        const isInOrder = events.every(({ number, epoch }, index) => {
          const before = events[index - 1]
          return (
            before === undefined || epoch > before.epoch || (epoch === before.epoch && number > before.number)
          )
        })
        expect(isInOrder).toBe(true)
        if (plan.end === undefined) expect(losses).toEqual([])
        sessions.slice(0, -1).forEach(({ peer: { dial } }, index) => {
          const goneAtMs = dial.leftAtMs ?? dial.terminatedAtMs ?? dial.atMs
          expect(goneAtMs).toBeLessThanOrEqual(sessions[index + 1]!.atMs + 1000)
        })

        if (losses.length > 0) told++
        else if (sessions.length > 1) seamless++
        if (losses.length === 0 && plan.end !== undefined && sessions[0]?.peer.dial.leftAtMs === undefined)
          tookOverAtEnd++
        doubled += events.length - got.size
      }),
      { numRuns: 150 },
    )
    // The property says nothing of plans in which nothing overlaps and nothing ends.
    expect(seamless).toBeGreaterThan(30)
    expect(tookOverAtEnd).toBeGreaterThan(0)
    expect(told).toBeGreaterThan(20)
    expect(doubled).toBeGreaterThan(100)
  })
})
