/** The main job on real recorded traffic: `watch --replay --json` over a real socket, frame by frame accounted for. */
import { readdirSync } from 'node:fs'
import { watch } from '../../src/cli/watch'
import type { Summary } from '../../src/cli/summary'
import { itWithRecordings, readRecording, recordingPath } from '../support/recordings'
import { fakeHost } from './support/fake-host'

const long = 'ws/cryptofeed-2021-04-05-simple-trade-orderbook.jsonl'
/** Written anew by its author with fields missing: rejected with a path (`spec/protocol/recordings.spec.ts`). */
const incomplete = /^orakl-/

async function replay(name: string, speed: number) {
  const host = fakeHost()
  const source = { kind: 'replay', file: recordingPath(name), speed } as const
  const code = await watch({ kind: 'watch', codes: [], types: [], source, json: true }, host)
  const events = host.stdout.lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  return { code, events, summary: JSON.parse(host.stderr.lines.at(-1) ?? '') as Summary }
}

/** What tells two frames apart, and their order. */
const keyOf = (...parts: readonly unknown[]): string => parts.join(' ')

describe('C13 watch --replay on recorded traffic', () => {
  itWithRecordings(
    'C13 all 1,733 frames of 2021-04-05 reach their consumers once, in order of arrival, without a gap',
    async () => {
      const { code, events, summary } = await replay(long, 60)
      expect(code).toBe(0)
      expect(summary).toEqual({
        received: 1733,
        decoded: 1733,
        rejected: 0,
        events: 1733,
        duplicate: 0,
        stale: 0,
        unrouted: 0,
        delivered: 1733,
        failed: 0,
        coalesced: 0,
        dropped: 0,
        discarded: 0,
        gaps: 0,
        epochs: 1,
        byType: { orderbook: 1061, trade: 672 },
      })
      const sent = readRecording(long).map(({ text }) => JSON.parse(text) as Record<string, unknown>)
      expect(events.map(({ type, code: market, timestamp }) => keyOf(type, market, timestamp))).toEqual(
        sent.map(({ ty, cd, tms }) => keyOf(ty, cd, tms)),
      )
      const ids = events
        .filter(({ type }) => type === 'trade')
        .map(({ code: market, sequential_id: id }) => keyOf(market, id))
      expect(new Set(ids).size).toBe(672)
    },
    30_000,
  )

  itWithRecordings('C13 every whole bare recording is delivered frame by frame', async () => {
    const names = readdirSync(recordingPath('ws')).filter(
      (name) => name.endsWith('.jsonl') && !incomplete.test(name) && `ws/${name}` !== long,
    )
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      const { code, events, summary } = await replay(`ws/${name}`, 100)
      const frames = readRecording(`ws/${name}`).length
      expect({ ...summary, name, code, lines: events.length }).toMatchObject({
        code: 0,
        lines: frames,
        received: frames,
        delivered: frames,
        rejected: 0,
        gaps: 0,
        epochs: 1,
      })
    }
  })
})
