import { WrittenSessions } from '../../src/record/written-sessions'
import type { OpenedLine, SentLine } from '../../src/recording/recording-line'
import { parseLine } from '../../src/recording/recording-line'

const opened: OpenedLine = { kind: 'opened', atMs: 1, connection: 1, epoch: 1, host: 'exchange.invalid' }
const sent: SentLine = { kind: 'sent', atMs: 2, connection: 1, text: '[{"ticket":"t"},{"type":"trade"}]' }
const begin = { kind: 'begin', atMs: 9, version: 1 }

const read = (sessions: WrittenSessions) => sessions.preamble(9).trimEnd().split('\n').map(parseLine)

describe('WrittenSessions', () => {
  it('says of the first file that it begins', () => {
    expect(read(new WrittenSessions())).toEqual([begin])
  })

  it('says of each open socket since when, and what it last asked for; a question asks for nothing', () => {
    const sessions = new WrittenSessions()
    const question = '[{"ticket":"t"},{"method":"LIST_SUBSCRIPTIONS"}]'
    for (const line of [opened, { ...sent, text: '[{"type":"ticker"}]' }, sent]) sessions.add(line)
    sessions.add({ ...sent, text: question })
    sessions.add({ ...opened, connection: 2, atMs: 5, sinceMs: 3 })
    expect(read(sessions)).toEqual([
      begin,
      { ...opened, atMs: 9, sinceMs: 1 },
      { ...sent, atMs: 9 },
      { ...opened, connection: 2, atMs: 9, sinceMs: 3 },
    ])
  })

  it('forgets a socket that is closed, and what was asked for on one before it', () => {
    const sessions = new WrittenSessions()
    sessions.add(opened)
    sessions.add(sent)
    sessions.add({ kind: 'closed', atMs: 3, connection: 1, epoch: 1, by: 'client' })
    sessions.add(sent)
    expect(read(sessions)).toEqual([begin])
    sessions.add({ ...opened, epoch: 2 })
    expect(read(sessions)).toEqual([begin, { ...opened, epoch: 2, atMs: 9, sinceMs: 1 }])
  })
})
