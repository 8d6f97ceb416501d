import type { RecordingLine } from '../../src/recording/recording-line'
import { RecordedSessions, returnWithinMs } from '../../src/simulator/recorded-sessions'

const trades = '[{"ticket":"t"},{"type":"trade","codes":["KRW-BTC"]}]'
const books = '[{"ticket":"t"},{"type":"orderbook","codes":["KRW-BTC"],"level":10000}]'
const list = '[{"ticket":"t"},{"method":"LIST_SUBSCRIPTIONS"},{"format":"DEFAULT"}]'

/** Sessions over connections that are named by what they ask for; without a request all of them are meant. */
function setUp(...open: string[]) {
  const connections = new Set(open)
  const done: string[] = []
  const connection = (name: string) => ({
    raw: (frame: string | Uint8Array) => done.push(`raw ${name} ${String(frame)}`),
    close: (code: number) => done.push(`close ${name} ${code}`),
    drop: () => done.push(`drop ${name}`),
  })
  const sessions = new RecordedSessions({
    connectionsLike: (request) =>
      [...connections].filter((name) => request === undefined || request === name).map(connection),
  })
  const play = (...lines: readonly RecordingLine[]): void => lines.forEach((line) => sessions.play(line))
  return { sessions, connections, done, play }
}

const sent = (connection: number, text: string): RecordingLine => ({
  kind: 'sent',
  atMs: 1,
  connection,
  text,
})
const closed = (connection: number): RecordingLine => ({
  ...{ kind: 'closed', atMs: 2, connection, epoch: 1, by: 'exchange', code: 1006, reason: '' },
})
const frame = (connection: number, text: string): RecordingLine => {
  return { kind: 'frame', atMs: 2, connection, text }
}

describe('RecordedSessions', () => {
  it('cuts the connection that asks for what the recorded one asked for, a question or a PING since then apart', () => {
    for (const since of [list, 'PING']) {
      const { done, play } = setUp(trades, books)
      play(sent(1, trades), sent(2, books), sent(1, trades), sent(1, since), sent(2, since))
      play(frame(1, '{"error":{"name":"INTERNAL"}}'), closed(2))
      expect(done).toEqual([`raw ${trades} {"error":{"name":"INTERNAL"}}`, `drop ${books}`])
    }
  })

  it('cuts nobody for a recorded connection that had asked for nothing yet, where another had', () => {
    const { done, play } = setUp(trades)
    play(closed(1), sent(1, trades), closed(2))
    expect(done).toEqual([`drop ${trades}`])
  })

  it('waits for the client that was cut, until it is back, or for a minute', () => {
    const { sessions, connections, play } = setUp(trades)
    play(sent(1, trades), closed(1))
    connections.clear()
    const again = sent(1, trades)
    expect(sessions.heldMs(sent(1, list), 0)).toBe(0)
    expect([sessions.heldMs(again, 1_000), sessions.heldMs(again, 11_000)]).toEqual([
      returnWithinMs,
      returnWithinMs - 10_000,
    ])
    expect(sessions.heldMs(again, 1_000 + returnWithinMs)).toBe(0)
    connections.add(trades)
    expect(sessions.heldMs(again, 2_000)).toBe(0)
    expect([sessions.wasHeld(), sessions.wasHeld()]).toEqual([true, false])
  })

  it('does not wait for a client where none was cut', () => {
    const { sessions, play } = setUp(books)
    play(sent(1, trades), closed(1))
    expect(sessions.heldMs(sent(1, trades), 0)).toBe(0)
  })
})
