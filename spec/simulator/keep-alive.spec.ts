import { virtualStartMs } from '../../src/base/scheduler-environment'
import { aTicker } from '../../src/testing'
import { runVirtually, subscribeTo } from './support/virtual-client'

const since = (atMs: number | undefined): number => (atMs ?? NaN) - virtualStartMs

describe('keep-alive', () => {
  it('13 drops a quiet connection after 60 s without a close frame', () => {
    runVirtually(130_000, {}, ({ client, at }) => {
      const quiet = client()
      at(59_999, () => expect(quiet.open).toBe(true))
      at(61_000, () => {
        expect(quiet.failure).toMatchObject({ phase: 'open', closeCode: 1006 })
        expect(since(quiet.failure?.atMs)).toBe(60_000)
      })
    })
  })

  it('13 takes 120 s when told to', () => {
    runVirtually(130_000, { switches: { idleCloseMs: 120_000 } }, ({ client, at }) => {
      const quiet = client()
      at(125_000, () => expect(since(quiet.failure?.atMs)).toBe(120_000))
    })
  })

  it('14 counts a frame either way as activity', () => {
    runVirtually(200_000, {}, ({ exchange, client, at }) => {
      const active = client()
      at(50_000, () => active.send(subscribeTo('ticker', ['KRW-BTC'])))
      at(100_000, () => exchange.emit(aTicker()))
      at(150_000, () => active.socket?.ping?.())
      at(170_000, () => exchange.emitRaw('{"status":"UP"}'))
      at(199_000, () => expect(active.open).toBe(true))
    })
  })

  it('14 does not count a ping frame when told so', () => {
    runVirtually(100_000, { switches: { pingFrameIsActivity: false } }, ({ client, at }) => {
      const pinging = client()
      at(30_000, () => pinging.socket?.ping?.())
      at(90_000, () => {
        expect(pinging.pongsAtMs.map(since)).toEqual([30_000])
        expect(since(pinging.failure?.atMs)).toBe(60_000)
      })
    })
  })

  it('15 16 answers one PING with an endless beat of 10 s, which keeps the connection open; a second adds none', () => {
    runVirtually(125_000, {}, ({ client, at }) => {
      const pinging = client()
      at(1_000, () => pinging.send('PING'))
      at(1_500, () => pinging.send('PING'))
      at(124_000, () => {
        expect(new Set(pinging.frames)).toEqual(new Set(['{"status":"UP"}']))
        const times = pinging.notes.map((note) => since(note.atMs))
        expect(times).toHaveLength(Math.floor((124_000 - (times[0] as number)) / 10_000) + 1)
        expect(times[0]).toBeGreaterThan(1_000)
        expect(times[0]).toBeLessThanOrEqual(11_000)
        expect(times.slice(1).every((time, i) => time - (times[i] as number) === 10_000)).toBe(true)
      })
    })
  })

  it('15 beats in the phase of the server, which differs by connection', () => {
    runVirtually(15_000, {}, ({ client, at }) => {
      const [one, two] = [client(), client()]
      at(1_000, () => [one, two].forEach((made) => made.send('PING')))
      at(14_000, () => expect(one.notes[0]?.atMs).not.toBe(two.notes[0]?.atMs))
    })
  })

  it('17 is silent while data flows when told so', () => {
    runVirtually(45_000, { switches: { upWhileDataFlows: false } }, ({ exchange, client, at }) => {
      const subscribed = client()
      at(1, () => subscribed.send(subscribeTo('ticker', ['KRW-BTC'])))
      at(2, () => subscribed.send('PING'))
      for (let ms = 1_000; ms < 20_000; ms += 1_000) at(ms, () => exchange.emit(aTicker()))
      at(20_500, () => expect(subscribed.frames).not.toContain('{"status":"UP"}'))
      at(44_000, () => expect(subscribed.frames).toContain('{"status":"UP"}'))
    })
  })
})
