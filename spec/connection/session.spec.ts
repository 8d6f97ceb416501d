import { config, EMPTY } from 'rxjs'
import { messagesOf, offline, online } from '../support/online'
import { aTicker } from '../../src/testing'

describe('session$', () => {
  it('completes with its socket: nothing of it goes on', () => {
    const { time, connected, dial } = online()
    time.pass(20_000)
    dial.end(1006)
    connected.want('KRW-ETH')
    const { sent, pingedAtMs } = dial
    time.pass(5)
    expect(messagesOf(dial)).toHaveLength(1)
    expect(sent).toHaveLength(1)
    expect(pingedAtMs).toEqual([])
  })

  it('forgets what it left unresolved when it ends', () => {
    const { time, network, connected, dial } = online()
    time.pass(500)
    dial.end(1006)
    time.pass(1500)
    network.newest.open()
    network.newest.error('INVALID_PARAM')
    // Never accepted, though more than a second has passed since it was sent first.
    expect(connected.errors.filter(({ code }) => code === 'SERVER_ERROR')).toEqual([])
    expect(connected.connection.wire.accepted).toEqual([])
  })

  it('ends with what its first frame causes, without sending anything', () => {
    const { time, network, connected } = offline({ lingerMs: 0 })
    connected.want('KRW-BTC')
    // A socket whose frames are there, and over, when they are subscribed to.
    network.opens = (socket) => ({ ...socket, frames$: EMPTY })
    const listening = connected.listen()
    network.newest.open()
    time.pass(60_000)
    expect(network.newest.sent).toEqual([])
    expect(network.newest.pingedAtMs).toEqual([])
    listening.unsubscribe()
  })

  it('C4.7 goes on after a subscriber that throws', () => {
    jest.useFakeTimers()
    const thrown: unknown[] = []
    config.onUnhandledError = (error) => thrown.push(error)
    try {
      const { connected, dial } = online()
      connected.received = () => {
        throw new Error('odd')
      }
      dial.frame(aTicker())
      dial.frame(aTicker())
      jest.runAllTimers()
      expect(connected.events).toHaveLength(2)
      expect(connected.connection.status.state).toBe('live')
      // RxJS's own rule: rethrown by itself, where nobody else is hurt.
      expect(thrown).toHaveLength(2)
    } finally {
      config.onUnhandledError = null
      jest.useRealTimers()
    }
  })
})
