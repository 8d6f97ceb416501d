import { defer, finalize } from 'rxjs'
import { Connected } from '../support/connected'
import { closingMs, FakeNetwork } from '../support/fake-network'
import { onExchange } from '../support/on-exchange'
import { offline, online } from '../support/online'
import { virtualTime } from '../support/virtual-time'
import type { Environment } from '../../src/base/environment'
import type { ConnectionStatus } from '../../src/connection/status'
import type { PublicEvent } from '../../src/protocol/events'
import { aTicker } from '../../src/testing'

const prices = (events: readonly PublicEvent[]): unknown[] =>
  events.map((event) => (event.type === 'ticker' ? event.trade_price : undefined))

describe('createConnection', () => {
  describe('sharing', () => {
    it('C4.1 opens no socket before its first subscriber, whatever is wanted', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      time.pass(60_000)
      expect(exchange.dials).toEqual([])
      const listening = connected.listen()
      expect(exchange.dials).toHaveLength(1)
      listening.unsubscribe()
    })

    it('C4.2 has one socket for many subscribers, each of whom gets everything', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      const heard: number[] = [0, 0, 0]
      const listening = heard.map((_, index) => connected.connection.events$.subscribe(() => heard[index]!++))
      time.pass(10)
      exchange.emit([aTicker(), aTicker()])
      time.pass(1)
      expect(exchange.dials).toHaveLength(1)
      expect(heard).toEqual([2, 2, 2])
      for (const each of listening) each.unsubscribe()
    })

    it('C4.1 closes the socket when its last subscriber has been gone for the linger', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      const first = connected.listen()
      const second = connected.listen()
      time.pass(1000)
      first.unsubscribe()
      time.pass(60_000)
      expect(exchange.connections).toBe(1)
      second.unsubscribe()
      time.pass(4999)
      expect(exchange.connections).toBe(1)
      expect(connected.ends).toBe(0)
      time.pass(1)
      expect(exchange.connections).toBe(0)
      expect(connected.ends).toBe(1)
      expect(connected.connection.status).toEqual({ state: 'idle' })
    })

    it('C4.1 keeps its socket for a subscriber that comes back within the linger', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      connected.listen().unsubscribe()
      time.pass(4999)
      const listening = connected.listen()
      time.pass(60_000)
      expect(exchange.dials).toHaveLength(1)
      expect(connected.openedEpochs).toEqual([1])
      expect(connected.states).toEqual(['idle', 'connecting', 'live'])
      listening.unsubscribe()
    })

    it('C4.3 hands on what comes while it lingers to whoever keeps its memory', () => {
      const kept: PublicEvent[] = []
      const { time, exchange, connected } = onExchange({}, { received: (event) => kept.push(event) })
      connected.want('KRW-BTC')
      const listening = connected.listen()
      time.pass(10)
      exchange.emit(aTicker({ trade_price: 1 }))
      listening.unsubscribe()
      exchange.emit(aTicker({ trade_price: 2 }))
      time.pass(5000)
      expect(prices(connected.events)).toEqual([1])
      expect(prices(kept)).toEqual([1, 2])
    })

    it('gives up a dial when its last subscriber has been gone for the linger', () => {
      const { time, network, connected } = offline({ lingerMs: 100 })
      connected.listen().unsubscribe()
      time.pass(100)
      expect(network.newest.leftAtMs).toBe(100)
      expect(connected.states).toEqual(['idle', 'connecting', 'idle'])
    })

    it('gives up waiting for the next dial when its last subscriber has been gone for the linger', () => {
      const { time, network, connected } = offline({ lingerMs: 100 })
      const listening = connected.listen()
      network.newest.refuse({ status: 418, retryAfterMs: 10_000 })
      listening.unsubscribe()
      time.pass(60_000)
      expect(network.dials).toHaveLength(1)
      expect(connected.states).toEqual(['idle', 'connecting', 'waiting: blocked', 'idle'])
    })
  })

  describe('epochs', () => {
    it('C4.5 goes on with a higher epoch after a lost connection, which is no error', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      const listening = connected.listen()
      for (let epoch = 1; epoch <= 4; epoch++) {
        time.pass(epoch === 1 ? 20_000 : 40_000)
        exchange.emit(aTicker())
        exchange.cut()
      }
      time.pass(40_000)
      expect(connected.events.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
      expect(connected.refusal).toBeUndefined()
      expect(connected.openedEpochs).toEqual([1, 2, 3, 4, 5])
      listening.unsubscribe()
    })

    it('C4.5 never resets the counter, not even when the linger has ended all', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      for (let round = 1; round <= 3; round++) {
        const listening = connected.listen()
        time.pass(1000)
        exchange.emit(aTicker())
        listening.unsubscribe()
        time.pass(20_000)
      }
      expect(connected.events.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    })

    it('C9.1 resends everything that is wanted at each epoch, in the turn in which it opens', () => {
      const on = onExchange()
      const { time, exchange, connected } = on
      connected.want('KRW-BTC', 'KRW-ETH')
      const listening = connected.listen()
      time.pass(20_000)
      connected.want('KRW-XRP')
      time.pass(20_000)
      exchange.cut()
      connected.leave('KRW-ETH')
      time.pass(400)
      const openedAtMs = exchange.dials[1]!.atMs - exchange.dials[0]!.atMs
      expect(on.requests).toEqual([
        [0, 1, ['KRW-BTC', 'KRW-ETH']],
        [20_050, 1, ['KRW-BTC', 'KRW-ETH', 'KRW-XRP']],
        [openedAtMs, 2, ['KRW-BTC', 'KRW-XRP']],
      ])
      listening.unsubscribe()
    })

    it('C4.5 lets no late frame of an earlier epoch follow one of a later', () => {
      const { time, network, connected, dial } = online()
      dial.frame(aTicker({ trade_price: 1 }))
      dial.abandon()
      time.pass(2000)
      network.newest.open()
      network.newest.frame(aTicker({ trade_price: 2 }))
      dial.frame(aTicker({ trade_price: 99 }))
      network.newest.frame(aTicker({ trade_price: 3 }))
      expect(connected.events.map(({ epoch }) => epoch)).toEqual([1, 2, 2])
      expect(prices(connected.events)).toEqual([1, 2, 3])
    })

    it('C7 tells of a lost session when nothing more of it can come, with the time of its last sign', () => {
      const { time, connected, dial } = online()
      time.pass(5000)
      dial.frame(aTicker())
      time.pass(2000)
      const lastSignMs = time.environment.now() - 2000
      dial.end(1006)
      expect(connected.losses).toEqual([{ epoch: 1, lastSignMs, cause: 'disconnect' }])
    })

    it('C7 tells of no loss where a dial failed, or where it closed by itself', () => {
      const { time, network, connected } = offline({ lingerMs: 100 })
      const listening = connected.listen()
      network.newest.refuse()
      time.pass(2000)
      network.newest.open()
      time.pass(20_000)
      listening.unsubscribe()
      time.pass(1000)
      expect(network.newest.leftAtMs).toBe(22_100)
      expect(connected.losses).toEqual([])
      expect(connected.ends).toBe(1)
    })
  })

  describe('status$', () => {
    const ticks = ({ statuses }: { statuses: readonly ConnectionStatus[] }): string[] =>
      statuses.map((status) =>
        Object.values(status)
          .filter((value) => typeof value !== 'number' || value < 100)
          .join(' '),
      )

    it('C8.2 emits the present status first', () => {
      const { connected } = online()
      const seen: ConnectionStatus[] = []
      connected.connection.status$.subscribe((status) => seen.push(status))
      expect(seen).toEqual([connected.connection.status])
    })

    it('C8.2 idle, connecting, live, idle: a session and its linger', () => {
      const { time, connected } = onExchange({ handshakeMs: 500 })
      const listening = connected.listen()
      time.pass(1000)
      listening.unsubscribe()
      time.pass(5000)
      expect(connected.statuses).toEqual([
        { state: 'idle' },
        { state: 'connecting', attempt: 1 },
        { state: 'live', epoch: 1, since: expect.any(Number) as number },
        { state: 'idle' },
      ])
    })

    it('C8.2 waiting, with the time of the next dial: lost and found', () => {
      const { time, exchange, connected } = onExchange()
      const listening = connected.listen()
      time.pass(20_000)
      exchange.cut()
      const waiting = connected.connection.status
      time.pass(400)
      expect(ticks(connected)).toEqual([
        'idle',
        'connecting 1',
        'live 1',
        'waiting backoff',
        'connecting 1',
        'live 2',
      ])
      const retryAtMs = waiting.state === 'waiting' ? waiting.retryAtMs : undefined
      expect(exchange.dials[1]?.atMs).toBe(retryAtMs)
      listening.unsubscribe()
    })

    it('C8.2 refused dials, one after another', () => {
      const { time, exchange, connected } = onExchange()
      exchange.refuse(503, { times: 2 })
      const listening = connected.listen()
      time.pass(10_000)
      expect(ticks(connected)).toEqual([
        'idle',
        'connecting 1',
        'waiting backoff',
        'connecting 2',
        'waiting backoff',
        'connecting 3',
        'live 1',
      ])
      listening.unsubscribe()
    })

    it('C8.2 closed: refused for good', () => {
      const { time, exchange, connected } = onExchange()
      exchange.refuse(401)
      connected.listen()
      time.pass(10_000)
      expect(ticks(connected)).toEqual(['idle', 'connecting 1', 'closed'])
    })

    it('C8.2 closed: shut down', () => {
      const { time, connected } = onExchange()
      const listening = connected.listen()
      time.pass(1000)
      listening.unsubscribe()
      connected.connection.close$().subscribe()
      expect(ticks(connected)).toEqual(['idle', 'connecting 1', 'live 1', 'closed'])
    })

    it('says nothing twice', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      const listening = connected.listen()
      for (let i = 0; i < 50; i++) {
        connected.want(`KRW-C${i}`)
        time.pass(400)
        exchange.emit(aTicker({ code: `KRW-C${i}` }))
      }
      expect(connected.states).toEqual(['idle', 'connecting', 'live'])
      listening.unsubscribe()
    })
  })

  describe('close$', () => {
    it('C1.6 ends the linger at once, and emits when the socket is gone', () => {
      const { time, network, connected } = offline()
      const listening = connected.listen()
      network.newest.open()
      time.pass(1000)
      listening.unsubscribe()
      const log: string[] = []
      connected.connection
        .close$()
        .subscribe({ next: () => log.push(`${time.nowMs} closed`), complete: () => log.push('complete') })
      expect(network.newest.leftAtMs).toBe(1000)
      expect(log).toEqual([])
      time.pass(closingMs)
      expect(log).toEqual([`${1000 + closingMs} closed`, 'complete'])
    })

    it('waits for every socket that is still closing', () => {
      const { time, network, connected } = offline({ lingerMs: 0 })
      for (let i = 0; i < 3; i++) {
        const listening = connected.listen()
        network.newest.open()
        time.pass(i)
        listening.unsubscribe()
        time.pass(5)
      }
      expect(network.dials).toHaveLength(3)
      let closedAtMs: number | undefined
      connected.connection.close$().subscribe(() => (closedAtMs = time.nowMs))
      time.pass(1000)
      expect(closedAtMs).toBe(network.newest.leftAtMs! + closingMs)
    })

    it('emits at once where nothing is open', () => {
      const { connected } = offline()
      const log: string[] = []
      connected.connection
        .close$()
        .subscribe({ next: () => log.push('closed'), complete: () => log.push('complete') })
      expect(log).toEqual(['closed', 'complete'])
      expect(connected.connection.status).toEqual({ state: 'closed' })
    })

    it('C1.2 starts afresh for whoever subscribes afterwards', () => {
      const { time, exchange, connected } = onExchange()
      connected.want('KRW-BTC')
      connected.listen().unsubscribe()
      connected.connection.close$().subscribe()
      time.pass(1000)
      const listening = connected.listen()
      time.pass(1000)
      exchange.emit(aTicker())
      expect(connected.events).toHaveLength(1)
      expect(connected.connection.status.state).toBe('live')
      listening.unsubscribe()
    })
  })

  it('C1.6 holds the process while somebody listens or waits for its end, and at no other time', () => {
    const time = virtualTime()
    const network = new FakeNetwork(time)
    let holding = 0
    const environment: Environment = {
      ...time.environment,
      timer$: (delayMs, options) =>
        options?.referenced === false
          ? time.environment.timer$(delayMs)
          : defer(() => {
              holding++
              return time.environment.timer$(delayMs).pipe(finalize(() => holding--))
            }),
    }
    const connected = new Connected({ environment, openSocket: network.openSocket })
    const held = (step: () => void): number => {
      step()
      return holding
    }
    let listening = connected.listen()
    // Dialing, open, waiting for the next dial.
    expect(held(() => time.pass(100))).toBe(1)
    expect(held(() => network.newest.open())).toBe(1)
    expect(network.newest.referenced).toBe(false)
    expect(held(() => network.newest.end(1006))).toBe(1)
    // Lingering in each of them.
    expect(held(() => listening.unsubscribe())).toBe(0)
    expect(held(() => time.pass(2000))).toBe(0)
    expect(held(() => network.newest.open())).toBe(0)
    listening = connected.listen()
    expect(holding).toBe(1)
    listening.unsubscribe()
    // A shutdown has to be able to end.
    expect(held(() => connected.connection.close$().subscribe())).toBe(1)
    expect(held(() => time.pass(closingMs))).toBe(0)
  })

  it('C14.2 leaves no timer behind, so that run() ends', () => {
    const { time, exchange, connected } = onExchange()
    connected.want('KRW-BTC')
    const listening = connected.listen()
    time.pass(20_000)
    exchange.cut()
    time.pass(40_000)
    listening.unsubscribe()
    time.pass(5000)
    expect(time.scheduler.actions).toEqual([])
  })

  it('takes a socket whose methods live on its class', () => {
    const { network, connected } = offline()
    network.opens = (socket) => Object.create(socket) as typeof socket
    connected.want('KRW-BTC')
    connected.listen()
    network.newest.open()
    network.newest.frame(aTicker())
    expect(network.newest.sent).toHaveLength(1)
    expect(connected.events).toHaveLength(1)
  })
})
