import { ConnectionTap } from '../../src/connection/connection-tap'
import type { Socket } from '../../src/transport/socket'
import type { SocketTap } from '../../src/transport/socket-taps'
import { SocketTaps } from '../../src/transport/socket-taps'

function setUp() {
  const taps = new SocketTaps()
  let nowMs = 5
  const tap = new ConnectionTap(taps, 'exchange.invalid', { now: () => nowMs })
  const sent: string[] = []
  const socket = { send: (text: string) => sent.push(text) } as unknown as Socket
  const seen: string[] = []
  const looking: SocketTap = {
    opened: ({ connection, epoch, lastSent }, atMs) =>
      seen.push(`${atMs} opened ${connection} ${epoch} ${lastSent ?? '-'}`),
    frame: (_, raw, atMs) => seen.push(`${atMs} frame ${String(raw)}`),
    sent: (_, text, atMs) => seen.push(`${atMs} sent ${text}`),
    closed: (_, failure, atMs) => seen.push(`${atMs} closed ${failure?.closeCode ?? '-'}`),
  }
  return { taps, tap, socket, sent, seen, looking, at: (ms: number) => void (nowMs = ms) }
}

const subscribe = '[{"ticket":"t"},{"type":"trade","codes":["KRW-BTC"]}]'
const list = '[{"ticket":"t"},{"method":"LIST_SUBSCRIPTIONS"},{"format":"DEFAULT"}]'

describe('ConnectionTap', () => {
  it('shows opening, requests, frames and close, each once and before the socket has it', () => {
    const { taps, tap, socket, sent, seen, looking } = setUp()
    taps.add(looking, 0)
    const shown = tap.opened(socket, 3)
    shown.send(subscribe)
    tap.frame('{}', 6)
    tap.closed()
    tap.closed()
    tap.frame('{}', 7)
    expect(seen).toEqual(['5 opened 1 3 -', `5 sent ${subscribe}`, '6 frame {}', '5 closed -'])
    expect(sent).toEqual([subscribe])
  })

  it('keeps for who comes later the last request for streams, not a question or a text PING behind it', () => {
    const { taps, tap, socket, seen, looking, at } = setUp()
    const shown = tap.opened(socket, 1)
    for (const text of [subscribe, list, 'PING']) shown.send(text)
    at(20)
    const leave = taps.add(looking, 20)
    expect(seen).toEqual([`20 opened 1 1 ${subscribe}`])
    leave()
    tap.closed()
    taps.add(looking, 30)
    expect(seen).toHaveLength(1)
  })

  it('has a ping where the socket has one', () => {
    const { tap, socket } = setUp()
    expect(tap.opened(socket, 1).ping).toBeUndefined()
    const pings: (string | undefined)[] = []
    tap.opened({ ...socket, ping: (payload?: string) => pings.push(payload) }, 2).ping?.('x')
    expect(pings).toEqual(['x'])
  })
})
